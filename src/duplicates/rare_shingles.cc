// Copies that Jaccard misses: a text cut to a third, or wrapped in another
// outlet's header and footer, shares few of the 5-grams of both, yet nearly
// all that is particular to the shorter one stands in the longer. So: the
// share of the shorter text's rare 3-grams that the other has (containment;
// Broder, "On the resemblance and containment of documents", 1997), counted
// on a quarter of the 3-grams chosen by hash (FracMinHash, Irber et al. 2022).
//
// Shingles of one text only say nothing of copying and are left out: a copy
// with a misprint in every third word still shares all that it can share. But
// then two texts of their own that print one quote would share all they can,
// too; so a part of the whole text has to be shared.
//
// Rare matters: the 3-grams of a template ("shares fell in early trading")
// stand in hundreds of articles that report different things. The document
// frequency is counted over near-exact clusters, or a wire text that 300
// outlets print would lose all of its own 3-grams to the cap.
//
// The join is an inverted index: the postings of a rare shingle have at most
// rare_most entries, so an article of 120 sampled shingles meets at most
// 120 * rare_most others, however large the crawl.
//
// Tested by: tests/duplicates/rare_shingles_test.cc (against all pairs)

#include "duplicates/rare_shingles.h"

#include <algorithm>

#include "base/threads.h"

namespace storyfold {
namespace {

size_t RareLimit(size_t num_sets, const DuplicateOptions& options) {
  const auto share =
      static_cast<size_t>(options.rare_share * static_cast<double>(num_sets));
  return std::clamp<size_t>(share, options.rare_least, options.rare_most);
}

struct Posting {
  uint32_t shingle = 0;
  uint32_t row = 0;

  friend auto operator<=>(const Posting&, const Posting&) = default;
};

// Returns the (shingle, row) records of all rows, ascending.
std::vector<Posting> SortedPostings(
    std::span<const std::span<const uint32_t>> sets) {
  std::vector<size_t> offsets(sets.size() + 1, 0);
  for (size_t i = 0; i < sets.size(); ++i) {
    offsets[i + 1] = offsets[i] + sets[i].size();
  }
  std::vector<Posting> postings(offsets.back());
  ParallelFor(sets.size(), [&](size_t i) {
    for (size_t k = 0; k < sets[i].size(); ++k) {
      postings[offsets[i] + k] = {sets[i][k], static_cast<uint32_t>(i)};
    }
  });
  ParallelSort(postings);
  return postings;
}

// Calls visit(begin, end) for every run of postings of one shingle.
template <typename Visit>
void ForEachShingle(std::span<const Posting> postings, const Visit& visit) {
  for (size_t begin = 0; begin < postings.size();) {
    size_t end = begin + 1;
    while (end < postings.size() &&
           postings[end].shingle == postings[begin].shingle) {
      ++end;
    }
    visit(begin, end);
    begin = end;
  }
}

// The rows of each rare shingle, and the rare shingles of each row by number.
struct InvertedIndex {
  Csr<uint32_t> rows_of_shingle;
  std::vector<std::vector<uint32_t>> shingles_of_row;
};

InvertedIndex BuildIndex(const Csr<uint32_t>& rare) {
  std::vector<std::span<const uint32_t>> sets;
  for (size_t i = 0; i < rare.size(); ++i) sets.push_back(rare.Row(i));
  const std::vector<Posting> postings = SortedPostings(sets);
  InvertedIndex index;
  index.shingles_of_row.resize(rare.size());
  ForEachShingle(postings, [&](size_t begin, size_t end) {
    if (end - begin < 2) return;
    const auto number = static_cast<uint32_t>(index.rows_of_shingle.size());
    for (size_t k = begin; k < end; ++k) {
      index.rows_of_shingle.values.push_back(postings[k].row);
      index.shingles_of_row[postings[k].row].push_back(number);
    }
    index.rows_of_shingle.offsets.push_back(
        index.rows_of_shingle.values.size());
  });
  return index;
}

// Returns the rows after `row` that share rare shingles with it, ascending,
// each as often as it shares one.
void CollectSharers(const InvertedIndex& index, uint32_t row,
                    std::vector<uint32_t>& sharers) {
  sharers.clear();
  for (const uint32_t shingle : index.shingles_of_row[row]) {
    const auto rows = index.rows_of_shingle.Row(shingle);
    const auto after = std::ranges::upper_bound(rows, row);
    sharers.insert(sharers.end(), after, rows.end());
  }
  std::ranges::sort(sharers);
}

// Returns the share of the smaller row's shingles that two rows share; 0 where
// that says too little.
double ShareOfSmaller(const RareShingles& rare, size_t a, size_t b,
                      size_t shared) {
  const size_t smaller =
      std::min(rare.rows.Row(a).size(), rare.rows.Row(b).size());
  const auto smaller_total =
      static_cast<double>(std::min(rare.total[a], rare.total[b]));
  if (smaller < kLeastRareShingles ||
      static_cast<double>(shared) < kLeastOverall * smaller_total) {
    return 0;
  }
  return static_cast<double>(shared) / static_cast<double>(smaller);
}

}  // namespace

RareShingles KeepRareShingles(std::span<const std::span<const uint32_t>> sets,
                              const DuplicateOptions& options) {
  const size_t limit = RareLimit(sets.size(), options);
  std::vector<std::vector<uint32_t>> rows(sets.size());
  const std::vector<Posting> postings = SortedPostings(sets);
  ForEachShingle(postings, [&](size_t begin, size_t end) {
    if (end - begin < 2 || end - begin > limit) return;
    for (size_t k = begin; k < end; ++k) {
      rows[postings[k].row].push_back(postings[k].shingle);
    }
  });
  RareShingles rare{ToCsr(rows), {}};
  for (const auto& set : sets) {
    rare.total.push_back(static_cast<uint32_t>(set.size()));
  }
  return rare;
}

std::vector<WeightedEdge> JoinByRareShingles(const RareShingles& rare,
                                             double min_similarity) {
  const InvertedIndex index = BuildIndex(rare.rows);
  std::vector<std::vector<WeightedEdge>> edges(rare.rows.size());
  ParallelForWithScratch<std::vector<uint32_t>>(
      edges.size(), [&](size_t i, std::vector<uint32_t>& sharers) {
        if (rare.rows.Row(i).size() < kLeastRareShingles) return;
        CollectSharers(index, static_cast<uint32_t>(i), sharers);
        for (size_t begin = 0; begin < sharers.size();) {
          const uint32_t other = sharers[begin];
          size_t end = begin + 1;
          while (end < sharers.size() && sharers[end] == other) ++end;
          const double weight = ShareOfSmaller(rare, i, other, end - begin);
          if (weight >= min_similarity) {
            edges[i].push_back({static_cast<uint32_t>(i), other, weight});
          }
          begin = end;
        }
      });
  return ToCsr(edges).values;
}

}  // namespace storyfold
