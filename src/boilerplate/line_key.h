#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace storyfold {

// What is compared of one line that holds anything but white space. 32 bytes.
struct LineKey {
  // Of the folded words with numbers and the names of months and days replaced
  // by slots. Of the bytes where the line has no words, and where it has
  // nothing but numbers: with a slot for each, so "1986." and "1986/87" differ.
  uint64_t masked = 0;
  uint64_t exact = 0;  // of the folded words

  // Of the first and the last three masked words of an open line of 4 to 25
  // words ("Read also: *"); 0 where there is none.
  uint32_t prefix = 0;
  uint32_t suffix = 0;

  uint32_t number = 0;  // from 1, in the text split at '\n'
  // In scripts without spaces, whose tokens are characters, two of them count
  // as one: so long are their words. 65535 stands for more.
  uint16_t num_tokens = 0;
  uint8_t num_words = 0;    // tokens that are no slots and have no digit; 255
                            // stands for more
  bool closed : 1 = false;  // ends like a sentence (sentence_end.h), but not in
                            // an initial ("D.C.")
  bool quoted : 1 = false;  // holds quotation marks
  bool starts_low : 1 = false;        // with one of the letters a to z
  bool starts_with_slot : 1 = false;  // with a number or a date
  bool numbered : 1 = false;          // holds a number, and no date
  bool row : 1 = false;  // two numbers or more with words between, and no date
  // A row with two words or fewer for each number; two characters count as one
  // in scripts without spaces.
  bool figures : 1 = false;
  // Numbered, of up to eight words, and holds a percent or currency sign.
  bool with_unit : 1 = false;
};
static_assert(sizeof(LineKey) == 32);

// Returns the place of the longest line of a page, of the first of them where
// there are several; 0 if the page is empty.
inline size_t LongestLine(std::span<const LineKey> page) {
  // No branch: which line is longer cannot be foretold.
  uint64_t longest = 0xFFFFFFFF;
  for (size_t n = 0; n < page.size(); ++n) {
    const uint64_t length_and_place =
        uint64_t{page[n].num_tokens} << 32 | (0xFFFFFFFF - n);
    longest = std::max(longest, length_and_place);
  }
  return 0xFFFFFFFF - (longest & 0xFFFFFFFF);
}

}  // namespace storyfold
