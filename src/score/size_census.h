#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace storyfold {

// `clusters` clusters have `size` items each.
struct SizeCount {
  uint64_t size = 0;
  uint64_t clusters = 0;
};

// `overlaps` pairs of a gold cluster of `gold_size` items and a predicted
// cluster of `predicted_size` items have `shared` items in common.
struct OverlapCount {
  uint64_t gold_size = 0;
  uint64_t predicted_size = 0;
  uint64_t shared = 0;
  uint64_t overlaps = 0;
};

// Everything the scores need to know of two clusterings: see size_census.cc.
struct SizeCensus {
  uint64_t items = 0;

  // By ascending size; no size twice.
  std::vector<SizeCount> gold;
  std::vector<SizeCount> predicted;

  // By ascending gold_size, then predicted_size, then shared; no triple twice
  // and shared >= 1.
  std::vector<OverlapCount> overlaps;
};

// Returns the census of item i being in clusters gold[i] and predicted[i].
// It does not depend on the order of items nor on the names of clusters.
// O(n log n) time.
// REQUIRES: gold.size() == predicted.size() and gold.size() < 2^32
SizeCensus TakeSizeCensus(std::span<const uint32_t> gold,
                          std::span<const uint32_t> predicted);

}  // namespace storyfold
