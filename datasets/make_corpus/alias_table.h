#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace storyfold {

// Draws an index in proportion to its weight, in constant time.
class AliasTable {
 public:
  // REQUIRES: weights sum to at least 1 and to less than 2^32
  explicit AliasTable(std::span<const uint32_t> weights);

  // Returns an index below size(); `random` is 32 uniform random bits.
  uint32_t Draw(uint32_t random) const {
    const uint64_t place = uint64_t{random} * cells_.size();
    const auto index = static_cast<uint32_t>(place >> 32);
    const Cell cell = cells_[index];
    return static_cast<uint32_t>(place) < cell.share ? index : cell.alias;
  }

  size_t size() const { return cells_.size(); }

 private:
  struct Cell {
    uint32_t share;  // of 2^32: how much of the cell belongs to its own index
    uint32_t alias;  // who owns the rest
  };

  std::vector<Cell> cells_;
};

// Returns weights in proportion to 1 / (offset + index): the law of Zipf, as
// corrected by Mandelbrot.  Large offsets flatten the head.
// REQUIRES: offset >= 1
std::vector<uint32_t> ZipfWeights(size_t size, uint32_t offset);

}  // namespace storyfold
