// Average linkage by nearest-neighbour chains (Benzecri 1982; Murtagh 1983).
//
// Greedy average linkage looks for the best pair in the whole graph. The chain
// finds the same merges with local looks: from any cluster, step to its
// nearest neighbour, from there to its nearest, and so on; similarities along
// the chain only grow, so it ends in two clusters that are each other's
// nearest, and those are merged. That is safe because average linkage is
// reducible: a merged cluster is never nearer to a third than both of its
// parts were.
//
//   a -.5- b -.7- c -.9- d : the chain a b c d merges c and d first.
//
// When the nearest neighbour of the chain's end is below the cut, that cluster
// is finished: by the same property nothing will come nearer. Ties go to the
// previous link of the chain, which ends it, then to the lowest number: a
// cluster goes by that of one of its nodes.
//
// Two clusters whose mean reaches the cut have an edge between them that does,
// so no cluster grows out of a component of such edges: each is clustered by
// itself, and edges that leave it are left out, in large graphs most of all.
//
// Sums of weights between two clusters are kept in hash maps; no order of
// theirs reaches the result, as the nearest neighbour is chosen by a total
// order.
//
// Tested by: tests/base/average_linkage_test.cc (against greedy search in the
// dense matrix).

#include "base/average_linkage.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/components.h"
#include "base/csr.h"
#include "base/threads.h"

namespace storyfold {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

// A mean of equal weights may be rounded up by so much.
constexpr double kRounding = 1e-9;

// The nodes of one component and the edges among them, by local number.
struct ComponentGraph {
  std::vector<uint32_t> nodes;  // ascending
  std::span<const WeightedEdge> edges;
};

class ChainClusterer {
 public:
  ChainClusterer(std::vector<double> sizes, std::span<const WeightedEdge> edges,
                 double cut)
      : cut_(cut),
        sums_(sizes.size()),
        size_(std::move(sizes)),
        parent_(size_.size()) {
    std::iota(parent_.begin(), parent_.end(), 0);
    for (const WeightedEdge& edge : edges) {
      const double sum = edge.weight * size_[edge.a] * size_[edge.b];
      sums_[edge.a][edge.b] = sum;
      sums_[edge.b][edge.a] = sum;
    }
  }

  // Returns for each node the lowest node of its cluster.
  std::vector<uint32_t> Run() {
    for (uint32_t node = 0; node < parent_.size(); ++node) {
      while (size_[Root(node)] > 0) {
        chain_ = {Root(node)};
        while (!chain_.empty()) Step();
      }
    }
    return LowestNodes();
  }

 private:
  struct Neighbour {
    uint32_t cluster = kNone;
    double mean = 0;
  };

  void Step() {
    const uint32_t end = chain_.back();
    const uint32_t previous =
        chain_.size() > 1 ? chain_[chain_.size() - 2] : kNone;
    const Neighbour nearest = FindNearest(end, previous);
    if (nearest.cluster == kNone || nearest.mean < cut_) {
      Finish(end);
      chain_.pop_back();
    } else if (nearest.cluster == previous) {
      chain_.resize(chain_.size() - 2);
      Merge(previous, end);
    } else {
      chain_.push_back(nearest.cluster);
    }
  }

  Neighbour FindNearest(uint32_t cluster, uint32_t preferred) const {
    Neighbour best;
    for (const auto& [other, sum] : sums_[cluster]) {
      const double mean = sum / (size_[cluster] * size_[other]);
      const bool wins_tie = mean == best.mean && best.cluster != preferred &&
                            (other == preferred || other < best.cluster);
      if (mean > best.mean || wins_tie) best = {other, mean};
    }
    return best;
  }

  // No neighbour will come nearer: the cluster leaves the graph.
  void Finish(uint32_t cluster) {
    for (const auto& [other, sum] : sums_[cluster]) {
      sums_[other].erase(cluster);
    }
    sums_[cluster] = {};
    size_[cluster] = 0;
  }

  // Joins two clusters under the one with more neighbours.
  void Merge(uint32_t a, uint32_t b) {
    if (sums_[a].size() < sums_[b].size()) std::swap(a, b);
    sums_[a].erase(b);
    for (const auto& [other, sum] : sums_[b]) {
      if (other == a) continue;
      sums_[other].erase(b);
      const double total = (sums_[a][other] += sum);
      sums_[other][a] = total;
    }
    sums_[b] = {};
    size_[a] += size_[b];
    size_[b] = 0;
    parent_[b] = a;
  }

