#include "sketch/band_keys.h"

#include <cassert>

#include "base/hash.h"

namespace storyfold {

uint64_t BandKey(const Signature& signature, uint32_t band, uint32_t rows) {
  assert(rows >= 1 && (band + 1) * rows <= kSignatureSize);
  uint64_t key = band;
  for (uint32_t r = 0; r < rows; ++r) {
    key = CombineHashes(key, signature[band * rows + r]);
  }
  return key;
}

}  // namespace storyfold
