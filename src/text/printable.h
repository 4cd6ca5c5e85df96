#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace storyfold {

// Returns `text` as it may stand in a line for people: control characters are
// written as \n, \t, \r or \x1b, those that change the direction of what
// follows as \u202e, bytes that are no UTF-8 as \xff. What others wrote then
// neither moves the cursor nor ends the line nor turns the order of words
// around. A backslash stays as it is, so doing it twice changes nothing.
std::string Printable(std::string_view text);

// The same for texts of several lines: line ends stay.
std::string PrintableLines(std::string_view text);

// The same of the first `most` characters, with "..." behind where that is not
// all.
std::string PrintableStart(std::string_view text, size_t most);

// Appends Printable(text). Fast where there is nothing to do.
void AppendPrintable(std::string_view text, std::string& out);

// Returns whether Printable(text) is text itself.
bool IsPrintable(std::string_view text);

}  // namespace storyfold
