#pragma once

#include <absl/status/statusor.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string_view>

namespace storyfold {

// A file whose bytes are read in place. Thread-safe.
//
// The kernel ends a process that reads beyond the end of a mapped file: one
// that another program cuts short meanwhile (the tool then says so and ends,
// see cli/main.cc). One that is written to meanwhile gives other bytes the
// second time: readers check what they rely on.
class MappedFile {
 public:
  enum class Pages {
    kKeep,     // what was read stays in memory, for the next time
    kRelease,  // at most some 150 MB of it does, see NoteRead
  };

  // Maps the `size` bytes of the open file `fd`, which may be closed then.
  // Errors: what the system says. REQUIRES: size > 0
  static absl::StatusOr<std::shared_ptr<const MappedFile>> Map(int fd,
                                                               size_t size,
                                                               Pages pages);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  // Returns all bytes. kPadding zeros, at least, are readable behind them.
  std::string_view bytes() const { return {data_, size_}; }
  static constexpr size_t kPadding = size_t{1} << 12;

  // Asks for the pages of a part that will be read from its begin to its end:
  // cheaper than a page fault for each few of them. A wish.
  void Populate(std::string_view part) const;

  // To be called when `part` was read. Under kRelease all pages are given back
  // whenever much was read; they stay in the page cache, and reading them again
  // costs a page fault.
  void NoteRead(std::string_view part) const;

 private:
  MappedFile(char* data, size_t size, size_t mapped_size, Pages pages)
      : data_(data), size_(size), mapped_size_(mapped_size), pages_(pages) {}

  char* data_;
  size_t size_;
  size_t mapped_size_;
  Pages pages_;
  mutable std::atomic<size_t> unreleased_ = 0;  // bytes in memory, at most
};

}  // namespace storyfold
