#include "state/durable_file.h"

#include <absl/strings/str_cat.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace storyfold {
namespace {

class OpenFile {
 public:
  OpenFile(const std::string& path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool ok() const { return fd_ >= 0; }
  bool Sync() const { return ::fsync(fd_) == 0; }
  bool Write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) return false;
      if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
    }
    return true;
  }
  bool Close() {
    const int fd = fd_;
    fd_ = -1;
    return ::close(fd) == 0;
  }

 private:
  int fd_;
};

// Returns 0, or errno of the first step up to the rename that failed.
int WriteAndRename(const std::string& path, const std::string& partial,
                   std::span<const std::string_view> pieces) {
  OpenFile file(partial, O_WRONLY | O_CREAT | O_TRUNC);
  const auto write = [&](std::string_view piece) { return file.Write(piece); };
  const bool done = file.ok() && std::ranges::all_of(pieces, write) &&
                    file.Sync() && file.Close() &&
                    std::rename(partial.c_str(), path.c_str()) == 0;
  return done ? 0 : errno;
}

}  // namespace

absl::Status WriteDurably(const std::string& path,
                          std::span<const std::string_view> pieces) {
  const auto failure = [&](int error) {
    return absl::InternalError(absl::StrCat(
        path, ": cannot be written: ", std::generic_category().message(error)));
  };
  const std::string partial = absl::StrCat(path, std::string(kPartialSuffix));
  if (const int error = WriteAndRename(path, partial, pieces); error != 0) {
    ::unlink(partial.c_str());
    return failure(error);
  }
  const OpenFile folder(path.substr(0, path.rfind('/') + 1),
                        O_RDONLY | O_DIRECTORY);
  if (!folder.ok() || !folder.Sync()) return failure(errno);
  return absl::OkStatus();
}

}  // namespace storyfold
