#pragma once

#include <string>
#include <string_view>

namespace storyfold {

// Returns what a line of nothing but numbers looks like, each number as one
// slot: "#." for "1986.", "#/# #/#" for "1986/87 1985/86".
// REQUIRES: line is valid UTF-8
std::string ShapeOfNumbers(std::string_view line);

}  // namespace storyfold
