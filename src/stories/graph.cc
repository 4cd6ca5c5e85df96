// The cosines of the candidates, each pair once: the vector of one node is
// spread over an array by term, and the vectors of the others are read against
// it. What bounds the speed is memory: each of the others is read from
// somewhere else, so its vector is fetched while those before it are compared.
//
// Tested by: tests/stories/graph_test.cc (against all pairs)

#include "stories/graph.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/threads.h"
#include "stories/candidates.h"

namespace storyfold {
namespace {

constexpr float kLeastCosine = 0.10f;
constexpr size_t kMaxNeighbours = 200;
// Vectors are fetched so many candidates ahead.
constexpr size_t kVectorsAhead = 2;

// Compares one node with others at a time.
class Comparer {
 public:
  // Returns those of `others` that are neighbours of `node`, in their order.
  std::vector<Neighbour> Compare(const TermVectors& vectors, size_t node,
                                 std::span<const uint32_t> others) {
    weight_of_term_.resize(vectors.vocabulary.size(), 0);
    for (const VectorEntry& e : vectors.rows.Row(node)) {
      weight_of_term_[e.term] = e.value;
    }
    std::vector<Neighbour> found;
    for (size_t k = 0; k < others.size(); ++k) {
      if (k + kVectorsAhead < others.size()) {
        Fetch(vectors.rows.Row(others[k + kVectorsAhead]));
      }
      const float cosine = Product(vectors.rows.Row(others[k]));
      if (cosine >= kLeastCosine) found.push_back({others[k], cosine});
    }
    for (const VectorEntry& e : vectors.rows.Row(node)) {
      weight_of_term_[e.term] = 0;
    }
    return found;
  }

 private:
  static void Fetch(std::span<const VectorEntry> entries) {
    constexpr size_t kCacheLine = 64;
    const auto bytes = std::as_bytes(entries);
    for (size_t at = 0; at < bytes.size(); at += kCacheLine) {
      __builtin_prefetch(&bytes[at]);
    }
  }

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

  std::vector<float> weight_of_term_;
};

// Returns the graph with each edge in both rows. `later` has it in that of its
// lower node only.
NeighbourGraph MakeSymmetric(const NeighbourGraph& later) {
  // Filled node by node, so that a row has its earlier nodes, then the later.
  return FillRows<Neighbour>(later.size(), [&](const auto& visit) {
    for (uint32_t i = 0; i < later.size(); ++i) {
      for (const Neighbour& n : later.Row(i)) {
        visit(i, n);
        visit(n.node, Neighbour{i, n.weight});
      }
    }
  });
}

bool IsStronger(const Neighbour& a, const Neighbour& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.node < b.node;
}

// Returns the weakest neighbour that is among the `kMaxNeighbours` strongest.
Neighbour WeakestKept(std::span<const Neighbour> row) {
  if (row.size() <= kMaxNeighbours) return {~uint32_t{0}, 0};
  std::vector<Neighbour> sorted(row.begin(), row.end());
  const auto last = sorted.begin() + kMaxNeighbours - 1;
  std::ranges::nth_element(sorted, last, IsStronger);
  return *last;
}

NeighbourGraph WithoutWeakEdges(const NeighbourGraph& graph) {
  std::vector<Neighbour> weakest(graph.size());
  ParallelFor(graph.size(),
              [&](size_t i) { weakest[i] = WeakestKept(graph.Row(i)); });
  return MakeRows(graph.size(), [&](size_t i) {
    std::vector<Neighbour> row;
    for (const Neighbour& n : graph.Row(i)) {
      const Neighbour back = {static_cast<uint32_t>(i), n.weight};
      if (!IsStronger(weakest[i], n) || !IsStronger(weakest[n.node], back)) {
        row.push_back(n);
      }
    }
    return row;
  });
}

bool HasCrowdedNode(const NeighbourGraph& graph) {
  for (size_t i = 0; i < graph.size(); ++i) {
    if (graph.Row(i).size() > kMaxNeighbours) return true;
  }
  return false;
}

}  // namespace

NeighbourGraph BuildGraph(const TermVectors& vectors,
                          std::span<const std::optional<int64_t>> times,
                          int64_t window_seconds) {
  NeighbourGraph later;
  {
    const CandidatePairs pairs = FindCandidates(vectors, times, window_seconds);
    later =
        MakeRows<Comparer>(vectors.size(), [&](size_t i, Comparer& comparer) {
          return comparer.Compare(vectors, i, pairs.Row(i));
        });
  }
  NeighbourGraph graph = MakeSymmetric(later);
  later = {};
  return KeepStrongest(std::move(graph));
}

NeighbourGraph KeepStrongest(NeighbourGraph graph) {
  return HasCrowdedNode(graph) ? WithoutWeakEdges(graph) : graph;
}

void DropOtherEditions(const Editions& editions, NeighbourGraph& graph) {
  if (editions.empty()) return;
  size_t begin = 0;
  size_t kept = 0;
  for (uint32_t i = 0; i < graph.size(); ++i) {
    const size_t end = graph.offsets[i + 1];
    const Edition edition = editions.Of(i);
    for (size_t k = begin; k < end; ++k) {
      const Neighbour n = graph.values[k];
      const bool is_other =
          edition.series != 0 && AreOtherEditions(edition, editions.Of(n.node));
      if (!is_other) graph.values[kept++] = n;
    }
    begin = end;
    graph.offsets[i + 1] = kept;
  }
  graph.values.resize(kept);
}

}  // namespace storyfold
