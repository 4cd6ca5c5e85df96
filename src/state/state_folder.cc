// Opening a state, to read or to write, and the names of its files. Which files
// are parts of it only the catalogue says: everything else that has such a name
// was left by a run that was ended, and a writer removes it; but never where
// there is no catalogue to ask.
//
// Tested by: tests/state/damaged_state_test.cc, tests/state/readers_test.cc

#include "state/state_folder.h"

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "base/hash.h"
#include "base/string_view.h"
#include "state/catalogue.h"
#include "state/durable_file.h"
#include "state/schema.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSegmentPrefix = "segment-";
constexpr std::string_view kChangesPrefix = "changes-";
constexpr std::string_view kLinesPrefix = "lines-";
constexpr std::string_view kTermsPrefix = "terms-";
constexpr std::string_view kChangesSuffix = ".jsonl";
constexpr size_t kLeastDigits = 8;

// Returns an error of the folder that says what to do.
absl::Status About(const std::string& folder, const absl::Status& status) {
  return {status.code(), absl::StrCat(folder, ": ", status.message())};
}

// Returns whether `name` is `prefix`, eight digits or more, and `suffix`.
bool IsNumbered(std::string_view name, std::string_view prefix,
                std::string_view suffix) {
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return false;
  if (name.size() < prefix.size() + kLeastDigits + suffix.size()) return false;
  name.remove_prefix(prefix.size());
  name.remove_suffix(suffix.size());
  return name.find_first_not_of("0123456789") == name.npos;
}

// Returns whether a file has a numbered name that StateFiles gives, whole or
// not yet. People may keep files of their own in the folder.
bool IsOurs(std::string_view name) {
  if (name.ends_with(kPartialSuffix)) name.remove_suffix(kPartialSuffix.size());
  return IsNumbered(name, kSegmentPrefix, "") ||
         IsNumbered(name, kChangesPrefix, kChangesSuffix) ||
         IsNumbered(name, kLinesPrefix, "") ||
         IsNumbered(name, kTermsPrefix, "");
}

// Returns the names of the files that the catalogue names.
std::set<std::string> NamedFiles(const StateFiles& files, Database& database) {
  std::set<std::string> names;
  Statement segments = database.Prepare("SELECT segment FROM segments");
  while (segments.Next()) names.insert(files.SegmentFile(segments.Int(0)));
  Statement nights =
      database.Prepare("SELECT night, terms_checksum FROM nights");
  while (nights.Next()) {
    names.insert(files.ChangesFile(nights.Int(0)));
    if (nights.IntOrNone(1)) names.insert(files.TermsFile(nights.Int(0)));
  }
  names.insert(files.LinesFile(
      database.Number("SELECT coalesce(max(night), 0) FROM nights")));
  return names;
}

absl::Status NotTheNamed(const std::string& path) {
  return absl::DataLossError(
      absl::StrCat(path, ": damaged: not what the catalogue names"));
}

absl::Status NoStateIn(const std::string& folder) {
  return absl::NotFoundError(absl::StrCat(
      folder, ": no state there; storyfold update --state makes one"));
}

// Returns an error where a folder whose catalogue is `missing`, or empty, has
// other files of a state: a new one would remove them. No update leaves it so,
// the catalogue is made first.
absl::Status CheckNoPartOfState(const StateFiles& files,
                                std::string_view missing) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(files.folder(), ignored)) {
    const std::string name = entry.path().filename().native();
    if (!IsOurs(name)) continue;
    return absl::DataLossError(
        absl::StrCat(files.Catalogue(), ": ", ToAbsl(missing), ", but ", name,
                     " is there: what is left of a state"));
  }
  return absl::OkStatus();
}

absl::StatusOr<ReadableState> OpenCatalogue(const StateFiles& files) {
  if (!IsState(files.folder())) return NoStateIn(files.folder());
  // Held before the catalogue is looked at: what it names then is there.
  ReaderHold hold = ReaderHold::Share(files.Readers());
  auto database = Database::Open(files.Catalogue(), Database::Mode::kReadOnly);
  if (!database.ok()) return database.status();
  database->Execute("BEGIN");
  return ReadableState{std::move(hold), *std::move(database)};
}

}  // namespace

bool StateFiles::IsName(std::string_view name) {
  constexpr std::string_view kOnlyOnes[] = {"state.db", "state.db-wal",
                                            "state.db-shm", "lock", "readers"};
  return IsOurs(name) || std::ranges::count(kOnlyOnes, name) > 0;
}

std::string StateFiles::Numbered(std::string_view prefix, int64_t number,
                                 std::string_view suffix) const {
  return absl::StrCat(folder_, "/", ToAbsl(prefix),
                      absl::Dec(number, absl::kZeroPad8), ToAbsl(suffix));
}

std::string StateFiles::SegmentFile(int64_t segment) const {
  return Numbered(kSegmentPrefix, segment);
}

std::string StateFiles::ChangesFile(int64_t night) const {
  return Numbered(kChangesPrefix, night, kChangesSuffix);
}

std::string StateFiles::LinesFile(int64_t night) const {
  return Numbered(kLinesPrefix, night);
}

std::string StateFiles::TermsFile(int64_t night) const {
  return Numbered(kTermsPrefix, night);
}

void RemoveLeftovers(const StateFiles& files, Database& database) {
  const auto hold = ReaderHold::TakeAlone(files.Readers());
  if (!hold) return;
  const std::set<std::string> named = NamedFiles(files, database);
  if (!database.ok()) return;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(files.folder(), ignored)) {
    const std::string name = entry.path().filename().native();
    if (IsOurs(name) && !named.contains(files.folder() + "/" + name)) {
      fs::remove(entry.path(), ignored);
    }
  }
}

