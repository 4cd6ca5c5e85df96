#include "base/mapped_file.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace storyfold {
namespace {

constexpr size_t kPage = size_t{1} << 12;
static_assert(MappedFile::kPadding == kPage);

// A page fault brings the pages around it, too.
constexpr size_t kFaultAround = size_t{1} << 16;
constexpr size_t kMostUnreleased = size_t{1} << 27;

size_t RoundUp(size_t size) { return (size + kPage - 1) / kPage * kPage; }

}  // namespace

absl::StatusOr<std::shared_ptr<const MappedFile>> MappedFile::Map(int fd,
                                                                  size_t size,
                                                                  Pages pages) {
  // The file lies over the front of a larger mapping of zeros, whose last page
  // is the padding.
  const size_t mapped_size = RoundUp(size) + kPadding;
  void* room = ::mmap(nullptr, mapped_size, PROT_READ,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return absl::InternalError(std::strerror(errno));
  if (::mmap(room, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) ==
      MAP_FAILED) {
    const int error = errno;
    ::munmap(room, mapped_size);
    return absl::InternalError(std::strerror(error));
  }
  return std::shared_ptr<const MappedFile>(
      new MappedFile(static_cast<char*>(room), size, mapped_size, pages));
}

MappedFile::~MappedFile() { ::munmap(data_, mapped_size_); }

void MappedFile::Populate([[maybe_unused]] std::string_view part) const {
#ifdef MADV_POPULATE_READ
  const auto offset = static_cast<size_t>(part.data() - data_) / kPage * kPage;
  const auto end = static_cast<size_t>(part.data() - data_) + part.size();
  ::madvise(data_ + offset, end - offset, MADV_POPULATE_READ);
#endif
}

void MappedFile::NoteRead(std::string_view part) const {
  if (pages_ == Pages::kKeep) return;
  const size_t added = part.size() + kFaultAround;
  if (unreleased_.fetch_add(added) + added < kMostUnreleased) return;
  unreleased_ = 0;
  ::madvise(data_, RoundUp(size_), MADV_DONTNEED);
}

}  // namespace storyfold
