#include "stories/vectors.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/threads.h"
#include "stories/text_length.h"

namespace storyfold {
namespace {

constexpr size_t kMaxTerms = 150;
// For each article of the batch, and at most.
constexpr size_t kVirtualArticlesEach = 2;
constexpr size_t kMaxVirtualArticles = 6000;
// Vectors are made of so many blocks of bags, then moved to their place: all at
// once they would stand in memory twice.
constexpr size_t kBagBlocksAtOnce = 256;

// Returns the median; of an even number the mean of the middle two. REQUIRES:
// values is not empty
double Median(std::vector<double> values) {
  const auto middle =
      values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

void AppendVector(std::span<const WeightedTerm> bag, std::span<const float> idf,
                  Csr<VectorEntry>& vectors) {
  std::vector<VectorEntry> entries;
  entries.reserve(bag.size());
  for (const WeightedTerm& t : bag) {
    const double w = t.weight;
    const double tf = w > 1 ? 1 + std::log(w) : w;
    entries.push_back({t.term, static_cast<float>(tf * double{idf[t.term]})});
  }
  if (entries.size() > kMaxTerms) {
    std::ranges::nth_element(entries, entries.begin() + kMaxTerms,
                             [](const VectorEntry& a, const VectorEntry& b) {
                               return a.value != b.value ? a.value > b.value
                                                         : a.term < b.term;
                             });
    entries.resize(kMaxTerms);
  }
  std::ranges::sort(entries, {}, &VectorEntry::term);
  double squares = 0;
  for (const VectorEntry& e : entries) squares += double{e.value} * e.value;
  const double length = std::sqrt(squares);
  // Without length no word is but such as all articles use.
  for (const VectorEntry& e : entries) {
    if (length == 0) break;
    vectors.values.push_back({e.term, static_cast<float>(e.value / length)});
  }
  vectors.offsets.push_back(vectors.values.size());
}

// Appends the rows of `block`.
void Append(const Csr<VectorEntry>& block, Csr<VectorEntry>& rows) {
  const size_t begin = rows.values.size();
  rows.values.insert(rows.values.end(), block.values.begin(),
                     block.values.end());
  for (size_t i = 1; i < block.offsets.size(); ++i) {
    rows.offsets.push_back(begin + block.offsets[i]);
  }
}

// Returns how many entries the vectors of `bags` have at most.
size_t MostEntries(const TermBags& bags) {
  size_t entries = 0;
  for (size_t i = 0; i < bags.size(); ++i) {
    entries += std::min(kMaxTerms, bags.Row(i).size());
  }
  return entries;
}

// Appends the vectors of some blocks of bags, which are given up.
void AppendVectors(std::span<Csr<WeightedTerm>> bags, TermVectors& vectors) {
  std::vector<Csr<VectorEntry>> blocks(bags.size());
  ParallelFor(blocks.size(), [&](size_t b) {
    for (size_t i = 0; i < bags[b].size(); ++i) {
      AppendVector(bags[b].Row(i), vectors.idf, blocks[b]);
    }
    bags[b] = {};
  });
  for (const Csr<VectorEntry>& block : blocks) Append(block, vectors.rows);
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

VirtualArticles VirtualArticlesFor(std::span<const uint32_t> num_tokens,
                                   const WordTable& words,
                                   size_t num_elsewhere) {
  if (num_tokens.empty()) return {};
  const size_t num_counted = num_tokens.size() + num_elsewhere;
  const auto number = static_cast<double>(
      std::min(kVirtualArticlesEach * num_counted, kMaxVirtualArticles));
  const double median = Median({num_tokens.begin(), num_tokens.end()});
  return {number, 1 - FullTextRamp(median), &words};
}

TermVectors ComputeVectors(TermBags bags, const VirtualArticles& more) {
  TermVectors vectors;
  vectors.vocabulary = std::move(bags.vocabulary);
  vectors.idf.resize(vectors.vocabulary.size());
  vectors.num_elsewhere = bags.num_elsewhere;
  vectors.compound_parts = std::move(bags.compound_parts);
  const size_t num_counted = bags.size() + bags.num_elsewhere;
  ParallelFor(vectors.idf.size(), [&](size_t t) {
    vectors.idf[t] = static_cast<float>(
        InverseDocumentFrequency(vectors.vocabulary[t], num_counted, more));
  });
  vectors.rows.values.reserve(MostEntries(bags));
  vectors.rows.offsets.reserve(bags.size() + 1);
  for (size_t b = 0; b < bags.blocks.size(); b += kBagBlocksAtOnce) {
    const auto blocks = std::span(bags.blocks).subspan(b);
    AppendVectors(blocks.first(std::min(kBagBlocksAtOnce, blocks.size())),
                  vectors);
  }
  return vectors;
}

std::vector<TermSum> SumByTerm(std::vector<VectorEntry> entries) {
  // Stable, so that values are always added in the same order.
  if (!std::ranges::is_sorted(entries, {}, &VectorEntry::term)) {
    std::ranges::stable_sort(entries, {}, &VectorEntry::term);
  }
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
