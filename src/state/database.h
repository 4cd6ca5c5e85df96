#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace storyfold {

class Statement;

// A connection to an SQLite file. The first error sticks: later calls do
// nothing, and status() tells it. Not thread-safe.
class Database {
 public:
  enum class Mode {
    kReadOnly,  // sees the state of one moment, from the first query on
    kWrite,     // creates the file where there is none
  };

  // An empty path stands for a database of its own that is gone when it is
  // closed. Errors: the path and what SQLite says.
  static absl::StatusOr<Database> Open(const std::string& path, Mode mode);

  Database(Database&&) = default;
  Database& operator=(Database&&) = default;

  // Makes this a copy of another, as that is seen now.
  void CopyFrom(Database& other);

  // Writes pages that the open transaction changed to where its commit finds
  // them written: what others do meanwhile is not waited for later. A page that
  // changes again is written again.
  void WriteChangedPages();

  // Runs statements that give no rows.
  void Execute(const char* sql);

  // REQUIRES: the statement does not outlive the database
  Statement Prepare(const char* sql);

  // Returns the first number of the first row; 0 where there is none.
  int64_t Number(const char* sql);

  // Makes `status` the error of this connection, if it has none.
  void Fail(absl::Status status);

  const absl::Status& status() const { return shared_->status; }
  bool ok() const { return shared_->status.ok(); }

 private:
  friend class Statement;
  friend class Transaction;

  struct Shared {
    ~Shared();
    // Makes the last error of the connection, or what is given, its status.
    void FailFromSqlite();
    void Fail(int code, const char* what);

    sqlite3* handle = nullptr;
    std::string path;
    absl::Status status;
  };

  explicit Database(std::shared_ptr<Shared> shared)
      : shared_(std::move(shared)) {}

  std::shared_ptr<Shared> shared_;
};

// A prepared statement. Parameters and columns count from 0.
class Statement {
 public:
  Statement(std::shared_ptr<Database::Shared> database, const char* sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  // Binds the parameters from the first on, and begins anew. Texts and bytes
  // must stay where they are until the rows are read.
  template <typename... Values>
  Statement& With(const Values&... values) {
    Reset();
    int place = 0;
    (Bind(place++, values), ...);
    return *this;
  }

  // Goes to the next row; false when there is none, or an error.
  bool Next();

  // The same for a statement that gives no rows.
  void Run() { Next(); }

  int64_t Int(int column) const;
  std::optional<int64_t> IntOrNone(int column) const;
  double Real(int column) const;
  bool IsNumber(int column) const;
  // Good until Next or With.
  std::string_view Text(int column) const;
  std::span<const std::byte> Bytes(int column) const;

 private:
  void Reset();
  void Bind(int place, int64_t value);
  void Bind(int place, uint32_t value) { Bind(place, int64_t{value}); }
  void Bind(int place, double value);
  void Bind(int place, std::string_view value);
  void Bind(int place, const std::string& value) {
    Bind(place, std::string_view(value));
  }
  void Bind(int place, std::span<const std::byte> value);
  void Bind(int place, std::optional<int64_t> value);

  std::shared_ptr<Database::Shared> database_;
  sqlite3_stmt* handle_ = nullptr;
};

// A transaction: undone unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Errors: the first one of the connection.
  absl::Status Commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace storyfold
