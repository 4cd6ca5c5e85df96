// The first look at the bytes: lower case and six classes, 64 bytes a step.
// The classes are kept as bit masks because the tokeniser then finds the ends
// of words with bit operations instead of a branch a byte.
//
// Tested by: tests/text/classify_test.cc (every level against the plain one).

#include "text/classify.h"

#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace storyfold {
namespace {

constexpr size_t kBlock = 64;

// Bytes are fetched so far ahead, behind the end of the text, too: the next one
// often stands there, and the CPU does not see it coming.
constexpr size_t kFetchedAhead = 4096;

inline void FetchAhead(const char* in) {
  const auto address = reinterpret_cast<uintptr_t>(in) + kFetchedAhead;
  __builtin_prefetch(reinterpret_cast<const void*>(address));
}

// Classifies whole blocks: 64 bytes at `in` after the other, in lower case to
// `lower`, their classes to `out`. The functions for one block read 64 bytes
// and return their classes.
using ClassifyBlocks = void (*)(const char* in, size_t num_blocks, char* lower,
                                ByteClasses* out);

// Eight bytes at a time in a 64-bit word, for CPUs without a kernel of their
// own (Warren, "Hacker's Delight", ch. 6). A mask has the high
// bit of each byte of which something is true.
constexpr uint64_t kOnes = 0x0101010101010101u;
constexpr uint64_t kHighBits = 0x80 * kOnes;

// Returns a mask of the bytes b with first <= b <= last.
// REQUIRES: all bytes of `x` < 0x80
constexpr uint64_t InRange64(uint64_t x, uint64_t first, uint64_t last) {
  const uint64_t at_least_first = x + (0x80 - first) * kOnes;
  const uint64_t above_last = x + (0x7F - last) * kOnes;
  return at_least_first & ~above_last & kHighBits;
}

// Returns a mask with a bit a byte in place of a byte.
constexpr uint64_t MoveMask64(uint64_t mask) {
  return ((mask >> 7) * 0x0102040810204080u) >> 56;
}

inline ByteClasses ClassifyBlockScalar(const char* in, char* lower) {
  static_assert(std::endian::native == std::endian::little);
  ByteClasses classes;
  for (size_t i = 0; i < kBlock; i += sizeof(uint64_t)) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, in + i, sizeof(bytes));
    const uint64_t high = bytes & kHighBits;
    const uint64_t ascii = bytes & ~kHighBits;
    const uint64_t upper = InRange64(ascii, 'A', 'Z') & ~high;
    const uint64_t to_lower = upper >> 2;  // 0x80 to 'a' - 'A'
    const uint64_t letter = InRange64(ascii | to_lower, 'a', 'z');
    const uint64_t digit = InRange64(ascii, '0', '9') & ~high;
    const uint64_t newline = InRange64(ascii, '\n', '\n') & ~high;
    const uint64_t quote = InRange64(ascii, '"', '"') & ~high;
    const uint64_t folded = bytes | to_lower;
    std::memcpy(lower + i, &folded, sizeof(folded));
    classes.word |= MoveMask64(letter | digit | high) << i;
    classes.digit |= MoveMask64(digit) << i;
    classes.upper |= MoveMask64(upper) << i;
    classes.non_ascii |= MoveMask64(high) << i;
    classes.newline |= MoveMask64(newline) << i;
    classes.quote |= MoveMask64(quote) << i;
  }
  return classes;
}

#if defined(__x86_64__)

// Returns a mask of the bytes b with first <= b <= last.
[[gnu::target("avx2")]] inline __m256i InRange(__m256i x, char first,
                                               char last) {
  const __m256i offset = _mm256_sub_epi8(x, _mm256_set1_epi8(first));
  return _mm256_cmpeq_epi8(
      _mm256_min_epu8(offset,
                      _mm256_set1_epi8(static_cast<char>(last - first))),
      offset);
}

[[gnu::target("avx2")]] inline uint64_t MoveMask(__m256i x) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(x));
}

