// The alias method of Walker (1977) in the linear-time form of Vose (1991).
//
// n weights are cut and stacked into n cells of equal height, each holding
// parts of at most two indexes.  A draw picks a cell, then one of its two
// owners: one multiplication and one table look-up.  Example: weights 3, 1 make
// cells of height 2: {1: 1, rest 0} and {0: 2}.
//
// Heights are whole numbers, weight * n against the sum of weights, so the
// table is exact up to the 32 bits of `share`.

#include "alias_table.h"

#include <cassert>
#include <numeric>

namespace storyfold {

AliasTable::AliasTable(std::span<const uint32_t> weights) {
  const size_t size = weights.size();
  const uint64_t height =
      std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  assert(height >= 1 && height < (uint64_t{1} << 32));

  std::vector<uint64_t> left(size);
  std::vector<uint32_t> low;
  std::vector<uint32_t> high;
  for (uint32_t i = 0; i < size; ++i) {
    left[i] = uint64_t{weights[i]} * size;
    (left[i] < height ? low : high).push_back(i);
  }

  cells_.resize(size);
  while (!low.empty() && !high.empty()) {
    const uint32_t small = low.back();
    const uint32_t large = high.back();
    low.pop_back();
    cells_[small] = {static_cast<uint32_t>((left[small] << 32) / height),
                     large};
    left[large] -= height - left[small];
    if (left[large] < height) {
      high.pop_back();
      low.push_back(large);
    }
  }
  for (uint32_t i : high) cells_[i] = {UINT32_MAX, i};
}

std::vector<uint32_t> ZipfWeights(size_t size, uint32_t offset) {
  constexpr uint64_t kTop = uint64_t{1} << 28;
  std::vector<uint32_t> weights(size);
  for (size_t i = 0; i < size; ++i) {
    weights[i] = static_cast<uint32_t>(kTop / (offset + i));
  }
  return weights;
}

}  // namespace storyfold
