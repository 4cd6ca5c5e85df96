#pragma once

#include <absl/status/statusor.h>

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

}  // namespace storyfold
