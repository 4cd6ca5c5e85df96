#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "storyfold/article.h"
#include "text/analysis.h"

namespace storyfold {

// What is compared of one line that holds anything but white space.
struct LineKey {
  // Of the folded words with numbers and the names of months and days replaced
  // by slots; of the bytes where the line has no words.
  uint64_t masked = 0;
  uint64_t exact = 0;   // of the folded words
  uint32_t number = 0;  // from 1, in the text split at '\n'
  uint32_t num_tokens = 0;
  uint32_t num_words = 0;  // tokens that are no slots and have no digit
  bool closed = false;     // ends in . ! ? or a closing quotation mark, but not
                           // in an initial ("D.C.")
  bool quoted = false;     // holds quotation marks
  bool starts_low = false;  // with one of the letters a to z
};

// Returns the keys of the lines of `text`, in order.
// REQUIRES: analysis is of `text`
std::vector<LineKey> ComputeLineKeys(std::string_view text,
                                     const Analysis& analysis);

// Returns the LineKey::exact of a line that reads like `title`; 0 when the
// title has no words.
uint64_t TitleKey(std::string_view title, Analyzer& analyzer);

}  // namespace storyfold
