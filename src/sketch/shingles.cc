// The hash of a shingle is a polynomial in the hashes of its words, then
// mixed: (w1 B^4 + w2 B^3 + ... + w5), so order counts and each word costs one
// multiplication. The words' own hashes are 64 bits and well mixed; two
// different shingles of a million articles (5e8 of them) share a hash with a
// probability of about one in a hundred in all.
//
// Tested by: tests/sketch/shingles_test.cc

#include "sketch/shingles.h"

#include <algorithm>

#include "base/hash.h"

namespace storyfold {
namespace {

constexpr uint64_t kBase = 0x9E3779B97F4A7C15u;

uint64_t HashRun(std::span<const uint64_t> words) {
  uint64_t sum = 0;
  for (const uint64_t word : words) sum = sum * kBase + word;
  return Mix(sum);
}

}  // namespace

void AppendShingles(std::span<const uint64_t> words, size_t shingle_tokens,
                    std::vector<uint64_t>& shingles) {
  if (words.empty()) return;
  if (words.size() < shingle_tokens) {
    shingles.push_back(HashRun(words));
    return;
  }
  shingles.reserve(shingles.size() + words.size() - shingle_tokens + 1);
  for (size_t i = 0; i + shingle_tokens <= words.size(); ++i) {
    shingles.push_back(HashRun(words.subspan(i, shingle_tokens)));
  }
}

std::vector<uint64_t> ShingleSet(std::span<const uint64_t> words,
                                 size_t shingle_tokens) {
  std::vector<uint64_t> set;
  AppendShingles(words, shingle_tokens, set);
  std::ranges::sort(set);
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

size_t IntersectionSize(std::span<const uint64_t> a,
                        std::span<const uint64_t> b) {
  size_t shared = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const uint64_t x = a[i];
    const uint64_t y = b[j];
    shared += x == y;
    i += x <= y;
    j += y <= x;
  }
  return shared;
}

}  // namespace storyfold
