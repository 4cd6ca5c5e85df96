#pragma once

#include <string_view>

namespace storyfold {

// The same as EndsLikeSentence, without its short way for letters.
bool EndsLikeSentenceOfAnyScript(std::string_view line);

// Returns whether a line ends like a sentence: with a full stop, a question or
// exclamation mark of any script, an ellipsis or a double quotation mark. What
// stands behind it does not count where it cannot be seen or is a single
// quotation mark.
// REQUIRES: line is valid UTF-8
inline bool EndsLikeSentence(std::string_view line) {
  const char last = line.empty() ? '\0' : line.back();
  if (last == '.') return true;
  const bool is_letter = (last >= 'a' && last <= 'z') ||
                         (last >= 'A' && last <= 'Z') ||
                         (last >= '0' && last <= '9');
  return !is_letter && EndsLikeSentenceOfAnyScript(line);
}

}  // namespace storyfold
