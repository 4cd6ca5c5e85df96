#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/average_linkage.h"
#include "base/csr.h"
#include "storyfold/duplicates.h"

namespace storyfold {

// Returns, for every set, the members that are rare: in at most
// `rare_share` of the sets (between rare_least and rare_most of them). Sorted.
// REQUIRES: each set is sorted and holds nothing twice
Csr<uint64_t> KeepRareShingles(
    std::span<const std::span<const uint64_t>> sets,
    const DuplicateOptions& options);

// Returns an edge for every two rows that share a good part of their rare
// shingles: weight = shared / size of the smaller row, at least
// `min_similarity`. Rows with fewer than kLeastRareShingles are in no edge.
// Ordered by a, then b. Parallel; O(sum of the squared document frequencies).
std::vector<WeightedEdge> JoinByRareShingles(const Csr<uint64_t>& rare,
                                             double min_similarity);

// Below this a row says too little: five words of a name are three 3-grams.
inline constexpr size_t kLeastRareShingles = 6;

}  // namespace storyfold
