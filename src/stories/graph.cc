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
// Tested by: tests/stories/graph_test.cc (against all pairs)

#include "stories/graph.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr float kLeastCosine = 0.10f;
constexpr size_t kMaxNeighbours = 200;
constexpr size_t kHeavyTerms = 20;
// So many entries of postings are read for one article.
constexpr size_t kCandidateBudget = 1000;
// A pair whose heavy terms contribute less is hardly ever at .10 in all.
constexpr float kLeastPartial = 0.03f;

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
  if (window_seconds == 0 || !a || !b) return true;
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
    weight_of_term_.resize(vectors.vocabulary.size(), 0);
    for (const VectorEntry& e : vectors.rows.Row(node)) {
      weight_of_term_[e.term] = e.value;
    }
    std::vector<Neighbour> found;
    for (const uint32_t other : candidates_) {
      if (!WithinWindow(times[node], times[other], window_seconds)) continue;
      const float cosine = Product(vectors.rows.Row(other));
      if (cosine >= kLeastCosine) found.push_back({other, cosine});
    }
    for (const VectorEntry& e : vectors.rows.Row(node)) {
      weight_of_term_[e.term] = 0;
    }
    KeepStrongest(found);
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
        if (partial_[n.node] == 0) candidates_.push_back(n.node);
        partial_[n.node] += e.value * n.weight;
      }
    }
    std::erase_if(candidates_, [&](uint32_t other) {
      const bool weak = partial_[other] < kLeastPartial || other == node;
      partial_[other] = 0;
      return weak;
    });
    std::ranges::sort(candidates_);
  }

  static void KeepStrongest(std::vector<Neighbour>& found) {
    if (found.size() <= kMaxNeighbours) return;
    std::ranges::nth_element(found, found.begin() + kMaxNeighbours,
                             [](const Neighbour& a, const Neighbour& b) {
                               return a.weight != b.weight ? a.weight > b.weight
                                                           : a.node < b.node;
                             });
    found.resize(kMaxNeighbours);
    std::ranges::sort(found, {}, &Neighbour::node);
  }

  std::vector<uint32_t> candidates_;
  std::vector<float> partial_;
  std::vector<float> weight_of_term_;
};

// Returns the graph with each edge in both rows. An edge found from both ends
// can differ in the last bits; the larger weight stays.
NeighbourGraph MakeSymmetric(const std::vector<std::vector<Neighbour>>& rows) {
  std::vector<std::vector<Neighbour>> both = rows;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    for (const Neighbour& n : rows[i]) both[n.node].push_back({i, n.weight});
  }
  ParallelFor(both.size(), [&](size_t i) {
    std::ranges::sort(both[i], [](const Neighbour& a, const Neighbour& b) {
      return a.node != b.node ? a.node < b.node : a.weight > b.weight;
    });
    const auto same = [](const Neighbour& a, const Neighbour& b) {
      return a.node == b.node;
    };
    both[i].erase(std::unique(both[i].begin(), both[i].end(), same),
                  both[i].end());
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
