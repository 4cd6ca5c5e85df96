// Who could tell the same story as whom, without comparing all with all.
//
// Two articles with a cosine of .10 or more nearly always share one of the
// terms that weigh most in either: on the labelled sets nothing is lost by
// looking only at the 20 heaviest. An inverted index over those adds up what
// they contribute, and the exact cosine decides. A term that is heavy in very
// many articles ("election" on election night) would make the index quadratic:
// so the terms of an article are read rarest first, and only until a budget is
// spent; of a list that is longer than what is left, the entries around the
// article are read, so that a story of thousands still hangs together.
//
// What is left is bound by memory: each candidate's vector is read from
// somewhere else. So the candidates are ranked by what the heavy terms gave,
// only as many are compared as a second budget allows (80 full texts, or a
// thousand headlines), and the vectors of the next ones are fetched while one
// is compared. The steps of an article do not grow with the batch.
//
// Tested by: tests/stories/graph_test.cc (against all pairs)

#include "stories/graph.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr float kLeastCosine = 0.10f;
constexpr size_t kMaxNeighbours = 200;
constexpr size_t kHeavyTerms = 20;
// So many entries of postings are read for one article.
constexpr size_t kCandidateBudget = 1000;
// So many entries of vectors are read to compare one article with others.
constexpr size_t kComparisonBudget = 12'000;
// A pair whose heavy terms contribute less is hardly ever at .10 in all.
constexpr float kLeastPartial = 0.02f;
// Vectors are fetched so many candidates ahead, the places where they begin
// twice as many.
constexpr size_t kFetchAhead = 4;

// Returns the heaviest entries of a vector.
std::vector<VectorEntry> HeavyTerms(std::span<const VectorEntry> vector) {
  std::vector<VectorEntry> entries(vector.begin(), vector.end());
  const size_t kept = std::min(kHeavyTerms, entries.size());
  std::ranges::partial_sort(
      entries, entries.begin() + static_cast<ptrdiff_t>(kept),
      [](const VectorEntry& a, const VectorEntry& b) {
        return a.value != b.value ? a.value > b.value : a.term < b.term;
      });
  entries.resize(kept);
  return entries;
}

struct HeavyTermIndex {
  Csr<VectorEntry> terms_of_node;  // rarest first
  Csr<Neighbour> nodes_of_term;    // with their weights; ascending
};

HeavyTermIndex BuildIndex(const TermVectors& vectors) {
  std::vector<std::vector<VectorEntry>> terms(vectors.size());
  ParallelFor(vectors.size(),
              [&](size_t i) { terms[i] = HeavyTerms(vectors.rows.Row(i)); });
  HeavyTermIndex index{ToCsr(terms), {}};
  auto& offsets = index.nodes_of_term.offsets;
  offsets.assign(vectors.vocabulary.size() + 1, 0);
  for (const VectorEntry& e : index.terms_of_node.values) {
    ++offsets[e.term + 1];
  }
  for (size_t t = 1; t < offsets.size(); ++t) offsets[t] += offsets[t - 1];
  index.nodes_of_term.values.resize(offsets.back());
  std::vector<size_t> next(offsets.begin(), offsets.end() - 1);
  for (uint32_t node = 0; node < vectors.size(); ++node) {
    for (const VectorEntry& e : index.terms_of_node.Row(node)) {
      index.nodes_of_term.values[next[e.term]++] = {node, e.value};
    }
  }
  ParallelFor(vectors.size(), [&](size_t i) {
    std::ranges::sort(
        index.terms_of_node.Row(i), {}, [&](const VectorEntry& e) {
          return std::pair(index.nodes_of_term.Row(e.term).size(), e.term);
        });
  });
  return index;
}

// Returns up to `most` entries of a posting list, those around `node`.
std::span<const Neighbour> EntriesAround(std::span<const Neighbour> entries,
                                         uint32_t node, size_t most) {
  if (entries.size() <= most) return entries;
  const auto at = std::ranges::lower_bound(entries, node, {}, &Neighbour::node);
  const auto place = static_cast<size_t>(at - entries.begin());
  const size_t begin =
      std::min(place - std::min(place, most / 2), entries.size() - most);
  return entries.subspan(begin, most);
}

bool WithinWindow(std::optional<int64_t> a, std::optional<int64_t> b,
                  int64_t window_seconds) {
  if (!a || !b) return true;
  return std::max(*a, *b) - std::min(*a, *b) <= window_seconds;
}

// Finds the neighbours of one node at a time.
class NeighbourSearch {
 public:
  std::vector<Neighbour> Find(const TermVectors& vectors,
                              const HeavyTermIndex& index,
                              std::span<const std::optional<int64_t>> times,
                              int64_t window_seconds, uint32_t node) {
    CollectCandidates(index, node);
    KeepMostPromising(vectors.rows.Row(node).size());
    weight_of_term_.resize(vectors.vocabulary.size(), 0);
    for (const VectorEntry& e : vectors.rows.Row(node)) {
      weight_of_term_[e.term] = e.value;
    }
    std::vector<Neighbour> found;
    for (size_t k = 0; k < candidates_.size(); ++k) {
      const uint32_t other = candidates_[k].node;
      FetchAhead(vectors, k);
      if (window_seconds > 0 &&
          !WithinWindow(times[node], times[other], window_seconds)) {
        continue;
      }
      const float cosine = Product(vectors.rows.Row(other));
      if (cosine >= kLeastCosine) found.push_back({other, cosine});
    }
    for (const VectorEntry& e : vectors.rows.Row(node)) {
      weight_of_term_[e.term] = 0;
    }
    KeepStrongest(found, kMaxNeighbours);
    std::ranges::sort(found, {}, &Neighbour::node);
    return found;
  }

