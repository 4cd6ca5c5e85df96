// Tested by: tests/base/mapped_file_test.cc

#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace storyfold {
namespace {

// A page fault brings the pages around it, too.
constexpr size_t kFaultAround = size_t{1} << 16;
constexpr size_t kMostUnreleased = size_t{1} << 27;

size_t MappedSize(size_t file_size) {
  return RoundUpToPages(file_size) + MappedFile::kPadding;
}

// Files under kRelease; they share the bytes that may stay in memory.
std::atomic<size_t> num_releasing = 0;

}  // namespace

absl::StatusOr<std::shared_ptr<const MappedFile>> MappedFile::Map(int fd,
                                                                  size_t size,
                                                                  Pages pages) {
  // The file lies over the front of a larger mapping of zeros, whose last page
  // is the padding.
  void* room = ::mmap(nullptr, MappedSize(size), PROT_READ,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return absl::InternalError(std::strerror(errno));
  const int own_fd = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (own_fd < 0 || ::mmap(room, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd,
                           0) == MAP_FAILED) {
    const int error = errno;
    ::munmap(room, MappedSize(size));
    if (own_fd >= 0) ::close(own_fd);
    return absl::InternalError(std::strerror(error));
  }
  return std::shared_ptr<const MappedFile>(
      new MappedFile(own_fd, static_cast<char*>(room), size, pages));
}

absl::StatusOr<std::shared_ptr<const MappedFile>> MappedFile::MapWhole(
    const std::string& path) {
  // A pipe in the place of a file would wait for somebody to write to it.
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return absl::NotFoundError(std::strerror(errno));
  struct stat info;
  absl::StatusOr<std::shared_ptr<const MappedFile>> file =
      absl::InvalidArgumentError("an empty file, or none");
  if (::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
    file = Map(fd, static_cast<size_t>(info.st_size), Pages::kKeep);
  }
  ::close(fd);
  return file;
}

MappedFile::MappedFile(int fd, char* data, size_t size, Pages pages)
    : fd_(fd),
      version_(VersionOf(fd)),
      data_(data),
      size_(size),
      pages_(pages) {
  num_releasing += pages_ == Pages::kRelease;
}

MappedFile::~MappedFile() {
  num_releasing -= pages_ == Pages::kRelease;
  ::munmap(data_, MappedSize(size_));
  ::close(fd_);
}

MappedFile::Version MappedFile::VersionOf(int fd) {
  struct stat info;
  if (::fstat(fd, &info) != 0) return {};
  return {info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec};
}

bool MappedFile::HasChanged() const { return VersionOf(fd_) != version_; }

void MappedFile::Populate([[maybe_unused]] std::string_view part) const {
#ifdef MADV_POPULATE_READ
  if (part.empty()) return;
  const auto offset =
      static_cast<size_t>(part.data() - data_) / kPageSize * kPageSize;
  const auto end = static_cast<size_t>(part.data() - data_) + part.size();
  ::madvise(data_ + offset, end - offset, MADV_POPULATE_READ);
#endif
}

void MappedFile::NoteRead(std::string_view part) const {
  if (pages_ == Pages::kKeep) return;
  const size_t added = part.size() + kFaultAround;
  const size_t unreleased = unreleased_.fetch_add(added) + added;
  if (unreleased >= kMostUnreleased / num_releasing) Release();
}

void MappedFile::Release() const {
  unreleased_ = 0;
  ::madvise(data_, RoundUpToPages(size_), MADV_DONTNEED);
}

}  // namespace storyfold
