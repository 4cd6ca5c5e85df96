#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sketch/sketch.h"

namespace storyfold {

// What texts are looked up by: (key << 32 | place) records, ascending. A place
// is the position of an article in its segment.
using KeyTable = std::vector<uint64_t>;

// Returns the keys of the bands of the sketches, whose places count from 0.
KeyTable BandKeys(std::span<const Sketch* const> sketches);

// Returns the sampled 3-grams of the sketches, each once for a text.
KeyTable ShingleKeys(std::span<const Sketch* const> sketches);

// A key that stands in two tables, with the places that have it.
struct SharedKey {
  std::span<const uint64_t> ours;
  std::span<const uint64_t> theirs;
};

inline uint32_t PlaceOfRecord(uint64_t record) {
  return static_cast<uint32_t>(record);
}

// Calls visit(SharedKey) for every key that both tables have, ascending. O(size
// of both).
template <typename Visit>
void ForEachSharedKey(std::span<const uint64_t> ours,
                      std::span<const uint64_t> theirs, const Visit& visit) {
  const auto run = [](std::span<const uint64_t> table, size_t begin) {
    size_t end = begin;
    while (end < table.size() && table[end] >> 32 == table[begin] >> 32) ++end;
    return table.subspan(begin, end - begin);
  };
  for (size_t i = 0, j = 0; i < ours.size() && j < theirs.size();) {
    const uint64_t a = ours[i] >> 32;
    const uint64_t b = theirs[j] >> 32;
    if (a < b) {
      ++i;
    } else if (b < a) {
      ++j;
    } else {
      const SharedKey shared{run(ours, i), run(theirs, j)};
      visit(shared);
      i += shared.ours.size();
      j += shared.theirs.size();
    }
  }
}

}  // namespace storyfold
