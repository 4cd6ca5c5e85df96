#pragma once

#include <cstdint>

#include "sketch/signature.h"

namespace storyfold {

// Returns the key of one band: a hash of the values band * rows to
// band * rows + rows - 1 of the signature, in order, and of the band's number,
// so that keys of different bands do not meet. The same on every machine:
// articles are candidates when they have a key in common, here and in any
// engine that joins on exported keys.
// REQUIRES: rows >= 1; (band + 1) * rows <= kSignatureSize
uint64_t BandKey(const Signature& signature, uint32_t band, uint32_t rows);

}  // namespace storyfold
