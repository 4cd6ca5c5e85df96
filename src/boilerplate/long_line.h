#pragma once

#include <cstddef>
#include <cstdint>

namespace storyfold {

// Only lines of so many words, of which runs of numbers are one, are long ones.
// Longer lines than the second are no notices.
inline constexpr size_t kLeastWordsOfLongLine = 15;
inline constexpr size_t kMostWordsOfLongLine = 150;

// So many of the last lines of a text that are of this length, or longer, may
// be long ones.
inline constexpr size_t kLongLinesOfText = 4;

// What tells a long line from others that differ in few words (near_lines.h).
// Only lines that are closed like a sentence, hold no quotation marks and no
// characters of scripts without spaces are long ones. 24 bytes.
struct LongLine {
  uint64_t simhash = 0;      // of the words, numbers and dates masked
  uint32_t first_words = 0;  // of the first three of them
  uint32_t last_words = 0;
  uint32_t n = 0;  // place among the keys of its text
};

}  // namespace storyfold
