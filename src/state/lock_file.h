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
// that many can share, on a file of its own, as people lock folders for ends of
// theirs. The system takes it back when the process ends. Where there is no
// such file, or the system cannot lock it, nothing is held.
class ReaderHold {
 public:
  // Holds `path`, which writers make, together with other readers. Waits for
  // nobody but a writer that removes files right now, and a tenth of a second
  // at most; goes without a hold then.
  static ReaderHold Share(const std::string& path);

  // Makes `path` where it is missing and holds it alone; returns nothing where
  // others hold it.
  static std::optional<ReaderHold> TakeAlone(const std::string& path);

  ReaderHold(ReaderHold&& other) noexcept;
  ReaderHold& operator=(ReaderHold&&) = delete;
  ~ReaderHold();

 private:
  explicit ReaderHold(int fd) : fd_(fd) {}

  int fd_;
};

}  // namespace storyfold
