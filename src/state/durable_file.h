#pragma once

#include <absl/status/status.h>

#include <span>
#include <string>
#include <string_view>

namespace storyfold {

// What names a file that is still being written.
inline constexpr std::string_view kPartialSuffix = ".partial";

// Writes a file that is there wholly or not at all, whatever happens: under a
// temporary name first, which is fsynced and renamed, and then the folder is
// fsynced. A file of this name is replaced.
// Errors (Internal): the path and what the system says; the temporary file is
// removed. The bytes may come in pieces. Thread-safe, each file by one thread.
// REQUIRES: the path names a folder ("./file")
absl::Status WriteDurably(const std::string& path,
                          std::span<const std::string_view> pieces);
inline absl::Status WriteDurably(const std::string& path,
                                 std::string_view bytes) {
  return WriteDurably(path, std::span(&bytes, 1));
}

}  // namespace storyfold