bool IsState(const std::string& folder) {
  std::error_code error;
  return fs::exists(StateFiles(folder).Catalogue(), error);
}

absl::StatusOr<WritableState> OpenForWriting(const std::string& folder,
                                             IfMissing if_missing) {
  StateFiles files(folder);
  if (!IsState(folder)) {
    if (if_missing == IfMissing::kFail) return NoStateIn(folder);
    const absl::Status begins = CheckNoPartOfState(files, "missing");
    if (!begins.ok()) return begins;
  }
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return absl::InternalError(
        absl::StrCat(folder, ": cannot be created: ", error.message()));
  }
  auto lock = LockFile::Take(files.Lock());
  if (!lock.ok()) return lock.status();
  auto database = Database::Open(files.Catalogue(), Database::Mode::kWrite);
  if (!database.ok()) return database.status();
  if (IsEmpty(*database)) {
    const absl::Status begins = CheckNoPartOfState(files, "empty");
    if (!begins.ok()) return begins;
  }
  const absl::Status prepared = PrepareSchema(*database);
  if (!prepared.ok()) return About(folder, prepared);
  const absl::Status checked = CheckLastIds(*database);
  if (!checked.ok()) return About(files.Catalogue(), checked);
  RemoveLeftovers(files, *database);
  if (!database->ok()) return database->status();
  return WritableState{std::move(files), *std::move(lock),
                       *std::move(database)};
}

WrittenFiles::~WrittenFiles() {
  std::error_code ignored;
  for (const std::string& path : paths_) fs::remove(path, ignored);
}

absl::StatusOr<ReadableState> OpenForReading(const StateFiles& files) {
  auto state = OpenCatalogue(files);
  if (!state.ok()) return state;
  const absl::Status checked = CheckSchema(state->database);
  if (!checked.ok()) return About(files.folder(), checked);
  return state;
}

absl::StatusOr<ReadableState> OpenBeforeMigration(const StateFiles& files) {
  auto state = OpenCatalogue(files);
  if (!state.ok() || IsEmpty(state->database) ||
      IsEarlierSchema(state->database)) {
    return state;
  }
  const absl::Status checked = CheckSchema(state->database);
  if (!checked.ok()) return About(files.folder(), checked);
  return state;
}

absl::StatusOr<ReadableState> OpenForDryRun(const StateFiles& files) {
  auto copy = Database::Open("", Database::Mode::kWrite);
  if (!copy.ok()) return copy.status();
  if (!IsState(files.folder())) {
    const absl::Status prepared = PrepareSchema(*copy);
    if (!prepared.ok()) return prepared;
    return ReadableState{ReaderHold::Share(files.Readers()), *std::move(copy)};
  }
  auto state = OpenForReading(files);
  if (!state.ok()) return state.status();
  copy->CopyFrom(state->database);
  if (!copy->ok()) return copy->status();
  return ReadableState{std::move(state->hold), *std::move(copy)};
}

absl::Status DamagedFile(const std::string& path, const absl::Status& status) {
  return absl::DataLossError(absl::StrCat(path, ": ", status.message()));
}

int64_t ChecksumOf(std::string_view bytes) {
  return static_cast<int64_t>(HashBytes(bytes));
}

int64_t ChecksumOf(std::span<const std::string_view> pieces) {
  return static_cast<int64_t>(HashPieces(pieces));
}

absl::StatusOr<FileFacts> WriteNamedFile(
    const std::string& path, std::span<const std::string_view> pieces) {
  const absl::Status written = WriteDurably(path, pieces);
  if (!written.ok()) return written;
  FileFacts facts = {0, ChecksumOf(pieces)};
  for (const std::string_view piece : pieces) facts.bytes += std::ssize(piece);
  return facts;
}

absl::StatusOr<std::shared_ptr<const MappedFile>> MapNamedFile(
    const std::string& path, int64_t checksum) {
  auto file = MappedFile::MapWhole(path);
  if (!file.ok()) return DamagedFile(path, file.status());
  (*file)->Populate((*file)->bytes());
  if (ChecksumOf((*file)->bytes()) != checksum) return NotTheNamed(path);
  return file;
}

absl::Status CheckNamedFile(const std::string& path, int64_t checksum) {
  std::error_code error;
  if (fs::file_size(path, error) == 0 && !error) {
    return checksum == ChecksumOf("") ? absl::OkStatus() : NotTheNamed(path);
  }
  return MapNamedFile(path, checksum).status();
}

absl::StatusOr<Segment> OpenSegment(const StateFiles& files, int64_t segment,
                                    uint32_t num_articles) {
  auto opened = Segment::Open(files.SegmentFile(segment));
  if (opened.ok() && opened->num_articles() != num_articles) {
    return absl::DataLossError(
        absl::StrCat(files.SegmentFile(segment),
                     ": damaged: not the segment that the catalogue names"));
  }
  return opened;
}

std::string StoryName(int64_t story) { return absl::StrFormat("s%08d", story); }

std::string ClusterName(int64_t cluster) {
  return absl::StrFormat("c%08d", cluster);
}

std::optional<int64_t> ParseStoryName(std::string_view name) {
  int64_t story = 0;
  if (!name.starts_with('s') ||
      !absl::SimpleAtoi(ToAbsl(name.substr(1)), &story)) {
    return std::nullopt;
  }
  return story;
}

}  // namespace storyfold
