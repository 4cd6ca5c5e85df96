#include "state/lock_file.h"

#include <absl/strings/str_cat.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
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

int OpenFolder(const std::string& folder) {
  return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

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

FolderHold FolderHold::Share(const std::string& folder) {
  FolderHold hold(OpenFolder(folder));
  while (::flock(hold.fd_, LOCK_SH) != 0 && errno == EINTR) {
  }
  return hold;
}

std::optional<FolderHold> FolderHold::TakeAlone(const std::string& folder) {
  FolderHold hold(OpenFolder(folder));
  if (::flock(hold.fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return std::nullopt;
  }
  return hold;
}

FolderHold::FolderHold(FolderHold&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)) {}

FolderHold::~FolderHold() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace storyfold
