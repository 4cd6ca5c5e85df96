// Who could tell the same story as whom, without comparing all with all.
//
// Two articles with a cosine of .10 or more nearly always share one of the
// terms that weigh most in either: on the labelled sets nothing is lost by
// looking only at the 20 heaviest. An inverted index over those gives the
// candidates, and the exact cosine decides. A term that is heavy in very many
// articles ("election" on election night) would make the index quadratic; it
// proposes nobody, as the names and places beside it do.
//
// Tested by: tests/stories/graph_test.cc (against all pairs)

#include "stories/graph.h"

#include <algorithm>
#include <cstdlib>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr float kLeastCosine = 0.10f;
constexpr size_t kMaxNeighbours = 200;
constexpr size_t kHeavyTerms = 20;
constexpr size_t kMostPostings = 400;

// Returns the numbers of the heaviest terms of a vector.
std::vector<uint32_t> HeavyTerms(std::span<const VectorEntry> vector) {
  std::vector<VectorEntry> entries(vector.begin(), vector.end());
  const size_t kept = std::min(kHeavyTerms, entries.size());
  std::ranges::partial_sort(
      entries, entries.begin() + static_cast<ptrdiff_t>(kept),
      [](const VectorEntry& a, const VectorEntry& b) {
        return a.value != b.value ? a.value > b.value : a.term < b.term;
      });
  std::vector<uint32_t> terms;
  for (size_t k = 0; k < kept; ++k) terms.push_back(entries[k].term);
  return terms;
}

struct HeavyTermIndex {
  Csr<uint32_t> terms_of_node;
  Csr<uint32_t> nodes_of_term;  // ascending
};

HeavyTermIndex BuildIndex(const TermVectors& vectors) {
  std::vector<std::vector<uint32_t>> terms(vectors.size());
  ParallelFor(vectors.size(), [&](size_t i) {
    terms[i] = HeavyTerms(vectors.rows.Row(i));
  });
  HeavyTermIndex index{ToCsr(terms), {}};
  auto& offsets = index.nodes_of_term.offsets;
  offsets.assign(vectors.terms.size() + 1, 0);
  for (const uint32_t term : index.terms_of_node.values) ++offsets[term + 1];
  for (size_t t = 1; t < offsets.size(); ++t) offsets[t] += offsets[t - 1];
  index.nodes_of_term.values.resize(offsets.back());
  std::vector<size_t> next(offsets.begin(), offsets.end() - 1);
  for (uint32_t node = 0; node < vectors.size(); ++node) {
    for (const uint32_t term : index.terms_of_node.Row(node)) {
      index.nodes_of_term.values[next[term]++] = node;
    }
  }
  return index;
}

bool WithinWindow(std::optional<int64_t> a, std::optional<int64_t> b,
                  int64_t window_seconds) {
  if (window_seconds == 0 || !a || !b) return true;
  return std::max(*a, *b) - std::min(*a, *b) <= window_seconds;
}

// Finds the neighbours of one node at a time.
class NeighbourSearch {
 public:
  std::vector<Neighbour> Find(
      const TermVectors& vectors, const HeavyTermIndex& index,
      std::span<const std::optional<int64_t>> times, int64_t window_seconds,
      uint32_t node) {
    CollectCandidates(index, node);
    weight_of_term_.resize(vectors.terms.size(), 0);
    for (const VectorEntry& e : vectors.rows.Row(node)) {
      weight_of_term_[e.term] = e.value;
    }
    std::vector<Neighbour> found;
    for (const uint32_t other : candidates_) {
      if (!WithinWindow(times[node], times[other], window_seconds)) continue;
      double sum = 0;
      for (const VectorEntry& e : vectors.rows.Row(other)) {
        sum += double{weight_of_term_[e.term]} * e.value;
      }
      const auto cosine = static_cast<float>(sum);
      if (cosine >= kLeastCosine) found.push_back({other, cosine});
    }
    for (const VectorEntry& e : vectors.rows.Row(node)) {
      weight_of_term_[e.term] = 0;
    }
    KeepStrongest(found);
    return found;
  }

 private:
  void CollectCandidates(const HeavyTermIndex& index, uint32_t node) {
    candidates_.clear();
    for (const uint32_t term : index.terms_of_node.Row(node)) {
      const auto nodes = index.nodes_of_term.Row(term);
      if (nodes.size() > kMostPostings) continue;
      candidates_.insert(candidates_.end(), nodes.begin(), nodes.end());
    }
    std::ranges::sort(candidates_);
    const auto repeats = std::ranges::unique(candidates_);
    candidates_.erase(repeats.begin(), repeats.end());
    std::erase(candidates_, node);
  }

  static void KeepStrongest(std::vector<Neighbour>& found) {
    if (found.size() <= kMaxNeighbours) return;
    std::ranges::nth_element(
        found, found.begin() + kMaxNeighbours,
        [](const Neighbour& a, const Neighbour& b) {
          return a.weight != b.weight ? a.weight > b.weight : a.node < b.node;
        });
    found.resize(kMaxNeighbours);
    std::ranges::sort(found, {}, &Neighbour::node);
  }

  std::vector<uint32_t> candidates_;
  std::vector<float> weight_of_term_;
};

// Returns the graph with each edge in both rows.
NeighbourGraph MakeSymmetric(const std::vector<std::vector<Neighbour>>& rows) {
  std::vector<std::vector<Neighbour>> both = rows;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    for (const Neighbour& n : rows[i]) both[n.node].push_back({i, n.weight});
  }
  ParallelFor(both.size(), [&](size_t i) {
    std::ranges::sort(both[i], {}, &Neighbour::node);
    const auto repeats =
        std::ranges::unique(both[i], {}, &Neighbour::node);
    both[i].erase(repeats.begin(), repeats.end());
  });
  return ToCsr(both);
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
  return MakeSymmetric(rows);
}

}  // namespace storyfold
