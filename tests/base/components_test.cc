#include "base/components.h"

#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

TEST_CASE("a node without an edge is a component of its own", "[base]") {
  Components components(3);
  CHECK(components.Labels() == std::vector<uint32_t>{0, 1, 2});
  CHECK(Components(0).Labels().empty());
}

TEST_CASE("a component is labelled by its lowest node", "[base]") {
  Components components(7);
  components.Connect(6, 3);
  components.Connect(5, 6);
  components.Connect(2, 4);
  components.Connect(4, 4);
  CHECK(components.Labels() == std::vector<uint32_t>{0, 1, 2, 3, 2, 3, 3});
  CHECK(components.Find(5) == 3);

  components.Connect(2, 5);
  CHECK(components.Labels() == std::vector<uint32_t>{0, 1, 2, 2, 2, 2, 2});
}

TEST_CASE("connecting twice, in either direction, changes nothing", "[base]") {
  Components components(4);
  components.Connect(1, 3);
  components.Connect(3, 1);
  components.Connect(1, 3);
  CHECK(components.Labels() == std::vector<uint32_t>{0, 1, 2, 1});
}

TEST_CASE("a long chain is one component", "[base]") {
  constexpr uint32_t kNodes = 100'000;
  Components components(kNodes);
  for (uint32_t i = kNodes - 1; i > 0; --i) components.Connect(i, i - 1);
  CHECK(components.Labels() == std::vector<uint32_t>(kNodes, 0));
}

// Lowers labels along edges until none changes.
std::vector<uint32_t> SlowLabels(
    size_t num_nodes, const std::vector<std::pair<uint32_t, uint32_t>>& edges) {
  std::vector<uint32_t> labels(num_nodes);
  for (uint32_t i = 0; i < num_nodes; ++i) labels[i] = i;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [a, b] : edges) {
      const uint32_t low = std::min(labels[a], labels[b]);
      changed |= labels[a] != low || labels[b] != low;
      labels[a] = labels[b] = low;
    }
  }
  return labels;
}

TEST_CASE("components equal those found by spreading labels", "[base][prop]") {
  Random random(7);
  for (int round = 0; round < 50; ++round) {
    const size_t num_nodes = 1 + random.Below(60);
    std::vector<std::pair<uint32_t, uint32_t>> edges;
    Components components(num_nodes);
    for (uint64_t k = random.Below(60); k > 0; --k) {
      edges.emplace_back(random.Below(num_nodes), random.Below(num_nodes));
      components.Connect(edges.back().first, edges.back().second);
    }
    CAPTURE(round);
    CHECK(components.Labels() == SlowLabels(num_nodes, edges));
  }
}

}  // namespace
}  // namespace storyfold
