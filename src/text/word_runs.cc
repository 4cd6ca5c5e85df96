// A run begins where a bit of the word mask is set and the one before is not,
// and ends where it is the other way around:
//
//   text    The vote, 52 to 48
//   word    1110111100110110110
//   begins  1000100000100100100
//   ends    00010000100010010001   (one past)
//
// The positions of the set bits of a mask are written without a branch a bit:
// how many there are differs from block to block and would be mispredicted. On
// most CPUs eight are written at a time, those too many written over by the
// next block; AVX-512 with VBMI2 writes sixteen with one compress instruction.
// (The first is how simdjson flattens its masks: Langdale & Lemire 2019.)
//
// Tested by: tests/text/word_runs_test.cc (every level against the plain one).

#include "text/word_runs.h"

#include <array>
#include <bit>
#include <numeric>
#include <span>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace storyfold {
namespace {

// A block of 64 bytes has at most 32 runs. As many places more are there to be
// written over.
constexpr size_t kMostInBlock = 32;

// Where the next begin and the next end are to be written.
struct Cursor {
  uint32_t* begins;
  uint32_t* ends;
};

// Writes the begins and ends of all blocks with `write`, which writes the set
// bits of one mask.
template <typename Write>
[[gnu::always_inline]] inline Cursor WriteRuns(
    std::span<const ByteClasses> blocks, Cursor cursor, const Write& write) {
  uint64_t carry = 0;  // the last byte before the block is in a word
  for (size_t b = 0; b < blocks.size(); ++b) {
    const uint64_t word = blocks[b].word;
    const uint64_t after_word = word << 1 | carry;
    const auto base = static_cast<uint32_t>(b * 64);
    cursor.begins = write(word & ~after_word, base, cursor.begins);
    cursor.ends = write(~word & after_word, base, cursor.ends);
    carry = word >> 63;
  }
  return cursor;
}

struct WriteBits {
  [[gnu::always_inline]] uint32_t* operator()(uint64_t bits, uint32_t base,
                                              uint32_t* out) const {
    constexpr int kStep = 8;
    const int count = std::popcount(bits);
    for (int written = 0; written < count; written += kStep) {
      for (int i = 0; i < kStep; ++i) {
        out[written + i] = base + static_cast<uint32_t>(std::countr_zero(bits));
        bits &= bits - 1;
      }
    }
    return out + count;
  }
};

Cursor WriteRunsScalar(std::span<const ByteClasses> blocks, Cursor cursor) {
  return WriteRuns(blocks, cursor, WriteBits());
}

#if defined(__x86_64__)

[[gnu::target("avx2,bmi,popcnt")]] Cursor WriteRunsAvx2(
    std::span<const ByteClasses> blocks, Cursor cursor) {
  return WriteRuns(blocks, cursor, WriteBits());
}

// 0, 1, 2, ... 63
alignas(64) constexpr std::array<uint8_t, 64> kPositions = [] {
  std::array<uint8_t, 64> positions{};
  std::iota(positions.begin(), positions.end(), uint8_t{0});
  return positions;
}();

// Adds `base` to sixteen bytes and writes them. The masked forms of the
// intrinsics, with all lanes on, because g++ 12 warns of the others.
[[gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")]] inline void
WriteSixteen(__m128i positions, uint32_t base, uint32_t* out) {
  _mm512_storeu_si512(
      out, _mm512_add_epi32(_mm512_set1_epi32(static_cast<int>(base)),
                            _mm512_maskz_cvtepu8_epi32(0xFFFF, positions)));
}

struct CompressBits {
  [[gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")]] uint32_t*
  operator()(uint64_t bits, uint32_t base, uint32_t* out) const {
    const __m512i set =
        _mm512_maskz_compress_epi8(bits, _mm512_load_si512(kPositions.data()));
    const int count = std::popcount(bits);
    WriteSixteen(_mm512_maskz_extracti32x4_epi32(0xF, set, 0), base, out);
    if (count > 16) {
      WriteSixteen(_mm512_maskz_extracti32x4_epi32(0xF, set, 1), base,
                   out + 16);
    }
    return out + count;
  }
};

[[gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")]] Cursor
WriteRunsAvx512(std::span<const ByteClasses> blocks, Cursor cursor) {
  return WriteRuns(blocks, cursor, CompressBits());
}

#endif

Cursor WriteRunsAt(SimdLevel level, std::span<const ByteClasses> blocks,
                   Cursor cursor) {
#if defined(__x86_64__)
  if (level == SimdLevel::kAvx512) return WriteRunsAvx512(blocks, cursor);
  if (level == SimdLevel::kAvx2) return WriteRunsAvx2(blocks, cursor);
#endif
  static_cast<void>(level);
  return WriteRunsScalar(blocks, cursor);
}

}  // namespace

void FindWordRuns(const ClassifiedText& text, SimdLevel level, WordRuns& out) {
  const size_t most = (text.blocks.size() + 1) * kMostInBlock;
  if (out.begins.size() < most) {
    out.begins.resize(most);
    out.ends.resize(most);
  }
  Cursor cursor =
      WriteRunsAt(level, text.blocks, {out.begins.data(), out.ends.data()});
  out.size = static_cast<size_t>(cursor.begins - out.begins.data());
  // The last run may reach the last byte of the last block.
  if (cursor.ends - out.ends.data() < cursor.begins - out.begins.data()) {
    *cursor.ends = static_cast<uint32_t>(text.blocks.size() * 64);
  }
}

}  // namespace storyfold
