#pragma once

#include <cstdint>
#include <span>

namespace storyfold {

// Returns in how much of the shorter text something of the other recurs: the
// share of its stretches (of 25 words; 4 to 12 stretches in all) that have at
// least two, and a twelfth, of their word 3-grams in common with the other
// text. 0 where a text has fewer than 12 words.
//
// A copy, however edited, cut or misprinted, has traces of its original all
// over; texts of their own that quote one statement have them in one place.
// O(n log n).
double SharedSpread(std::span<const uint64_t> words_a,
                    std::span<const uint64_t> words_b);

}  // namespace storyfold
