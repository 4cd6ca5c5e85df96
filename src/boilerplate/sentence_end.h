#pragma once

#include <string_view>

namespace storyfold {

// Returns whether a line ends like a sentence: with a full stop, a question or
// exclamation mark of any script, an ellipsis or a double quotation mark.
// Single ones, spaces and marks of direction behind it do not count. REQUIRES:
// line is valid UTF-8 without ASCII white space at its end
bool EndsLikeSentence(std::string_view line);

}  // namespace storyfold