 private:
  // Returns the product with the vector of the current node. Four sums side by
  // side, as one would wait for each addition.
  float Product(std::span<const VectorEntry> entries) const {
    std::array<float, 4> sums = {};
    size_t k = 0;
    for (; k + sums.size() <= entries.size(); k += sums.size()) {
      for (size_t lane = 0; lane < sums.size(); ++lane) {
        const VectorEntry& e = entries[k + lane];
        sums[lane] += weight_of_term_[e.term] * e.value;
      }
    }
    for (; k < entries.size(); ++k) {
      sums[0] += weight_of_term_[entries[k].term] * entries[k].value;
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }

  // Adds up what the heavy terms of both contribute to the cosine, rarest
  // term first, until the budget is spent; others that get too little are no
  // candidates.
  void CollectCandidates(const HeavyTermIndex& index, uint32_t node) {
    candidates_.clear();
    partial_.resize(index.terms_of_node.size(), 0);
    size_t budget = kCandidateBudget;
    for (const VectorEntry& e : index.terms_of_node.Row(node)) {
      if (budget == 0) break;
      const auto nodes =
          EntriesAround(index.nodes_of_term.Row(e.term), node, budget);
      budget -= nodes.size();
      for (const Neighbour& n : nodes) {
        if (partial_[n.node] == 0) candidates_.push_back({n.node, 0});
        partial_[n.node] += e.value * n.weight;
      }
    }
    std::erase_if(candidates_, [&](Neighbour& candidate) {
      candidate.weight = std::exchange(partial_[candidate.node], 0.0f);
      return candidate.weight < kLeastPartial || candidate.node == node;
    });
  }

  // Keeps as many candidates as the budget allows to compare with a vector of
  // so many entries.
  void KeepMostPromising(size_t vector_size) {
    KeepStrongest(candidates_,
                  kComparisonBudget / std::max<size_t>(vector_size, 1));
  }

  void FetchAhead(const TermVectors& vectors, size_t k) const {
    constexpr size_t kCacheLine = 64;
    if (k + 2 * kFetchAhead < candidates_.size()) {
      __builtin_prefetch(
          &vectors.rows.offsets[candidates_[k + 2 * kFetchAhead].node]);
    }
    if (k + kFetchAhead < candidates_.size()) {
      const auto row =
          std::as_bytes(vectors.rows.Row(candidates_[k + kFetchAhead].node));
      // The rest of a row comes by itself once it is read in order.
      for (size_t line = 0; line < 4 && line * kCacheLine < row.size();
           ++line) {
        __builtin_prefetch(&row[line * kCacheLine]);
      }
    }
  }

  static void KeepStrongest(std::vector<Neighbour>& found, size_t most) {
    if (found.size() <= most) return;
    std::ranges::nth_element(
        found, found.begin() + static_cast<ptrdiff_t>(most),
        [](const Neighbour& a, const Neighbour& b) {
          return a.weight != b.weight ? a.weight > b.weight : a.node < b.node;
        });
    found.resize(most);
  }

  std::vector<Neighbour> candidates_;  // with what the heavy terms gave
  std::vector<float> partial_;
  std::vector<float> weight_of_term_;
};

// Returns the graph with each edge in both rows. An edge found from both ends
// can differ in the last bits; the larger weight stays.
NeighbourGraph MakeSymmetric(std::vector<std::vector<Neighbour>> rows) {
  std::vector<size_t> size(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) size[i] = rows[i].size();
  for (uint32_t i = 0; i < rows.size(); ++i) {
    for (size_t k = 0; k < size[i]; ++k) {
      const Neighbour n = rows[i][k];
      rows[n.node].push_back({i, n.weight});
    }
  }
  ParallelFor(rows.size(), [&](size_t i) {
    std::ranges::sort(rows[i], [](const Neighbour& a, const Neighbour& b) {
      return a.node != b.node ? a.node < b.node : a.weight > b.weight;
    });
    const auto repeated = std::ranges::unique(rows[i], {}, &Neighbour::node);
    rows[i].erase(repeated.begin(), repeated.end());
  });
  return ToCsr(rows);
}

}  // namespace

NeighbourGraph BuildGraph(const TermVectors& vectors,
                          std::span<const std::optional<int64_t>> times,
                          int64_t window_seconds) {
  const HeavyTermIndex index = BuildIndex(vectors);
  std::vector<std::vector<Neighbour>> rows(vectors.size());
  ParallelForWithScratch<NeighbourSearch>(
      vectors.size(), [&](size_t i, NeighbourSearch& search) {
        rows[i] = search.Find(vectors, index, times, window_seconds,
                              static_cast<uint32_t>(i));
      });
  return MakeSymmetric(std::move(rows));
}

}  // namespace storyfold
