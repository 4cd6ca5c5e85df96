#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "storyfold/article.h"

namespace storyfold {

inline constexpr uint32_t kMostSimHashDistance = 7;

// Two fingerprints that differ in few bits.
struct SimHashPair {
  ArticleId a = 0;  // positions in the fingerprints given, a < b
  ArticleId b = 0;
  uint32_t distance = 0;  // bits in which they differ

  friend bool operator==(const SimHashPair&, const SimHashPair&) = default;
};

struct SimHashPairs {
  std::vector<SimHashPair> pairs;  // ordered by a, then b
  size_t oversize_buckets = 0;     // groups whose pairs are not all listed
};

// Returns the pairs of fingerprints that differ in at most `max_distance`
// bits: all of them, unless oversize_buckets counts
//   - a group of more than max_bucket equal fingerprints, of which each is
//     paired with the next only;
//   - two groups of equal ones with more than max_bucket^2 / 2 pairs between
//     them: the first of each is paired with all of the other;
//   - a bucket that was not compared whole, because the fingerprints are so
//     alike that it took more than 4,000 comparisons for each (4 max_bucket,
//     where that is more): each is compared with the next four.
//
// Cost, measured on one thread for n = 1 million different random
// fingerprints: .25 s at a distance of 3, 2 s at 7, and somewhat more than
// linear in n. Memory: 40 n bytes, 20 n for each thread, and the pairs.
// Parallel over tables; the same at any number of threads.
// REQUIRES: max_distance <= kMostSimHashDistance; max_bucket >= 2; fewer than
// 2^32 fingerprints
SimHashPairs FindSimHashPairs(std::span<const uint64_t> fingerprints,
                              uint32_t max_distance, uint32_t max_bucket);

}  // namespace storyfold
