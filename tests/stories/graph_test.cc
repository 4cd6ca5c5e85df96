#include "stories/graph.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/bags.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Times = std::vector<std::optional<int64_t>>;
using Ids = std::vector<uint32_t>;

// Articles of `num_terms` terms: half out of the 50 of one of 40 topics, half
// out of 2,000 common ones.
TermVectors RandomTermVectors(uint64_t seed, size_t size, uint64_t num_terms) {
  Random random(seed);
  std::vector<LiteralBag> bags(size);
  for (LiteralBag& bag : bags) {
    const uint64_t topic = random.Below(40);
    std::map<uint64_t, float> weights;
    for (uint64_t k = 0; k < num_terms / 2; ++k) {
      weights[10'000 + topic * 50 + random.Below(50)] +=
          static_cast<float>(0.5 + random.Unit());
      weights[1 + random.Below(2'000)] += static_cast<float>(random.Unit());
    }
    for (const auto& [term, weight] : weights) {
      bag.push_back({term, weight});
    }
  }
  return ComputeVectors(MakeBags(bags), {static_cast<double>(bags.size())});
}

// All vectors alike: one term each.
TermVectors EqualVectors(size_t size) {
  std::vector<LiteralBag> bags(size);
  for (LiteralBag& bag : bags) bag = {{7, 1.0f}};
  return ComputeVectors(MakeBags(bags), {static_cast<double>(bags.size())});
}

double ExactProduct(std::span<const VectorEntry> a,
                    std::span<const VectorEntry> b) {
  double sum = 0;
  for (const VectorEntry& x : a) {
    for (const VectorEntry& y : b) {
      if (x.term == y.term) sum += double{x.value} * y.value;
    }
  }
  return sum;
}

std::optional<float> WeightOf(const NeighbourGraph& graph, uint32_t i,
                              uint32_t j) {
  for (const Neighbour& n : graph.Row(i)) {
    if (n.node == j) return n.weight;
  }
  return std::nullopt;
}

Ids NodesOf(const NeighbourGraph& graph, size_t i) {
  Ids nodes;
  for (const Neighbour& n : graph.Row(i)) nodes.push_back(n.node);
  return nodes;
}

TEST_CASE("the graph has the pairs that comparing all with all finds",
          "[stories][prop]") {
  // With 20 terms all of them are heavy; with 40 half.
  const auto num_terms = GENERATE(uint64_t{20}, uint64_t{40});
  constexpr uint32_t kSize = 250;
  const TermVectors vectors = RandomTermVectors(num_terms, kSize, num_terms);
  const NeighbourGraph graph = BuildGraph(vectors, Times(kSize), 0);
  REQUIRE(graph.size() == kSize);

  size_t similar = 0;
  size_t missed = 0;
  size_t wrong = 0;
  for (uint32_t i = 0; i < kSize; ++i) {
    for (uint32_t j = 0; j < kSize; ++j) {
      if (i == j) continue;
      const double exact =
          ExactProduct(vectors.rows.Row(i), vectors.rows.Row(j));
      const std::optional<float> weight = WeightOf(graph, i, j);
      similar += exact >= 0.15;
      missed += exact >= 0.15 && !weight;
      wrong += weight && (std::abs(double{*weight} - exact) > 1e-5 ||
                          exact < 0.10 - 1e-5);
    }
  }
  CHECK(similar > 500);
  CHECK(missed == 0);
  CHECK(wrong == 0);
}

TEST_CASE("the graph is symmetric, ascending and without loops",
          "[stories][prop]") {
  const NeighbourGraph graph =
      BuildGraph(RandomTermVectors(5, 300, 40), Times(300), 0);
  for (uint32_t i = 0; i < graph.size(); ++i) {
    const Ids nodes = NodesOf(graph, i);
    CHECK(std::ranges::adjacent_find(nodes, std::greater_equal()) ==
          nodes.end());
    for (const Neighbour& n : graph.Row(i)) {
      REQUIRE(n.node != i);
      REQUIRE(WeightOf(graph, n.node, i) == n.weight);
    }
  }
}

TEST_CASE("articles further apart than the window are no neighbours",
          "[stories]") {
  const Times times = {0, 50, 101, std::nullopt};
  SECTION("50 seconds") {
    const NeighbourGraph graph = BuildGraph(EqualVectors(4), times, 50);
    CHECK(NodesOf(graph, 0) == Ids{1, 3});
    CHECK(NodesOf(graph, 1) == Ids{0, 3});
    CHECK(NodesOf(graph, 2) == Ids{3});
    CHECK(NodesOf(graph, 3) == Ids{0, 1, 2});
  }
  SECTION("no window") {
    const NeighbourGraph graph = BuildGraph(EqualVectors(4), times, 0);
    CHECK(NodesOf(graph, 0) == Ids{1, 2, 3});
    CHECK(NodesOf(graph, 2) == Ids{0, 1, 3});
  }
}

TEST_CASE("a pair below .10 is no edge", "[stories]") {
  // One shared term of one in 1 + k heavier ones: cosine 1 / (1 + k).
  const auto [own_terms, edges] =
      GENERATE(table<uint64_t, size_t>({{8, 2}, {10, 0}}));
  std::vector<LiteralBag> bags(2);
  for (uint64_t i = 0; i < 2; ++i) {
    bags[i].push_back({1, 1.0f});
    for (uint64_t k = 0; k < own_terms; ++k) {
      bags[i].push_back({100 * (i + 1) + k, 1.0f});
    }
  }
  TermVectors vectors =
      ComputeVectors(MakeBags(bags), {static_cast<double>(bags.size())});
  const auto equal =
      static_cast<float>(1 / std::sqrt(static_cast<double>(own_terms + 1)));
  for (VectorEntry& e : vectors.rows.values) e.value = equal;
  const NeighbourGraph graph = BuildGraph(vectors, Times(2), 0);
  CHECK(graph.values.size() == edges);
}

TEST_CASE("an article keeps its 200 strongest pairs", "[stories]") {
  // All weights are equal, so each keeps the 200 lowest others; the first 200
  // are among those of everybody.
  const NeighbourGraph graph = BuildGraph(EqualVectors(250), Times(250), 0);
  CHECK(graph.Row(0).size() == 249);
  CHECK(graph.Row(249).size() == 200);
  CHECK(graph.Row(249).back().node == 199);
}

TEST_CASE("an article of many words is compared with fewer others",
          "[stories]") {
  // 6,000 entries are read: 60 vectors of 100; of equals the lowest.
  std::vector<LiteralBag> bags(250);
  for (LiteralBag& bag : bags) {
    for (uint64_t t = 1; t <= 100; ++t) bag.push_back({t, 1.0f});
  }
  const NeighbourGraph graph =
      BuildGraph(ComputeVectors(MakeBags(bags), {250}), Times(250), 0);
  CHECK(graph.Row(249).size() == 60);
  CHECK(graph.Row(249).back().node == 59);
}

TEST_CASE("an empty vector has no neighbour", "[stories]") {
  std::vector<LiteralBag> bags(3);
  bags[0] = bags[2] = {{7, 1.0f}};
  const NeighbourGraph graph = BuildGraph(
      ComputeVectors(MakeBags(bags), {static_cast<double>(bags.size())}),
      Times(3), 0);
  CHECK(NodesOf(graph, 0) == Ids{2});
  CHECK(NodesOf(graph, 1).empty());
  CHECK(BuildGraph(ComputeVectors({}, {}), {}, 0).size() == 0);
}

TEST_CASE("the graph does not depend on the number of threads",
          "[stories][deterministic]") {
  const TermVectors vectors = RandomTermVectors(6, 400, 40);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    const NeighbourGraph graph = BuildGraph(vectors, Times(400), 0);
    std::vector<std::pair<uint32_t, float>> neighbours;
    for (const Neighbour& n : graph.values) {
      neighbours.emplace_back(n.node, n.weight);
    }
    return std::pair(neighbours, graph.offsets);
  };
  CHECK(run(1) == run(4));
}

TEST_CASE("edges between other editions are taken out", "[stories]") {
  Corpus corpus;
  for (const char* title : {"Weather in Tula 3 May", "Storm in Tula",
                            "Weather in Tula 2 May", "Weather in Tula 3 May"}) {
    corpus.Add({"", title, "text", "gazette"});
  }
  NeighbourGraph graph = ToCsr<Neighbour>({{{1, 0.5f}, {2, 0.6f}, {3, 0.7f}},
                                           {{0, 0.5f}, {2, 0.4f}},
                                           {{0, 0.6f}, {1, 0.4f}, {3, 0.3f}},
                                           {{0, 0.7f}, {2, 0.3f}}});
  DropOtherEditions(Editions(EditionsOf(corpus.articles(),
                                        std::vector<ArticleId>{0, 1, 2, 3})),
                    graph);
  CHECK(graph.offsets == std::vector<size_t>{0, 2, 4, 5, 6});
  std::vector<uint32_t> left;
  for (const Neighbour& n : graph.values) left.push_back(n.node);
  CHECK(left == std::vector<uint32_t>{1, 3, 0, 2, 1, 0});
}

}  // namespace
}  // namespace storyfold
