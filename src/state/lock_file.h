#pragma once

#include <absl/status/statusor.h>

#include <optional>
#include <string>

namespace storyfold {

// The right to write to a state. The system takes it back when the process
// ends, however it ends.
class LockFile {
 public:
  // Takes the lock `path` and writes the id of this process into it.
  // Errors: FailedPrecondition, "PATH: process 123 is at work on this state",
  // where another has it; Internal where the file cannot be written.
  static absl::StatusOr<LockFile> Take(const std::string& path);

  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&&) = delete;
  ~LockFile();

 private:
  explicit LockFile(int fd) : fd_(fd) {}

  int fd_;
};

// Keeps the files of a state where they are while somebody reads them: a lock
// on the folder itself, which many can share. The system takes it back when the
// process ends. Where the system cannot lock folders, nothing is held.
class FolderHold {
 public:
  // Holds the folder together with other readers. Waits for nobody but a writer
  // that removes files right now.
  static FolderHold Share(const std::string& folder);

  // Holds it alone; returns nothing where others hold it.
  static std::optional<FolderHold> TakeAlone(const std::string& folder);

  FolderHold(FolderHold&& other) noexcept;
  FolderHold& operator=(FolderHold&&) = delete;
  ~FolderHold();

 private:
  explicit FolderHold(int fd) : fd_(fd) {}

  int fd_;
};

}  // namespace storyfold
