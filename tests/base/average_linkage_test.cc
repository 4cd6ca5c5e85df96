#include "base/average_linkage.h"

#include <algorithm>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/growth.h"

namespace storyfold {
namespace {

using Labels = std::vector<uint32_t>;

std::vector<WeightedEdge> RandomGraph(Random& random, uint32_t num_nodes,
                                      double density) {
  std::vector<WeightedEdge> edges;
  for (uint32_t a = 0; a < num_nodes; ++a) {
    for (uint32_t b = a + 1; b < num_nodes; ++b) {
      if (random.Unit() >= density) continue;
      const bool swapped = random.Below(2) == 0;
      edges.push_back(
          {swapped ? b : a, swapped ? a : b, 0.01 + 0.99 * random.Unit()});
    }
  }
  return edges;
}

// The best two clusters of all, again and again, each mean taken anew over all
// pairs of the dense matrix.
class GreedySearch {
 public:
  GreedySearch(uint32_t num_nodes, const std::vector<WeightedEdge>& edges)
      : weight_(num_nodes, std::vector<double>(num_nodes, 0)) {
    for (uint32_t i = 0; i < num_nodes; ++i) clusters_.push_back({i});
    for (const WeightedEdge& e : edges) {
      weight_[e.a][e.b] = weight_[e.b][e.a] = e.weight;
    }
  }

  Labels Run(double cut) {
    while (MergeBest(cut)) {
    }
    Labels labels(weight_.size());
    for (const auto& cluster : clusters_) {
      for (const uint32_t node : cluster) {
        labels[node] = *std::min_element(cluster.begin(), cluster.end());
      }
    }
    return labels;
  }

 private:
  double Mean(const Labels& x, const Labels& y) const {
    double sum = 0;
    for (const uint32_t a : x) {
      for (const uint32_t b : y) sum += weight_[a][b];
    }
    return sum / static_cast<double>(x.size() * y.size());
  }

  bool MergeBest(double cut) {
    double best = 0;
    size_t best_i = 0;
    size_t best_j = 0;
    for (size_t i = 0; i < clusters_.size(); ++i) {
      for (size_t j = i + 1; j < clusters_.size(); ++j) {
        const double mean = Mean(clusters_[i], clusters_[j]);
        if (mean <= best) continue;
        best = mean;
        best_i = i;
        best_j = j;
      }
    }
    if (best < cut) return false;
    clusters_[best_i].insert(clusters_[best_i].end(), clusters_[best_j].begin(),
                             clusters_[best_j].end());
    clusters_.erase(clusters_.begin() + static_cast<ptrdiff_t>(best_j));
    return true;
  }

