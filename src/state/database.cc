// SQLite behind two classes. The first error sticks to the database and later
// calls do nothing, so that a pass asks once, at its end; what a statement
// reads after an error is empty.
//
// Tested by: tests/state/damaged_state_test.cc, tests/state/crash_test.cc

#include "state/database.h"

#include <absl/strings/str_cat.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace storyfold {
namespace {

constexpr int kBusyMilliseconds = 10'000;

// Returns the URI of a file, with the characters escaped that mean something
// in one.
std::string UriOf(std::string_view path, bool immutable) {
  if (path.empty()) return "";
  std::string uri = "file:";
  if (path.starts_with('/')) {
    // Two slashes in front would begin the name of a host.
    uri += "///";
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  }
  for (const char c : path) {
    if (c == '?' || c == '#' || c == '%') {
      absl::StrAppend(&uri, "%", absl::Hex(c, absl::kZeroPad2));
    } else {
      uri += c;
    }
  }
  return immutable ? uri + "?immutable=1" : uri;
}

// Returns whether the file may be read as it stands: SQLite cannot make the
// files beside it that readers share, and there is no log with later
// transactions. Who cannot write there finds nobody else who is writing.
bool MayBeImmutable(const std::string& path) {
  std::error_code error;
  const auto log_size = std::filesystem::file_size(path + "-wal", error);
  return error || log_size == 0;
}

// Opens a file and reads from it, as opening alone does not touch it.
int OpenAndRead(const std::string& uri, int flags, sqlite3** handle) {
  const int code = sqlite3_open_v2(uri.c_str(), handle, flags, nullptr);
  if (code != SQLITE_OK) return code;
  sqlite3_busy_timeout(*handle, kBusyMilliseconds);
  return sqlite3_exec(*handle, "PRAGMA schema_version", nullptr, nullptr,
                      nullptr);
}

}  // namespace

Database::Shared::~Shared() { sqlite3_close_v2(handle); }

void Database::Shared::FailFromSqlite() {
  Fail(sqlite3_errcode(handle), sqlite3_errmsg(handle));
}

void Database::Shared::Fail(int code, const char* what) {
  if (!status.ok()) return;
  const std::string message = absl::StrCat(path, ": ", what);
  switch (code) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // a table or column is not there
      status = absl::DataLossError(message);
      return;
    case SQLITE_FULL:
      status = absl::ResourceExhaustedError(message);
      return;
    default:
      status = absl::InternalError(message);
  }
}

