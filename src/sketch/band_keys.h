#pragma once

#include <cstdint>

#include "base/hash.h"
#include "sketch/signature.h"

namespace storyfold {

// How signatures are cut into bands of `rows` values each. Bands 0 to n - 1,
// n = 128 / rows, have neighbours: band b the values b * rows, b * rows + 1,
// ... Bands n to 2n - 1 take the same values again, each from afar: band n + b
// has the values b, b + n, b + 2n, ... Two texts that just miss each other in
// the first may meet in the second, at no cost for the signature.
class BandLayout {
 public:
  // REQUIRES: 1 <= rows <= 128
  explicit BandLayout(uint32_t rows)
      : rows_(rows),
        near_bands_(static_cast<uint32_t>(kSignatureSize) / rows) {}

  uint32_t MostBands() const { return 2 * near_bands_; }

  // Returns the key of one band: texts with an equal key in any band are
  // candidates. The same on every machine. REQUIRES: band < MostBands()
  uint64_t Key(const Signature& signature, uint32_t band) const {
    const bool near = band < near_bands_;
    const uint32_t first = near ? band * rows_ : band - near_bands_;
    const uint32_t step = near ? 1 : near_bands_;
    const auto value = [&](uint32_t row) {
      return row < rows_ ? uint64_t{signature[first + row * step]} : 0;
    };
    uint64_t key = band;
    for (uint32_t row = 0; row < rows_; row += 4) {
      const uint64_t low = value(row) | value(row + 1) << 32;
      const uint64_t high = value(row + 2) | value(row + 3) << 32;
      key = MultiplyFold(key ^ low ^ 0x9E3779B97F4A7C15u,
                         high ^ 0xD6E8FEB86659FD93u);
    }
    return key;
  }

 private:
  uint32_t rows_;
  uint32_t near_bands_;
};

}  // namespace storyfold
