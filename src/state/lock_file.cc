#include "state/lock_file.h"

#include <absl/strings/str_cat.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

namespace storyfold {
namespace {

std::string HolderOf(int fd) {
  char bytes[32] = {};
  const ssize_t size = ::pread(fd, bytes, sizeof(bytes), 0);
  std::string pid(bytes, static_cast<size_t>(std::max<ssize_t>(size, 0)));
  pid.resize(std::min(pid.find_first_not_of("0123456789"), pid.size()));
  return pid.empty() ? "another process" : "process " + pid;
}

// A writer that removes files is done in less than all tries take.
constexpr int kShareTries = 50;
constexpr std::chrono::milliseconds kSharePause(2);

}  // namespace

absl::StatusOr<LockFile> LockFile::Take(const std::string& path) {
  LockFile lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  const auto failure = [&](const char* what) {
    return absl::InternalError(
        absl::StrCat(path, ": ", what, ": ", std::strerror(errno)));
  };
  if (lock.fd_ < 0) return failure("cannot be written");
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return failure("cannot be locked");
    return absl::FailedPreconditionError(absl::StrCat(
        path, ": ", HolderOf(lock.fd_), " is at work on this state"));
  }
  const std::string pid = absl::StrCat(::getpid(), "\n");
  if (::ftruncate(lock.fd_, 0) != 0 ||
      ::pwrite(lock.fd_, pid.data(), pid.size(), 0) !=
          static_cast<ssize_t>(pid.size())) {
    return failure("cannot be written");
  }
  return lock;
}

LockFile::LockFile(LockFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)) {}

LockFile::~LockFile() {
  if (fd_ >= 0) ::close(fd_);
}

ReaderHold ReaderHold::Share(const std::string& path) {
  ReaderHold hold(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  for (int k = 0; k < kShareTries; ++k) {
    if (::flock(hold.fd_, LOCK_SH | LOCK_NB) == 0) break;
    if (errno != EWOULDBLOCK && errno != EINTR) break;
    std::this_thread::sleep_for(kSharePause);
  }
  return hold;
}

std::optional<ReaderHold> ReaderHold::TakeAlone(const std::string& path) {
  ReaderHold hold(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (::flock(hold.fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return std::nullopt;
  }
  return hold;
}

ReaderHold::ReaderHold(ReaderHold&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)) {}

ReaderHold::~ReaderHold() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace storyfold
