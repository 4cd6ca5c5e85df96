#include "duplicates/spread.h"

#include <algorithm>
#include <vector>

#include "sketch/shingles.h"

namespace storyfold {
namespace {

constexpr size_t kLeastWords = 12;
constexpr size_t kStretchWords = 25;
constexpr size_t kLeastStretches = 4;
constexpr size_t kMostStretches = 12;
constexpr size_t kSpreadShingleTokens = 3;
constexpr size_t kLeastShared = 2;
constexpr size_t kLeastShareOf = 12;  // one in so many

}  // namespace

double SharedSpread(std::span<const uint64_t> words_a,
                    std::span<const uint64_t> words_b) {
  if (words_a.size() > words_b.size()) std::swap(words_a, words_b);
  if (words_a.size() < kLeastWords) return 0;
  const std::vector<uint64_t> other = ShingleSet(words_b, kSpreadShingleTokens);
  std::vector<uint64_t> buffer;
  const auto shingles = HashShingles(words_a, kSpreadShingleTokens, buffer);

  const size_t stretches = std::clamp(words_a.size() / kStretchWords,
                                      kLeastStretches, kMostStretches);
  size_t with_traces = 0;
  for (size_t s = 0; s < stretches; ++s) {
    const size_t begin = s * shingles.size() / stretches;
    const size_t end = (s + 1) * shingles.size() / stretches;
    size_t shared = 0;
    for (size_t i = begin; i < end; ++i) {
      shared += std::ranges::binary_search(other, shingles[i]);
    }
    with_traces +=
        shared >= kLeastShared && shared * kLeastShareOf >= end - begin;
  }
  return static_cast<double>(with_traces) / static_cast<double>(stretches);
}

}  // namespace storyfold
