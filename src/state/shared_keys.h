#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "state/key_table.h"

namespace storyfold {

// How many keys an asked article and a stored one share. A key that more than
// 100 of the asked articles have, or of those of the segment, is common, as in
// duplicates/rare_shingles.cc: a template or a phrase. Only 3-grams may be, and
// of those many the first four are looked at, where one is as good as the
// other; common bands do not count.
struct KeyCounts {
  uint32_t bands = 0;
  uint32_t shingles = 0;  // that are not common
  uint32_t common_shingles = 0;

  uint32_t AllShingles() const { return shingles + common_shingles; }
};

// Pairs share so many bands or 3-grams.
inline constexpr uint32_t kLeastSharedKeys = 2;

// An asked article and a stored one, by their places.
struct SharingPair {
  uint32_t asked = 0;
  uint32_t place = 0;
  KeyCounts shared;
};

// Tables of keys of the asked articles, whose places are below `num_articles`,
// and those of a segment.
struct AskedTables {
  const KeyIndex& bands;
  const KeyIndex& shingles;
  uint32_t num_articles = 0;
};
struct StoredTables {
  std::span<const uint64_t> bands;
  std::span<const uint64_t> shingles;
  uint32_t num_articles = 0;
};

// Returns the pairs that share kLeastSharedKeys bands or as many 3-grams, by
// asked article. O(keys of the segment, and pairs that share any). Of a segment
// that was made to do harm tables may be in disorder, have records twice, or
// name places that are not there: it then misses pairs, or counts too many
// keys.
std::vector<SharingPair> FindSharingPairs(const AskedTables& asked,
                                          const StoredTables& stored);

}  // namespace storyfold