  std::vector<std::vector<double>> weight_;
  std::vector<Labels> clusters_;
};

TEST_CASE("average linkage makes the merges of a greedy search",
          "[base][prop]") {
  Random random(1);
  for (int round = 0; round < 300; ++round) {
    const auto num_nodes = static_cast<uint32_t>(20 + random.Below(21));
    const double density = 0.05 + 0.6 * random.Unit();
    const double cut = 0.02 + 0.7 * random.Unit();
    const auto edges = RandomGraph(random, num_nodes, density);
    CAPTURE(round, num_nodes, density, cut);
    REQUIRE(AverageLinkage(num_nodes, edges, cut) ==
            GreedySearch(num_nodes, edges).Run(cut));
  }
}

TEST_CASE("the order of edges does not change the clusters", "[base][prop]") {
  Random random(2);
  auto edges = RandomGraph(random, 60, 0.2);
  const Labels labels = AverageLinkage(60, edges, 0.3);
  std::reverse(edges.begin(), edges.end());
  for (WeightedEdge& edge : edges) std::swap(edge.a, edge.b);
  CHECK(AverageLinkage(60, edges, 0.3) == labels);
}

TEST_CASE("nodes without edges are clusters of their own", "[base]") {
  CHECK(AverageLinkage(0, {}, 0.5).empty());
  CHECK(AverageLinkage(3, {}, 0.5) == Labels{0, 1, 2});
}

TEST_CASE("a pair is joined when its weight reaches the cut", "[base]") {
  const std::vector<WeightedEdge> edges = {{1, 0, 0.5}};
  CHECK(AverageLinkage(2, edges, 0.5) == Labels{0, 0});
  CHECK(AverageLinkage(2, edges, 0.501) == Labels{0, 1});
}

TEST_CASE("a missing pair weighs nothing, so clusters do not chain", "[base]") {
  // 2 is as near to 1 as can be, but to {0, 1} only by half.
  const std::vector<WeightedEdge> chain = {{0, 1, 1.0}, {1, 2, 0.9}};
  CHECK(AverageLinkage(3, chain, 0.5) == Labels{0, 0, 2});
  CHECK(AverageLinkage(3, chain, 0.45) == Labels{0, 0, 0});

  const std::vector<WeightedEdge> triangle = {
      {0, 1, 1.0}, {1, 2, 0.9}, {0, 2, 0.2}};
  CHECK(AverageLinkage(3, triangle, 0.54) == Labels{0, 0, 0});
  CHECK(AverageLinkage(3, triangle, 0.56) == Labels{0, 0, 2});
}

TEST_CASE("the nearest pair of a chain is joined first", "[base]") {
  const std::vector<WeightedEdge> chain = {
      {0, 1, 0.7}, {1, 2, 0.8}, {2, 3, 0.9}, {3, 4, 0.75}};
  CHECK(AverageLinkage(5, chain, 0.5) == Labels{0, 0, 2, 2, 4});
}

TEST_CASE("a cluster is labelled by its lowest node", "[base]") {
  const std::vector<WeightedEdge> edges = {
      {6, 5, 0.9}, {5, 2, 0.8}, {6, 2, 0.8}, {4, 3, 0.9}};
  CHECK(AverageLinkage(7, edges, 0.5) == Labels{0, 1, 2, 3, 3, 2, 2});
}

TEST_CASE("among equally near nodes the lowest is joined", "[base]") {
  const std::vector<WeightedEdge> path = {{1, 2, 0.8}, {0, 1, 0.8}};
  CHECK(AverageLinkage(3, path, 0.5) == Labels{0, 0, 2});
  const std::vector<WeightedEdge> star = {
      {3, 2, 0.8}, {3, 1, 0.8}, {0, 3, 0.8}};
  CHECK(AverageLinkage(4, star, 0.5) == Labels{0, 1, 2, 0});
}

TEST_CASE("average linkage is equal at 1 and 4 threads",
          "[base][deterministic]") {
  Random random(3);
  std::vector<WeightedEdge> edges;
  for (uint32_t block = 0; block < 200; ++block) {
    for (WeightedEdge edge : RandomGraph(random, 20, 0.3)) {
      edge.a += block * 20;
      edge.b += block * 20;
      // Few different weights, so there are many ties.
      edge.weight = 0.25 * static_cast<double>(1 + random.Below(4));
      edges.push_back(edge);
    }
  }
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return AverageLinkage(4000, edges, 0.3);
  };
  const Labels labels = run(1);
  CHECK(run(4) == labels);
  CHECK(run(1) == labels);
}

TEST_CASE("a node that stands for two counts as two", "[base]") {
  // Alone 2 reaches (.9 + .5) / 2 = .7; beside two nodes like 0 it is less.
  const std::vector<WeightedEdge> edges = {
      {0, 1, 0.95}, {1, 2, 0.9}, {0, 2, 0.5}};
  CHECK(AverageLinkage(3, edges, 0.65) == Labels{0, 0, 0});
  CHECK(AverageLinkage(Labels{2, 1, 1}, edges, 0.65) == Labels{0, 0, 2});
  CHECK(AverageLinkage(Labels{1, 2, 1}, edges, 0.75) == Labels{0, 0, 0});
  CHECK(AverageLinkage(Labels{2, 2, 2}, edges, 0.65) == Labels{0, 0, 0});
}

TEST_CASE("a path of nodes, each nearer to the next, pairs up in linear time",
          "[base]") {
  const auto work = [](size_t num_nodes) {
    const auto nodes = static_cast<uint32_t>(num_nodes);
    std::vector<WeightedEdge> edges;
    for (uint32_t i = 0; i + 1 < nodes; ++i) {
      edges.push_back({i, i + 1, 0.5 + 1e-6 * i});
    }
    return [nodes, edges] {
      const Labels labels = AverageLinkage(nodes, edges, 0.5);
      // The heaviest edge is the last one: pairs form from that end.
      for (uint32_t i = 0; i < nodes; i += 2) {
        REQUIRE(labels[i] == i);
        REQUIRE(labels[i + 1] == i);
      }
    };
  };
  CHECK(CpuGrowth(work, 3'000, 30'000) < 40);
}

}  // namespace
}  // namespace storyfold
