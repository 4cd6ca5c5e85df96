#pragma once

#include <absl/status/statusor.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/page_size.h"

namespace storyfold {

// A file whose bytes are read in place. Thread-safe.
//
// Nobody may write to the file meanwhile, nor cut it short: other bytes would
// be read the second time, and the kernel ends a process that reads beyond the
// end (the tool then says so, see cli/main.cc). HasChanged tells afterwards.
class MappedFile {
 public:
  enum class Pages {
    kKeep,     // what was read stays in memory, for the next time
    kRelease,  // little of it does: some 130 MB of all such files together
  };

  // Maps the first `size` bytes of the open file `fd`, which stays the
  // caller's. Takes a file descriptor and two of the mappings a process may
  // have (65,530 by default). Errors: what the system says. REQUIRES: size > 0
  static absl::StatusOr<std::shared_ptr<const MappedFile>> Map(int fd,
                                                               size_t size,
                                                               Pages pages);

  // Maps a whole file under kKeep. Errors (NotFound): what the system says;
  // InvalidArgument: empty, or no file.
  static absl::StatusOr<std::shared_ptr<const MappedFile>> MapWhole(
      const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  // Returns all bytes. kPadding zeros, at least, are readable behind them.
  std::string_view bytes() const { return {data_, size_}; }
  static constexpr size_t kPadding = kPageSize;

  // Asks for the pages of a part that will be read from its begin to its end:
  // cheaper than a page fault for each few of them. A wish.
  void Populate(std::string_view part) const;

  // To be called when `part` was read. Under kRelease all pages are given back
  // whenever much was read.
  void NoteRead(std::string_view part) const;

  // Gives the pages back; they stay in the page cache, and reading them again
  // costs a page fault.
  void Release() const;

  // Returns whether the file was written to or cut short since it was mapped.
  bool HasChanged() const;

 private:
  // What tells that a file has changed.
  struct Version {
    int64_t size = 0;
    int64_t seconds = 0;  // of its last change
    int64_t nanoseconds = 0;

    friend bool operator==(const Version&, const Version&) = default;
  };

  MappedFile(int fd, char* data, size_t size, Pages pages);

  static Version VersionOf(int fd);

  int fd_;
  Version version_;
  char* data_;
  size_t size_;
  Pages pages_;
  mutable std::atomic<size_t> unreleased_ = 0;  // bytes in memory, at most
};

}  // namespace storyfold
