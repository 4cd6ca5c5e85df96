#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/average_linkage.h"
#include "base/csr.h"
#include "storyfold/duplicates.h"

namespace storyfold {

// The rare shingles of each of several sets: members that at least one other
// set has, but at most rare_share of all sets (between rare_least and rare_most
// of them).
struct RareShingles {
  Csr<uint32_t> rows;           // of each set, sorted
  std::vector<uint32_t> total;  // size of each set, rare or not
};

// The sets may hold a shingle several times, in any order. Parallel; all of
// them are gone through once for each 4 million of their n members: O(n + n^2 /
// 4e6), of which the second term is a compare, .3 ns.
RareShingles KeepRareShingles(std::span<const std::span<const uint32_t>> sets,
                              const DuplicateOptions& options);

// Returns how much of a copy two sets are that share `shared` rare shingles, in
// [0, 1]: shared / size of the smaller row, less up to a tenth where it is a
// small part of the larger set. 0 where a row has fewer than
// kLeastRareShingles, or where less than kLeastOverall of the smaller set is
// shared: that is a quote in two texts of their own.
double CopySimilarity(const RareShingles& rare, size_t a, size_t b,
                      size_t shared);

// Returns an edge for every two sets of at least `min_similarity`, which is its
// weight. Ordered by a, then b. Parallel; O(sum of the squared document
// frequencies).
// REQUIRES: min_similarity > 0
std::vector<WeightedEdge> JoinByRareShingles(const RareShingles& rare,
                                             double min_similarity);

// Below this a row says too little: five words of a name are three 3-grams.
inline constexpr size_t kLeastRareShingles = 6;
inline constexpr double kLeastOverall = 0.05;

}  // namespace storyfold