  // Returns the cluster that `node` has become part of.
  uint32_t Root(uint32_t node) {
    while (parent_[node] != node) {
      node = parent_[node] = parent_[parent_[node]];
    }
    return node;
  }

  std::vector<uint32_t> LowestNodes() {
    std::vector<uint32_t> lowest(parent_.size(), kNone);
    std::vector<uint32_t> labels(parent_.size());
    for (uint32_t i = 0; i < parent_.size(); ++i) {
      uint32_t& low = lowest[Root(i)];
      low = std::min(low, i);
      labels[i] = low;
    }
    return labels;
  }

  double cut_;
  std::vector<absl::flat_hash_map<uint32_t, double>> sums_;
  std::vector<double> size_;  // 0: merged away or finished
  std::vector<uint32_t> parent_;
  std::vector<uint32_t> chain_;
};

// Returns for each node the lowest node of its component of the edges that
// reach `cut`.
std::vector<uint32_t> LabelComponents(size_t num_nodes,
                                      std::span<const WeightedEdge> edges,
                                      double cut) {
  Components components(num_nodes);
  for (const WeightedEdge& edge : edges) {
    if (edge.weight >= cut * (1 - kRounding)) {
      components.Connect(edge.a, edge.b);
    }
  }
  return components.Labels();
}

// Returns these components, of two nodes or more, with all edges inside, which
// are put into their order and numbered by them; others are left out of
// `edges`.
std::vector<ComponentGraph> SplitIntoComponents(
    size_t num_nodes, double cut, std::vector<WeightedEdge>& edges) {
  const std::vector<uint32_t> labels = LabelComponents(num_nodes, edges, cut);
  std::erase_if(edges, [&](const WeightedEdge& edge) {
    return labels[edge.a] != labels[edge.b];
  });
  ParallelSort(edges, [&](const WeightedEdge& x, const WeightedEdge& y) {
    return std::tuple(labels[x.a], x.a, x.b) <
           std::tuple(labels[y.a], y.a, y.b);
  });

  std::vector<std::vector<uint32_t>> nodes(num_nodes);  // by label
  std::vector<uint32_t> local(num_nodes);
  for (uint32_t i = 0; i < num_nodes; ++i) {
    local[i] = static_cast<uint32_t>(nodes[labels[i]].size());
    nodes[labels[i]].push_back(i);
  }
  std::vector<ComponentGraph> graphs;
  for (size_t begin = 0, end = 0; begin < edges.size(); begin = end) {
    const uint32_t label = labels[edges[begin].a];
    for (; end < edges.size() && labels[edges[end].a] == label; ++end) {
    }
    graphs.push_back({std::move(nodes[label]),
                      std::span(edges).subspan(begin, end - begin)});
  }
  ParallelFor(edges.size(), [&](size_t e) {
    edges[e].a = local[edges[e].a];
    edges[e].b = local[edges[e].b];
  });
  return graphs;
}

}  // namespace

std::vector<uint32_t> AverageLinkage(size_t num_nodes,
                                     std::vector<WeightedEdge> edges,
                                     double cut) {
  return AverageLinkage(std::vector<uint32_t>(num_nodes, 1), std::move(edges),
                        cut);
}

std::vector<uint32_t> AverageLinkage(std::span<const uint32_t> node_sizes,
                                     std::vector<WeightedEdge> edges,
                                     double cut) {
  std::vector<uint32_t> labels(node_sizes.size());
  std::iota(labels.begin(), labels.end(), 0);
  const std::vector<ComponentGraph> graphs =
      SplitIntoComponents(node_sizes.size(), cut, edges);
  ParallelFor(graphs.size(), [&](size_t g) {
    const ComponentGraph& graph = graphs[g];
    std::vector<double> sizes;
    for (const uint32_t node : graph.nodes) sizes.push_back(node_sizes[node]);
    const std::vector<uint32_t> local =
        ChainClusterer(std::move(sizes), graph.edges, cut).Run();
    for (size_t i = 0; i < local.size(); ++i) {
      labels[graph.nodes[i]] = graph.nodes[local[i]];
    }
  });
  return labels;
}

}  // namespace storyfold
