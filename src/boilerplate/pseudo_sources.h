#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_table.h"

namespace storyfold {

// Returns the source of every article: that of the table, but articles without
// one get the number of their pseudo-source, which no other source has. Pages
// are of one pseudo-source when they have two labels in common that recur, of
// four words together, and so two fifths of all such labels on either.
//
// text_of[a] names the distinct text of article a. The order of the articles
// changes nothing but the numbers. Articles with a source are not looked at,
// so that no page can claim to be theirs. O(lines of articles without a source
// log).
std::vector<uint32_t> FindPseudoSources(const LineTable& table,
                                        std::span<const uint32_t> text_of);

}  // namespace storyfold
