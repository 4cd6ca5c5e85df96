#include "duplicates/spread.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sketch/shingle_table.h"
#include "sketch/shingles.h"

namespace storyfold {
namespace {

constexpr size_t kLeastWords = 12;
constexpr size_t kStretchWords = 25;
constexpr size_t kLeastStretches = 4;
constexpr size_t kMostStretches = 12;
constexpr size_t kSpreadShingleTokens = 3;
constexpr ptrdiff_t kLeastShared = 2;
constexpr ptrdiff_t kLeastShareOf = 12;  // one in so many

// Returns where stretch `s` begins.
ptrdiff_t Cut(const std::vector<char>& is_shared, size_t s, size_t stretches) {
  return static_cast<ptrdiff_t>(s * is_shared.size() / stretches);
}

// Returns for each 3-gram of `words` whether `other` has it.
std::vector<char> SharedShingles(std::span<const uint64_t> words,
                                 std::span<const uint64_t> other) {
  std::vector<uint64_t> buffer;
  ShingleTable table;
  table.Assign(ShingleDeduper().KeepFirst(
      HashShingles(other, kSpreadShingleTokens, buffer)));
  const auto shingles = HashShingles(words, kSpreadShingleTokens, buffer);
  std::vector<char> shared(shingles.size());
  for (size_t i = 0; i < shingles.size(); ++i) {
    shared[i] = table.Contains(shingles[i]);
  }
  return shared;
}

double Share(const std::vector<char>& is_shared) {
  return static_cast<double>(std::ranges::count(is_shared, 1)) /
         static_cast<double>(std::max<size_t>(1, is_shared.size()));
}

double Spread(const std::vector<char>& is_shared, size_t num_words) {
  const size_t stretches =
      std::clamp(num_words / kStretchWords, kLeastStretches, kMostStretches);
  size_t with_traces = 0;
  for (size_t s = 0; s < stretches; ++s) {
    const auto begin = is_shared.begin() + Cut(is_shared, s, stretches);
    const auto end = is_shared.begin() + Cut(is_shared, s + 1, stretches);
    const auto shared = std::count(begin, end, 1);
    with_traces +=
        shared >= kLeastShared && shared * kLeastShareOf >= end - begin;
  }
  return static_cast<double>(with_traces) / static_cast<double>(stretches);
}

double MeanRun(const std::vector<char>& is_shared) {
  size_t shared = 0;
  size_t sum_of_runs = 0;
  for (size_t begin = 0; begin < is_shared.size();) {
    size_t end = begin;
    while (end < is_shared.size() && is_shared[end]) ++end;
    shared += end - begin;
    sum_of_runs += (end - begin) * (end - begin);
    begin = end + 1;
  }
  if (shared == 0) return 0;
  return static_cast<double>(sum_of_runs) / static_cast<double>(shared);
}

}  // namespace

SharedPlaces FindSharedPlaces(std::span<const uint64_t> words_a,
                              std::span<const uint64_t> words_b) {
  if (words_a.size() > words_b.size()) std::swap(words_a, words_b);
  const std::vector<char> is_shared = SharedShingles(words_a, words_b);
  if (words_a.size() < kLeastWords) return {Share(is_shared), 0, 0};
  return {Share(is_shared), Spread(is_shared, words_a.size()),
          MeanRun(is_shared)};
}

}  // namespace storyfold
