#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/simd.h"

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
Signature ComputeSignature(std::span<const uint64_t> shingles,
                           SimdLevel level = ActiveSimdLevel());

// Which of the values of two signatures are equal, a bit each, lowest first.
using SignatureMatch = std::array<uint64_t, kSignatureSize / 64>;

// Returns the values in which two signatures agree. Every level gives the same
// result. 10 ns.
SignatureMatch MatchSignatures(const Signature& a, const Signature& b,
                               SimdLevel level = ActiveSimdLevel());

// Returns the share of equal values: an unbiased estimate of the Jaccard
// similarity of the two sets; its standard error is at most .045 for sets of
// hundreds, up to .06 for sets of ten and fewer.
double EstimateJaccard(const SignatureMatch& match);
inline double EstimateJaccard(const Signature& a, const Signature& b) {
  return EstimateJaccard(MatchSignatures(a, b));
}

}  // namespace storyfold