absl::StatusOr<Database> Database::Open(const std::string& path, Mode mode) {
  const bool write = mode == Mode::kWrite;
  auto shared = std::make_shared<Shared>();
  shared->path = path;
  const int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                    (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                           : SQLITE_OPEN_READONLY);
  int code = OpenAndRead(UriOf(path, false), flags, &shared->handle);
  const bool is_forbidden = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
  if (is_forbidden && !write && MayBeImmutable(path)) {
    sqlite3_close_v2(std::exchange(shared->handle, nullptr));
    code = OpenAndRead(UriOf(path, true), flags, &shared->handle);
  }
  if (code != SQLITE_OK) {
    shared->FailFromSqlite();
    return shared->status;
  }
  // A file made to do harm runs nothing when it is read or written to.
  for (const int what :
       {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW}) {
    sqlite3_db_config(shared->handle, what, 0, nullptr);
  }
  sqlite3_db_config(shared->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  Database database(std::move(shared));
  // The pages that a night of 20,000 articles touches; else they would be read
  // and written again and again.
  database.Execute(
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
      "PRAGMA cache_size = -65536");
  if (!database.ok()) return database.status();
  return database;
}

void Database::CopyFrom(Database& other) {
  sqlite3* to = shared_->handle;
  sqlite3_backup* copying =
      sqlite3_backup_init(to, "main", other.shared_->handle, "main");
  if (copying != nullptr) {
    sqlite3_backup_step(copying, -1);
    sqlite3_backup_finish(copying);
  }
  if (sqlite3_errcode(to) != SQLITE_OK) shared_->FailFromSqlite();
}

void Database::WriteChangedPages() {
  if (!ok()) return;
  const int code = sqlite3_db_cacheflush(shared_->handle);
  // Busy: the commit writes them. The connection does not remember this error.
  if (code != SQLITE_OK && code != SQLITE_BUSY) {
    shared_->Fail(code, sqlite3_errstr(code));
  }
}

void Database::Execute(const char* sql) {
  if (!ok()) return;
  if (sqlite3_exec(shared_->handle, sql, nullptr, nullptr, nullptr) !=
      SQLITE_OK) {
    shared_->FailFromSqlite();
  }
}

Statement Database::Prepare(const char* sql) { return {shared_, sql}; }

int64_t Database::Number(const char* sql) {
  Statement statement = Prepare(sql);
  return statement.Next() ? statement.Int(0) : 0;
}

void Database::Fail(absl::Status status) {
  if (ok()) shared_->status = std::move(status);
}

Statement::Statement(std::shared_ptr<Database::Shared> database,
                     const char* sql)
    : database_(std::move(database)) {
  if (!database_->status.ok()) return;
  if (sqlite3_prepare_v2(database_->handle, sql, -1, &handle_, nullptr) !=
      SQLITE_OK) {
    database_->FailFromSqlite();
  }
}

Statement::Statement(Statement&& other) noexcept
    : database_(std::move(other.database_)),
      handle_(std::exchange(other.handle_, nullptr)) {}

Statement::~Statement() { sqlite3_finalize(handle_); }

bool Statement::Next() {
  if (handle_ == nullptr || !database_->status.ok()) return false;
  const int code = sqlite3_step(handle_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) database_->FailFromSqlite();
  return code == SQLITE_ROW;
}

int64_t Statement::Int(int column) const {
  return sqlite3_column_int64(handle_, column);
}

std::optional<int64_t> Statement::IntOrNone(int column) const {
  if (sqlite3_column_type(handle_, column) == SQLITE_NULL) return std::nullopt;
  return Int(column);
}

double Statement::Real(int column) const {
  return sqlite3_column_double(handle_, column);
}

bool Statement::IsNumber(int column) const {
  const int type = sqlite3_column_type(handle_, column);
  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

std::string_view Statement::Text(int column) const {
  const auto* text = sqlite3_column_text(handle_, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<size_t>(sqlite3_column_bytes(handle_, column))};
}

std::span<const std::byte> Statement::Bytes(int column) const {
  const void* const bytes = sqlite3_column_blob(handle_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const std::byte*>(bytes),
          static_cast<size_t>(sqlite3_column_bytes(handle_, column))};
}

void Statement::Reset() {
  if (handle_ != nullptr) sqlite3_reset(handle_);
}

void Statement::Bind(int place, int64_t value) {
  if (handle_ != nullptr) sqlite3_bind_int64(handle_, place + 1, value);
}

void Statement::Bind(int place, double value) {
  if (handle_ != nullptr) sqlite3_bind_double(handle_, place + 1, value);
}

void Statement::Bind(int place, std::string_view value) {
  if (handle_ == nullptr) return;
  // SQLite takes no text of a gigabyte.
  const int code =
      sqlite3_bind_text64(handle_, place + 1, value.data() ? value.data() : "",
                          value.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) database_->FailFromSqlite();
}

void Statement::Bind(int place, std::span<const std::byte> value) {
  if (handle_ == nullptr) return;
  const int code = sqlite3_bind_blob64(handle_, place + 1, value.data(),
                                       value.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) database_->FailFromSqlite();
}

void Statement::Bind(int place, std::optional<int64_t> value) {
  if (value) {
    Bind(place, *value);
  } else if (handle_ != nullptr) {
    sqlite3_bind_null(handle_, place + 1);
  }
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.Execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  sqlite3_exec(database_.shared_->handle, "ROLLBACK", nullptr, nullptr,
               nullptr);
}

absl::Status Transaction::Commit() {
  database_.Execute("COMMIT");
  if (database_.ok()) open_ = false;
  return database_.status();
}

}  // namespace storyfold
