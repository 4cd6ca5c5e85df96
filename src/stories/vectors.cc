#include "stories/vectors.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/threads.h"
#include "stories/text_length.h"

namespace storyfold {
namespace {

constexpr size_t kMaxTerms = 120;
constexpr size_t kMaxVirtualArticles = 3000;

using TermNumbers = absl::flat_hash_map<uint64_t, uint32_t>;

TermNumbers NumberTerms(std::span<const TermCount> vocabulary) {
  TermNumbers numbers;
  numbers.reserve(vocabulary.size());
  for (uint32_t i = 0; i < vocabulary.size(); ++i) {
    numbers.emplace(vocabulary[i].term, i);
  }
  return numbers;
}

// Returns the median; of an even number the mean of the middle two. REQUIRES:
// values is not empty
double Median(std::vector<double> values) {
  const auto middle =
      values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

std::vector<VectorEntry> VectorOf(const TermBag& bag,
                                  const TermNumbers& numbers,
                                  std::span<const float> idf) {
  std::vector<VectorEntry> entries;
  for (const WeightedTerm& t : bag.terms) {
    const uint32_t number = numbers.find(t.term)->second;
    const double w = t.weight;
    const double tf = w > 1 ? 1 + std::log(w) : w;
    entries.push_back({number, static_cast<float>(tf * double{idf[number]})});
  }
  if (entries.size() > kMaxTerms) {
    std::ranges::nth_element(entries, entries.begin() + kMaxTerms,
                             [](const VectorEntry& a, const VectorEntry& b) {
                               return a.value != b.value ? a.value > b.value
                                                         : a.term < b.term;
                             });
    entries.resize(kMaxTerms);
    std::ranges::sort(entries, {}, &VectorEntry::term);
  }
  double squares = 0;
  for (const VectorEntry& e : entries) squares += double{e.value} * e.value;
  const double length = std::sqrt(squares);
  if (length == 0) return {};  // no word but such as all articles use
  for (VectorEntry& e : entries) {
    e.value = static_cast<float>(e.value / length);
  }
  return entries;
}

}  // namespace

double InverseDocumentFrequency(const TermCount& term, size_t num_articles,
                                const VirtualArticles& more) {
  const double share = more.background == 0 ? 0 : more.words->Share(term.term);
  const double all = more.number + static_cast<double>(num_articles) + 1;
  const double with_it =
      more.number * more.background * share + term.articles + 1;
  return std::log(all / with_it);
}

VirtualArticles VirtualArticlesFor(std::span<const TermBag> bags,
                                   const WordTable& words) {
  if (bags.empty()) return {};
  std::vector<double> lengths;
  for (const TermBag& bag : bags) lengths.push_back(bag.num_tokens);
  const auto number =
      static_cast<double>(std::min(bags.size(), kMaxVirtualArticles));
  return {number, 1 - FullTextRamp(Median(std::move(lengths))), &words};
}

TermVectors ComputeVectors(std::vector<TermBag> bags,
                           const VirtualArticles& more) {
  TermVectors vectors;
  vectors.vocabulary = CountTerms(bags);
  vectors.idf.resize(vectors.vocabulary.size());
  ParallelFor(vectors.idf.size(), [&](size_t t) {
    vectors.idf[t] = static_cast<float>(
        InverseDocumentFrequency(vectors.vocabulary[t], bags.size(), more));
  });
  const TermNumbers numbers = NumberTerms(vectors.vocabulary);
  std::vector<std::vector<VectorEntry>> rows(bags.size());
  ParallelFor(bags.size(), [&](size_t i) {
    rows[i] = VectorOf(bags[i], numbers, vectors.idf);
    bags[i] = {};
  });
  vectors.rows = ToCsr(rows);
  return vectors;
}

std::vector<TermSum> SumByTerm(std::vector<VectorEntry> entries) {
  // Stable, so that values are always added in the same order.
  std::ranges::stable_sort(entries, {}, &VectorEntry::term);
  std::vector<TermSum> sums;
  for (const VectorEntry& e : entries) {
    if (sums.empty() || sums.back().term != e.term) sums.push_back({e.term});
    ++sums.back().rows;
    sums.back().sum += double{e.value};
  }
  return sums;
}

double Cosine(std::span<const VectorEntry> a, std::span<const VectorEntry> b) {
  double sum = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].term == b[j].term) {
      sum += double{a[i].value} * b[j].value;
      ++i;
      ++j;
    } else if (a[i].term < b[j].term) {
      ++i;
    } else {
      ++j;
    }
  }
  return sum;
}

}  // namespace storyfold
