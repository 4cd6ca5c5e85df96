#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/mapped_file.h"
#include "state/database.h"
#include "state/lock_file.h"
#include "state/segment.h"

namespace storyfold {

// The files of a state.
class StateFiles {
 public:
  explicit StateFiles(std::string folder) : folder_(std::move(folder)) {}

  const std::string& folder() const { return folder_; }
  std::string Catalogue() const { return folder_ + "/state.db"; }
  std::string Lock() const { return folder_ + "/lock"; }
  std::string Readers() const { return folder_ + "/readers"; }
  std::string SegmentFile(int64_t segment) const;
  std::string ChangesFile(int64_t night) const;
  std::string LinesFile(int64_t night) const;
  std::string TermsFile(int64_t night) const;

  // Returns whether a file of this name is one of a state, whole or not yet.
  static bool IsName(std::string_view name);

 private:
  std::string Numbered(std::string_view prefix, int64_t number,
                       std::string_view suffix = "") const;

  std::string folder_;
};

// Returns whether a folder has the catalogue of a state.
bool IsState(const std::string& folder);

// A state that is being written to: locked, of this version, without what an
// interrupted run left behind.
struct WritableState {
  StateFiles files;
  LockFile lock;
  Database database;
};

// What to do where there is no state.
enum class IfMissing { kCreate, kFail };

// Opens a state for writing.
// Errors: who holds the lock; what cannot be read or written; a newer version;
// a catalogue that is missing or empty beside other files of a state.
absl::StatusOr<WritableState> OpenForWriting(const std::string& folder,
                                             IfMissing if_missing);

// Removes files that no transaction names: what an interrupted run left, and
// what a later one replaced. While somebody reads the state all stay, for the
// next run.
void RemoveLeftovers(const StateFiles& files, Database& database);

// Removes the files named to it when it goes away, unless told to keep them.
class WrittenFiles {
 public:
  WrittenFiles() = default;
  ~WrittenFiles();
  WrittenFiles(const WrittenFiles&) = delete;
  WrittenFiles& operator=(const WrittenFiles&) = delete;

  void Add(std::string path) { paths_.push_back(std::move(path)); }
  void Keep() { paths_.clear(); }

 private:
  std::vector<std::string> paths_;
};

// A state that is being read: one moment of its catalogue, whatever is written
// meanwhile, and the files that were named then.
struct ReadableState {
  ReaderHold hold;
  Database database;
};
absl::StatusOr<ReadableState> OpenForReading(const StateFiles& files);

// The same also of what an update first brings to this version: a catalogue
// without tables, or of an earlier version.
absl::StatusOr<ReadableState> OpenBeforeMigration(const StateFiles& files);

// The same with a copy of the catalogue that may be written to, and leaves no
// trace; an empty one where there is no state.
absl::StatusOr<ReadableState> OpenForDryRun(const StateFiles& files);

// Return what the catalogue knows a file by: the XXH3 hash of its bytes, which
// may come in pieces.
int64_t ChecksumOf(std::string_view bytes);
int64_t ChecksumOf(std::span<const std::string_view> pieces);

// What the catalogue knows of a file.
struct FileFacts {
  int64_t bytes = 0;
  int64_t checksum = 0;
};

// Writes a file durably (durable_file.h), and returns what the catalogue is to
// know of it. Errors: those of WriteDurably.
absl::StatusOr<FileFacts> WriteNamedFile(
    const std::string& path, std::span<const std::string_view> pieces);
inline absl::StatusOr<FileFacts> WriteNamedFile(const std::string& path,
                                                std::string_view bytes) {
  return WriteNamedFile(path, std::span(&bytes, 1));
}

// Returns what is wrong with what a file holds, as an error of the file.
absl::Status DamagedFile(const std::string& path, const absl::Status& status);

// Returns a file that the catalogue names, which is not empty. Errors
// (DataLoss): the path, and that it is missing or not the one.
absl::StatusOr<std::shared_ptr<const MappedFile>> MapNamedFile(
    const std::string& path, int64_t checksum);

// The same errors of a file that may be empty.
absl::Status CheckNamedFile(const std::string& path, int64_t checksum);

// Opens a segment that the catalogue names, and checks that it is the one.
absl::StatusOr<Segment> OpenSegment(const StateFiles& files, int64_t segment,
                                    uint32_t num_articles);

// Names of things for people: "s00000012", "c00000007".
std::string StoryName(int64_t story);
std::string ClusterName(int64_t cluster);

// Returns the story of such a name, or nothing where it is none.
std::optional<int64_t> ParseStoryName(std::string_view name);

}  // namespace storyfold
