#pragma once

#include <string_view>

namespace storyfold {

// Returns whether a line ends like a sentence: with a full stop, a question or
// exclamation mark of any script, an ellipsis or a double quotation mark. What
// stands behind it does not count where it cannot be seen or is a single
// quotation mark.
// REQUIRES: line is valid UTF-8
bool EndsLikeSentence(std::string_view line);

}  // namespace storyfold
