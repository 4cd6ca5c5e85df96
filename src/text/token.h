#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "text/unicode.h"

namespace storyfold {

// A word, a number, or one character of a script written without spaces.
struct Token {
  uint64_t hash = 0;    // of the folded word: equal words, equal hashes
  uint32_t offset = 0;  // of its first byte in the text
  uint16_t length = 0;  // in bytes of the text; 65535 stands for more
  Script script = Script::kNone;
  bool has_digit : 1 = false;
  bool all_digits : 1 = false;
  bool capitalised : 1 = false;  // its first character is upper case

  static uint16_t SaturatedLength(size_t bytes) {
    return static_cast<uint16_t>(
        std::min<size_t>(bytes, std::numeric_limits<uint16_t>::max()));
  }
};

}  // namespace storyfold
