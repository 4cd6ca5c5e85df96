#include "io/output_file.h"

#include <absl/strings/str_cat.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace storyfold {
namespace {

namespace fs = std::filesystem;

constexpr size_t kWriteBuffer = size_t{1} << 20;
constexpr int kMostLinks = 40;  // as the system has it

// Returns the path that links end at, be there a file or not.
std::string FollowLinks(std::string path) {
  std::error_code error;
  for (int k = 0; k < kMostLinks && fs::is_symlink(path, error); ++k) {
    const fs::path target = fs::read_symlink(path, error);
    if (error) break;
    path = (fs::path(path).parent_path() / target).native();
  }
  return path;
}

// Returns whether bytes are to go into what is there as it is: a device or a
// pipe, which a file in its place would end.
bool IsDeviceOrPipe(const std::string& path) {
  std::error_code error;
  const fs::file_type type = fs::status(path, error).type();
  return type == fs::file_type::character || type == fs::file_type::block ||
         type == fs::file_type::fifo || type == fs::file_type::socket;
}

}  // namespace

std::string PartialPath(const std::string& path) { return path + ".partial"; }

OutputFile::OutputFile(const std::string& path)
    : path_(path), target_(FollowLinks(path)) {
  constexpr mode_t kMode = 0666;
  if (IsDeviceOrPipe(target_)) {
    fd_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd_ < 0) Fail("cannot be opened");
    return;
  }
  fd_ = ::open(PartialPath(target_).c_str(),
               O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
  exists_ = fd_ >= 0;
  if (fd_ < 0) Fail("cannot be created");
}

OutputFile OutputFile::Stdout() { return {STDOUT_FILENO, std::string()}; }

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      exists_(std::exchange(other.exists_, false)),
      buffer_(std::move(other.buffer_)),
      status_(std::move(other.status_)) {}

OutputFile::~OutputFile() {
  if (fd_ >= 0 && !path_.empty()) ::close(fd_);
  if (exists_) std::remove(PartialPath(target_).c_str());
}

void OutputFile::Append(std::string_view bytes) {
  if (!status_.ok()) return;
  buffer_.append(bytes);
  if (buffer_.size() >= kWriteBuffer) Flush();
}

void OutputFile::Flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && status_.ok()) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR) {
      Fail("cannot be written");
    }
  }
  buffer_.clear();
}

void OutputFile::Fail(const char* what) {
  const int error = errno;
  const std::string message =
      absl::StrCat(path_.empty() ? "standard output" : path_, ": ", what, ": ",
                   std::strerror(error));
  status_ = error == EPIPE ? absl::AbortedError(message)
                           : absl::InternalError(message);
}

absl::Status OutputFile::Close() {
  Flush();
  if (fd_ >= 0 && !path_.empty()) {
    if (::close(fd_) != 0 && status_.ok()) Fail("cannot be written");
    fd_ = -1;
  }
  return status_;
}

absl::Status OutputFile::Commit() {
  if (!status_.ok() || !exists_) return status_;
  if (std::rename(PartialPath(target_).c_str(), target_.c_str()) != 0) {
    Fail("cannot be renamed into place");
  } else {
    exists_ = false;
  }
  return status_;
}

absl::Status WriteToStdout(std::string_view text) {
  OutputFile out = OutputFile::Stdout();
  out.Append(text);
  return out.Close();
}

}  // namespace storyfold
