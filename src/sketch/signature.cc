// One-permutation hashing: each shingle falls into one of 128 bins by seven
// bits of its hash, and a bin keeps the least of 32 other bits. Two sets have
// the same value in a bin with probability J, and a shingle costs one
// comparison instead of 128.
//
// A text of 40 shingles leaves most bins empty. Left empty they would agree
// between any two short texts. Optimal densification fills each from a bin
// chosen by hashing (bin, attempt) until a full one is met: the same choice in
// every set, so equal sources give equal copies and the estimate stays
// unbiased.
//
// Error: each value is a coin of probability J; 128 coins give a standard
// error of sqrt(J(1-J)/128) <= .044, somewhat more for very short texts, whose
// bins are copies of few. Measured on a corpus of 72,632 texts: .031.
//
// Tested by: tests/sketch/signature_test.cc (bias and error at known J).

#include "sketch/signature.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/hash.h"

namespace storyfold {
namespace {

static_assert(kSignatureSize == 128, "seven bits of the hash choose the bin");

// A bin whose least value is this by chance, once in 4e9, counts as empty.
constexpr uint32_t kEmptyBin = ~uint32_t{0};

// Returns the bin that empty bin `bin` asks at its `attempt`-th try.
constexpr size_t DonorBin(size_t bin, size_t attempt) {
  return Mix(bin * kSignatureSize * kSignatureSize + attempt + 1) %
         kSignatureSize;
}

// The first choices, which are nearly all that are needed.
constexpr size_t kTabledAttempts = 8;
constexpr auto kDonors = [] {
  std::array<std::array<uint8_t, kTabledAttempts>, kSignatureSize> donors{};
  for (size_t bin = 0; bin < kSignatureSize; ++bin) {
    for (size_t attempt = 0; attempt < kTabledAttempts; ++attempt) {
      donors[bin][attempt] = static_cast<uint8_t>(DonorBin(bin, attempt));
    }
  }
  return donors;
}();

SignatureMatch MatchScalar(const Signature& a, const Signature& b) {
  SignatureMatch match{};
  for (size_t i = 0; i < kSignatureSize; ++i) {
    match[i / 64] |= uint64_t{a[i] == b[i]} << (i % 64);
  }
  return match;
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] SignatureMatch MatchAvx2(const Signature& a,
                                                 const Signature& b) {
  constexpr size_t kLanes = 8;
  SignatureMatch match{};
  for (size_t i = 0; i < kSignatureSize; i += kLanes) {
    const __m256i equal = _mm256_cmpeq_epi32(
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(&a[i])),
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(&b[i])));
    const auto bits =
        static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(equal)));
    match[i / 64] |= uint64_t{bits} << (i % 64);
  }
  return match;
}

[[gnu::target("avx512f")]] SignatureMatch MatchAvx512(const Signature& a,
                                                      const Signature& b) {
  constexpr size_t kLanes = 16;
  SignatureMatch match{};
  for (size_t i = 0; i < kSignatureSize; i += kLanes) {
    const __mmask16 bits = _mm512_cmpeq_epi32_mask(_mm512_loadu_si512(&a[i]),
                                                   _mm512_loadu_si512(&b[i]));
    match[i / 64] |= uint64_t{bits} << (i % 64);
  }
  return match;
}

#endif

// Fills the empty bins, those whose bit is set, from full ones.
void Densify(const SignatureMatch& empty, Signature& signature) {
  const auto is_empty = [&](size_t bin) {
    return (empty[bin / 64] >> (bin % 64) & 1) != 0;
  };
  for (size_t word = 0; word < empty.size(); ++word) {
    for (uint64_t rest = empty[word]; rest != 0; rest &= rest - 1) {
      const size_t bin =
          word * 64 + static_cast<size_t>(std::countr_zero(rest));
      size_t donor = bin;
      for (size_t attempt = 0; is_empty(donor); ++attempt) {
        donor = attempt < kTabledAttempts ? kDonors[bin][attempt]
                                          : DonorBin(bin, attempt);
      }
      signature[bin] = signature[donor];
    }
  }
}

constexpr Signature kAllEmpty = [] {
  Signature signature{};
  signature.fill(kEmptyBin);
  return signature;
}();

}  // namespace

Signature ComputeSignature(std::span<const uint64_t> shingles,
                           SimdLevel level) {
  if (shingles.empty()) return {};
  Signature signature = kAllEmpty;
  for (const uint64_t shingle : shingles) {
    const size_t bin = (shingle >> 25) % kSignatureSize;
    const auto value = static_cast<uint32_t>(shingle >> 32);
    signature[bin] = std::min(signature[bin], value);
  }
  const SignatureMatch empty = MatchSignatures(signature, kAllEmpty, level);
  if (std::ranges::count(empty, ~uint64_t{0}) == std::ssize(empty)) {
    signature.fill(kEmptyBin - 1);
  } else {
    Densify(empty, signature);
  }
  return signature;
}

SignatureMatch MatchSignatures(const Signature& a, const Signature& b,
                               SimdLevel level) {
#if defined(__x86_64__)
  if (level == SimdLevel::kAvx512) return MatchAvx512(a, b);
  if (level == SimdLevel::kAvx2) return MatchAvx2(a, b);
#endif
  static_cast<void>(level);
  return MatchScalar(a, b);
}

double EstimateJaccard(const SignatureMatch& match) {
  int equal = 0;
  for (const uint64_t bits : match) equal += std::popcount(bits);
  return static_cast<double>(equal) / static_cast<double>(kSignatureSize);
}

}  // namespace storyfold
