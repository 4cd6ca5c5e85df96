#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace storyfold {

inline constexpr size_t kSignatureSize = 128;

// A MinHash signature of a set of shingles: 512 bytes.
using Signature = std::array<uint32_t, kSignatureSize>;

// Returns the signature of the set of `shingles` (repeats do not count), by
// one-permutation hashing with optimal densification (Shrivastava, "Optimal
// Densification for Fast and Accurate Minwise Hashing", ICML 2017). The same
// on every machine. 1-2 ns a shingle.
//
// The signature of no shingles is all zero; callers leave empty texts out.
Signature ComputeSignature(std::span<const uint64_t> shingles);

// Returns the share of equal values: an unbiased estimate of the Jaccard
// similarity of the two sets; its standard error is at most .05.
double EstimateJaccard(const Signature& a, const Signature& b);

}  // namespace storyfold
