// HashPaddedWord for eight words at a time. The 16 bytes of each are loaded,
// the words' first and second halves are brought together, and the 128-bit
// products are put together from four products of 32 bits each. Gathers would
// be shorter to write, but are many times slower on CPUs with a mitigation for
// them.
//
// Tested by: tests/text/word_hasher_test.cc (every level against the plain one)

#include "text/hash_runs.h"

#include <cstddef>

#include "text/word_hash.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace storyfold {
namespace {

void HashRange(const char* lower, const WordRuns& runs, size_t begin,
               size_t end, uint64_t* out) {
  for (size_t i = begin; i < end; ++i) {
    out[i] =
        HashPaddedWord(lower + runs.begins[i], runs.ends[i] - runs.begins[i]);
  }
}

#if defined(__x86_64__)

constexpr size_t kLanes = 8;

[[gnu::target("avx512f,avx512bw,avx512dq,avx512vl")]] inline __m128i Load16(
    const char* bytes) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}

// Returns 16 bytes from each of begins[0], [2], [4] and [6].
[[gnu::target("avx512f,avx512bw,avx512dq,avx512vl")]] inline __m512i LoadFour(
    const char* lower, const uint32_t* begins) {
  __m512i four = _mm512_zextsi128_si512(Load16(lower + begins[0]));
  four = _mm512_maskz_inserti32x4(0xFFFF, four, Load16(lower + begins[2]), 1);
  four = _mm512_maskz_inserti32x4(0xFFFF, four, Load16(lower + begins[4]), 2);
  return _mm512_maskz_inserti32x4(0xFFFF, four, Load16(lower + begins[6]), 3);
}

// Returns the two halves of the 128-bit products, one folded onto the other.
[[gnu::target("avx512f,avx512bw,avx512dq,avx512vl")]] inline __m512i
MultiplyFold512(__m512i a, __m512i b) {
  const __m512i low_half = _mm512_set1_epi64(0xFFFFFFFF);
  const __m512i a_high = _mm512_maskz_srli_epi64(0xFF, a, 32);
  const __m512i b_high = _mm512_maskz_srli_epi64(0xFF, b, 32);
  const __m512i low = _mm512_maskz_mul_epu32(0xFF, a, b);
  const __m512i cross = _mm512_maskz_mul_epu32(0xFF, a, b_high);
  const __m512i cross2 = _mm512_maskz_mul_epu32(0xFF, a_high, b);
  const __m512i high = _mm512_maskz_mul_epu32(0xFF, a_high, b_high);
  const __m512i middle =
      _mm512_add_epi64(_mm512_maskz_srli_epi64(0xFF, low, 32),
                       _mm512_add_epi64(_mm512_and_si512(cross, low_half),
                                        _mm512_and_si512(cross2, low_half)));
  const __m512i upper = _mm512_add_epi64(
      _mm512_add_epi64(high, _mm512_maskz_srli_epi64(0xFF, middle, 32)),
      _mm512_add_epi64(_mm512_maskz_srli_epi64(0xFF, cross, 32),
                       _mm512_maskz_srli_epi64(0xFF, cross2, 32)));
  const __m512i lower =
      _mm512_or_si512(_mm512_and_si512(low, low_half),
                      _mm512_maskz_slli_epi64(0xFF, middle, 32));
  return _mm512_xor_si512(upper, lower);
}

// Returns the hashes of eight words of at most kShortWord bytes.
[[gnu::target("avx512f,avx512bw,avx512dq,avx512vl")]] inline __m512i HashEight(
    const char* lower, const uint32_t* begins, __m256i lengths) {
  const __m512i even = LoadFour(lower, begins);
  const __m512i odd = LoadFour(lower, begins + 1);
  const __m512i first = _mm512_maskz_unpacklo_epi64(0xFF, even, odd);
  const __m512i second = _mm512_maskz_unpackhi_epi64(0xFF, even, odd);
  const __m512i length = _mm512_maskz_cvtepu32_epi64(0xFF, lengths);
  const __m512i bits = _mm512_maskz_slli_epi64(0xFF, length, 3);
  const __m512i word = _mm512_set1_epi64(64);
  const __m512i none = _mm512_setzero_si512();
  const __m512i ones = _mm512_set1_epi64(-1);
  // Shifts by 64 and more give 0.
  const __m512i beyond_first = _mm512_maskz_sllv_epi64(0xFF, ones, bits);
  const __m512i beyond_second = _mm512_maskz_sllv_epi64(
      0xFF, ones,
      _mm512_maskz_max_epi64(0xFF, _mm512_sub_epi64(bits, word), none));
  const __m512i a =
      _mm512_xor_si512(_mm512_maskz_andnot_epi64(0xFF, beyond_first, first),
                       _mm512_set1_epi64(static_cast<int64_t>(kWordSeedA)));
  const __m512i b = _mm512_xor_si512(
      _mm512_xor_si512(_mm512_maskz_andnot_epi64(0xFF, beyond_second, second),
                       _mm512_set1_epi64(static_cast<int64_t>(kWordSeedB))),
      _mm512_maskz_slli_epi64(0xFF, length, 56));
  return MultiplyFold512(a, b);
}

[[gnu::target("avx512f,avx512bw,avx512dq,avx512vl")]] void HashWordRunsAvx512(
    const char* lower, const WordRuns& runs, uint64_t* out) {
  size_t i = 0;
  for (; i + kLanes <= runs.size; i += kLanes) {
    const uint32_t* begins = runs.begins.data() + i;
    const __m256i lengths = _mm256_sub_epi32(
        _mm256_loadu_si256(
            reinterpret_cast<const __m256i*>(runs.ends.data() + i)),
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(begins)));
    if (_mm256_cmpgt_epu32_mask(lengths, _mm256_set1_epi32(kShortWord)) != 0) {
      HashRange(lower, runs, i, i + kLanes, out);
    } else {
      _mm512_storeu_si512(out + i, HashEight(lower, begins, lengths));
    }
  }
  HashRange(lower, runs, i, runs.size, out);
}

#endif

}  // namespace

void HashWordRuns(const char* lower, const WordRuns& runs, SimdLevel level,
                  uint64_t* out) {
#if defined(__x86_64__)
  if (level == SimdLevel::kAvx512) return HashWordRunsAvx512(lower, runs, out);
#endif
  static_cast<void>(level);
  HashRange(lower, runs, 0, runs.size, out);
}

}  // namespace storyfold
