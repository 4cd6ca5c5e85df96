#pragma once

#include <absl/status/status.h>

#include <string>
#include <string_view>

namespace storyfold {

// What names a file that is still being written.
inline constexpr std::string_view kPartialSuffix = ".partial";

// Writes a file that is there wholly or not at all, whatever happens: under a
// temporary name first, which is fsynced and renamed, and then the folder is
// fsynced. A file of this name is replaced.
// Errors (Internal): the path and what the system says; the temporary file is
// removed.
absl::Status WriteDurably(const std::string& path, std::string_view bytes);

}  // namespace storyfold
