#pragma once

#include <cstdint>
#include <string_view>

namespace storyfold {

// Returns the two characters that stand for a line end, a tab or a carriage
// return in JSON and in C; nothing for others.
constexpr std::string_view ShortEscape(uint32_t c) {
  switch (c) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      return {};
  }
}

}  // namespace storyfold
