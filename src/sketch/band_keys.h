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

  // Asks for the values of a band to be brought from memory.
  void Prefetch(const Signature& signature, uint32_t band) const {
    const bool near = band < near_bands_;
    const uint32_t first = near ? band * rows_ : band - near_bands_;
    const uint32_t step = near ? kLineValues : near_bands_;
    const uint32_t end = first + (near ? rows_ : near_bands_ * rows_);
    for (uint32_t i = first; i < end; i += step) {
      __builtin_prefetch(&signature[i]);
    }
  }

  // Returns the key of one band: texts with an equal key in any band are
  // candidates. The same on every machine. REQUIRES: band < MostBands()
  uint64_t Key(const Signature& signature, uint32_t band) const {
    const bool near = band < near_bands_;
    const uint32_t first = near ? band * rows_ : band - near_bands_;
    const uint32_t step = near ? 1 : near_bands_;
    const uint32_t* values = signature.data() + first;
    if (rows_ == 4) {  // the usual number, without a loop
      return FoldFour(band, values[0], values[step], values[2 * step],
                      values[3 * step]);
    }
    const auto value = [&](uint32_t row) {
      return row < rows_ ? values[row * step] : 0;
    };
    uint64_t key = band;
    for (uint32_t row = 0; row < rows_; row += 4) {
      key = FoldFour(key, value(row), value(row + 1), value(row + 2),
                     value(row + 3));
    }
    return key;
  }

 private:
  static constexpr uint32_t kLineValues = 16;  // of a cache line

  static uint64_t FoldFour(uint64_t key, uint64_t a, uint64_t b, uint64_t c,
                           uint64_t d) {
    return MultiplyFold(key ^ (a | b << 32) ^ 0x9E3779B97F4A7C15u,
                        (c | d << 32) ^ 0xD6E8FEB86659FD93u);
  }

  uint32_t rows_;
  uint32_t near_bands_;
};

}  // namespace storyfold
