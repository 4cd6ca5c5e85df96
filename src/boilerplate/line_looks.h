#pragma once

#include <cstddef>
#include <cstdint>

#include "boilerplate/line_key.h"

namespace storyfold {

// The first and the last lines of a page are its edge.
inline constexpr size_t kTopLines = 2;
inline constexpr size_t kBottomLines = 3;

// A line of more words is no label.
inline constexpr uint32_t kLabelTokens = 8;

// Returns whether line `n` stands at the edge of a page of so many lines.
inline bool IsAtEdge(size_t n, size_t num_lines) {
  return n < kTopLines || n + kBottomLines >= num_lines;
}

// Returns whether a line is short and has no closing punctuation.
inline bool IsLabel(const LineKey& line) {
  return line.num_tokens <= kLabelTokens && !line.closed;
}

// Returns whether a line is whole sentences in quotation marks; a headline with
// a word in them is none.
inline bool IsSpeech(const LineKey& line) { return line.quoted && line.closed; }

}  // namespace storyfold
