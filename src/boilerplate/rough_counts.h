#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace storyfold {

// Counts up to 255 things by hash; those of equal bits count together.
class RoughCounts {
 public:
  explicit RoughCounts(size_t num_things)
      : counts_(std::bit_ceil(num_things + 1)) {}

  void Add(uint64_t hash) {
    uint8_t& count = counts_[hash & (counts_.size() - 1)];
    count = static_cast<uint8_t>(count + (count < 255));
  }
  uint32_t AtMost(uint64_t hash) const {
    const uint32_t count = counts_[hash & (counts_.size() - 1)];
    return count == 255 ? ~uint32_t{0} : count;
  }

 private:
  std::vector<uint8_t> counts_;  // a power of two
};

}  // namespace storyfold
