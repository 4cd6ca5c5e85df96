#pragma once

#include <string_view>

namespace storyfold {

// Returns src/stories/words.tsv.zst, which CMake puts into the library
// (cmake/embed_file.cmake).
std::string_view PackedBuiltInWords();

}  // namespace storyfold
