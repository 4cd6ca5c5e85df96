// The hash of a shingle is a polynomial in the hashes of its words, then
// mixed: (w1 B^4 + w2 B^3 + ... + w5), so order counts and every shingle can be
// computed by itself, several at a time. The words' own hashes are 64 bits and
// well mixed; two different shingles of a million articles (5e8 of them) share
// a hash with a probability of about one in a hundred in all.
//
// Tested by: tests/sketch/shingles_test.cc (every level against the plain one)

#include "sketch/shingles.h"

#include <algorithm>

namespace storyfold {
namespace {

constexpr uint64_t kBase = 0x9E3779B97F4A7C15u;
constexpr uint64_t kMixer = 0xD6E8FEB86659FD93u;

// The high half of the result depends on all bits of the sum; the last step
// brings it to the low half.
[[gnu::always_inline]] inline uint64_t MixSum(uint64_t sum) {
  sum ^= sum >> 32;
  sum *= kMixer;
  return sum ^ (sum >> 32);
}

// out[i] = hash of words[i .. i + tokens). Where `tokens` is a constant the
// compiler vectorises it, once for each level below.
[[gnu::always_inline]] inline void HashRunsBody(const uint64_t* words,
                                                size_t tokens, size_t size,
                                                uint64_t* out) {
  for (size_t i = 0; i < size; ++i) {
    uint64_t sum = 0;
    uint64_t power = 1;
    for (size_t t = tokens; t-- > 0;) {
      sum += words[i + t] * power;
      power *= kBase;
    }
    out[i] = MixSum(sum);
  }
}

[[gnu::always_inline]] inline void HashUsualRuns(const uint64_t* words,
                                                 size_t tokens, size_t size,
                                                 uint64_t* out) {
  if (tokens == kShingleTokens) {
    HashRunsBody(words, kShingleTokens, size, out);
  } else if (tokens == kContainmentShingleTokens) {
    HashRunsBody(words, kContainmentShingleTokens, size, out);
  } else {
    HashRunsBody(words, tokens, size, out);
  }
}

void HashRunsScalar(const uint64_t* words, size_t tokens, size_t size,
                    uint64_t* out) {
  HashUsualRuns(words, tokens, size, out);
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] void HashRunsAvx2(const uint64_t* words, size_t tokens,
                                          size_t size, uint64_t* out) {
  HashUsualRuns(words, tokens, size, out);
}

[[gnu::target("avx512f,avx512dq,avx512vl")]] void HashRunsAvx512(
    const uint64_t* words, size_t tokens, size_t size, uint64_t* out) {
  HashUsualRuns(words, tokens, size, out);
}

#endif

using HashRuns = void (*)(const uint64_t* words, size_t tokens, size_t size,
                          uint64_t* out);

HashRuns PickHashRuns(SimdLevel level) {
#if defined(__x86_64__)
  if (level == SimdLevel::kAvx512) return HashRunsAvx512;
  if (level == SimdLevel::kAvx2) return HashRunsAvx2;
#endif
  static_cast<void>(level);
  return HashRunsScalar;
}

}  // namespace

std::span<uint64_t> HashShingles(std::span<const uint64_t> words,
                                 size_t shingle_tokens,
                                 std::vector<uint64_t>& buffer,
                                 SimdLevel level) {
  if (words.empty()) return {};
  const size_t tokens = std::min(shingle_tokens, words.size());
  const size_t size = words.size() - tokens + 1;
  if (buffer.size() < size) buffer.resize(size);
  PickHashRuns(level)(words.data(), tokens, size, buffer.data());
  return {buffer.data(), size};
}

std::vector<uint64_t> ShingleSet(std::span<const uint64_t> words,
                                 size_t shingle_tokens) {
  std::vector<uint64_t> set;
  HashShingles(words, shingle_tokens, set);
  std::ranges::sort(set);
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

size_t IntersectionSize(std::span<const uint32_t> a,
                        std::span<const uint32_t> b) {
  size_t shared = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const uint32_t x = a[i];
    const uint32_t y = b[j];
    shared += x == y;
    i += x <= y;
    j += y <= x;
  }
  return shared;
}

}  // namespace storyfold