[[gnu::target("avx2")]] inline ByteClasses ClassifyBlockAvx2(const char* in,
                                                             char* lower) {
  ByteClasses classes;
  for (int half = 0; half < 2; ++half) {
    const int shift = 32 * half;
    const __m256i x =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + shift));
    const __m256i upper = InRange(x, 'A', 'Z');
    const __m256i folded =
        _mm256_or_si256(x, _mm256_and_si256(upper, _mm256_set1_epi8(0x20)));
    const __m256i digit = InRange(x, '0', '9');
    const __m256i letter = InRange(folded, 'a', 'z');
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(lower + shift), folded);
    const uint64_t high = MoveMask(x);
    classes.word |= (MoveMask(_mm256_or_si256(letter, digit)) | high) << shift;
    classes.digit |= MoveMask(digit) << shift;
    classes.upper |= MoveMask(upper) << shift;
    classes.non_ascii |= high << shift;
    classes.newline |= MoveMask(_mm256_cmpeq_epi8(x, _mm256_set1_epi8('\n')))
                       << shift;
    classes.quote |= MoveMask(_mm256_cmpeq_epi8(x, _mm256_set1_epi8('"')))
                     << shift;
  }
  return classes;
}

[[gnu::target("avx512f,avx512bw,avx512vl")]] inline uint64_t InRange512(
    __m512i x, char first, char last) {
  return _mm512_cmple_epu8_mask(
      _mm512_sub_epi8(x, _mm512_set1_epi8(first)),
      _mm512_set1_epi8(static_cast<char>(last - first)));
}

[[gnu::target("avx512f,avx512bw,avx512vl")]] inline ByteClasses
ClassifyBlockAvx512(const char* in, char* lower) {
  const __m512i x = _mm512_loadu_si512(in);
  ByteClasses classes;
  classes.upper = InRange512(x, 'A', 'Z');
  const __m512i folded =
      _mm512_mask_add_epi8(x, classes.upper, x, _mm512_set1_epi8(0x20));
  _mm512_storeu_si512(lower, folded);
  classes.digit = InRange512(x, '0', '9');
  classes.non_ascii = _mm512_movepi8_mask(x);
  classes.word =
      InRange512(folded, 'a', 'z') | classes.digit | classes.non_ascii;
  classes.newline = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\n'));
  classes.quote = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('"'));
  return classes;
}

[[gnu::target("avx2")]] void ClassifyBlocksAvx2(const char* in,
                                                size_t num_blocks, char* lower,
                                                ByteClasses* out) {
  for (size_t b = 0; b < num_blocks; ++b) {
    FetchAhead(in + b * kBlock);
    out[b] = ClassifyBlockAvx2(in + b * kBlock, lower + b * kBlock);
  }
}

[[gnu::target("avx512f,avx512bw,avx512vl")]] void ClassifyBlocksAvx512(
    const char* in, size_t num_blocks, char* lower, ByteClasses* out) {
  for (size_t b = 0; b < num_blocks; ++b) {
    FetchAhead(in + b * kBlock);
    out[b] = ClassifyBlockAvx512(in + b * kBlock, lower + b * kBlock);
  }
}

#endif

void ClassifyBlocksScalar(const char* in, size_t num_blocks, char* lower,
                          ByteClasses* out) {
  for (size_t b = 0; b < num_blocks; ++b) {
    FetchAhead(in + b * kBlock);
    out[b] = ClassifyBlockScalar(in + b * kBlock, lower + b * kBlock);
  }
}

ClassifyBlocks PickClassifyBlocks(SimdLevel level) {
#if defined(__x86_64__)
  if (level == SimdLevel::kAvx512) return ClassifyBlocksAvx512;
  if (level == SimdLevel::kAvx2) return ClassifyBlocksAvx2;
#endif
  static_cast<void>(level);
  return ClassifyBlocksScalar;
}

}  // namespace

void ClassifyBytes(std::string_view text, SimdLevel level,
                   ClassifiedText& out) {
  const ClassifyBlocks classify = PickClassifyBlocks(level);
  const size_t num_blocks = (text.size() + kBlock - 1) / kBlock;
  out.blocks.resize(num_blocks);
  out.lower.resize((num_blocks + 1) * kBlock);
  const size_t whole = text.size() / kBlock;
  classify(text.data(), whole, out.lower.data(), out.blocks.data());
  if (whole < num_blocks) {
    char tail[kBlock] = {};
    std::memcpy(tail, text.data() + whole * kBlock,
                text.size() - whole * kBlock);
    classify(tail, 1, out.lower.data() + whole * kBlock, &out.blocks[whole]);
  }
  std::memset(out.lower.data() + num_blocks * kBlock, 0, kBlock);
}

}  // namespace storyfold
