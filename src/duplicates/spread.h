#pragma once

#include <cstdint>
#include <span>

namespace storyfold {

// Where in the shorter of two texts stands what the other has, too.
struct SharedPlaces {
  // The share of its word 3-grams that the other has.
  double share = 0;

  // The share of its stretches (of 25 words; 4 to 12 stretches in all) that
  // have at least two, and a twelfth, of their word 3-grams in common with the
  // other text.
  double spread = 0;

  // The length, in 3-grams, of the run that a shared 3-gram stands in, on
  // average over the shared ones.
  double mean_run = 0;
};

// Spread and run are 0 where a text has fewer than 12 words.
//
// A copy, however edited, cut or misprinted, has traces of its original all
// over; texts of their own that quote one statement have them in few places, as
// long runs. Where misprints leave little more than a trace, that is a word or
// two here and there. O(n).
SharedPlaces FindSharedPlaces(std::span<const uint64_t> words_a,
                              std::span<const uint64_t> words_b);

}  // namespace storyfold
