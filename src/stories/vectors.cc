#include "stories/vectors.h"

#include <algorithm>
#include <cmath>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr size_t kMaxTerms = 150;
constexpr size_t kMaxVirtualArticles = 3000;

struct Vocabulary {
  std::vector<uint64_t> terms;  // ascending
  std::vector<double> idf;

  uint32_t Number(uint64_t term) const {
    return static_cast<uint32_t>(std::ranges::lower_bound(terms, term) -
                                 terms.begin());
  }
};

std::vector<uint64_t> SortedOccurrences(std::span<const TermBag> bags) {
  std::vector<size_t> offsets(bags.size() + 1, 0);
  for (size_t i = 0; i < bags.size(); ++i) {
    offsets[i + 1] = offsets[i] + bags[i].terms.size();
  }
  std::vector<uint64_t> all(offsets.back());
  ParallelFor(bags.size(), [&](size_t i) {
    std::ranges::transform(bags[i].terms,
                           all.begin() + static_cast<ptrdiff_t>(offsets[i]),
                           &WeightedTerm::term);
  });
  ParallelSort(all);
  return all;
}

Vocabulary BuildVocabulary(std::span<const TermBag> bags) {
  const std::vector<uint64_t> all = SortedOccurrences(bags);
  const auto virtual_articles = std::min(bags.size(), kMaxVirtualArticles);
  const auto total = static_cast<double>(virtual_articles + bags.size() + 1);
  Vocabulary vocabulary;
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin + 1;
    while (end < all.size() && all[end] == all[begin]) ++end;
    vocabulary.terms.push_back(all[begin]);
    vocabulary.idf.push_back(
        std::log(total / static_cast<double>(end - begin + 1)));
    begin = end;
  }
  return vocabulary;
}

std::vector<VectorEntry> VectorOf(const TermBag& bag,
                                  const Vocabulary& vocabulary) {
  std::vector<VectorEntry> entries;
  for (const WeightedTerm& t : bag.terms) {
    const uint32_t number = vocabulary.Number(t.term);
    const double w = t.weight;
    const double tf = w > 1 ? 1 + std::log(w) : w;
    entries.push_back(
        {number, static_cast<float>(tf * vocabulary.idf[number])});
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
  for (VectorEntry& e : entries) {
    e.value = static_cast<float>(e.value / length);
  }
  return entries;
}

}  // namespace

TermVectors ComputeVectors(std::span<const TermBag> bags) {
  const Vocabulary vocabulary = BuildVocabulary(bags);
  std::vector<std::vector<VectorEntry>> rows(bags.size());
  ParallelFor(bags.size(),
              [&](size_t i) { rows[i] = VectorOf(bags[i], vocabulary); });
  return {ToCsr(rows), vocabulary.terms};
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
