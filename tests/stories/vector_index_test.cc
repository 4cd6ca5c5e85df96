#include "stories/vector_index.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

DenseVectors RandomVectors(uint64_t seed, size_t size, size_t dimension) {
  Random random(seed);
  DenseVectors vectors;
  vectors.dimension = dimension;
  for (size_t i = 0; i < size * dimension; ++i) {
    vectors.values.push_back(static_cast<float>(random.Unit() - 0.5));
  }
  vectors.known.assign(size, true);
  for (size_t i = 0; i < size; ++i) ScaleToUnit(vectors.Row(i));
  return vectors;
}

// The nodes nearest to `query`, ascending.
std::vector<uint32_t> Nearest(const DenseVectors& vectors,
                              std::vector<uint32_t> nodes, uint32_t query,
                              size_t most) {
  std::ranges::sort(nodes, std::greater(), [&](uint32_t node) {
    return DotProduct(vectors.Row(query), vectors.Row(node));
  });
  nodes.resize(std::min(most, nodes.size()));
  std::ranges::sort(nodes);
  return nodes;
}

std::map<uint32_t, std::vector<uint32_t>> NearestOf(
    const VectorIndex& index, const std::vector<uint32_t>& queries,
    size_t most) {
  std::map<uint32_t, std::vector<uint32_t>> found;
  index.Search(queries, most, [&](uint32_t query, uint32_t node) {
    found[query].push_back(node);
  });
  for (auto& [query, nodes] : found) std::ranges::sort(nodes);
  return found;
}

TEST_CASE("an index finds the nearest of all its nodes, over many blocks",
          "[stories][neighbours][prop]") {
  constexpr uint32_t kSize = 9000;
  const DenseVectors vectors = RandomVectors(1, kSize, 24);
  std::vector<uint32_t> nodes;  // every second one from 100 on
  for (uint32_t node = 100; node < kSize; node += 2) nodes.push_back(node);
  std::vector<uint32_t> queries(8300);
  std::iota(queries.begin(), queries.end(), 0);

  for (const auto& index :
       {MakeExactIndex(vectors, nodes), MakeVectorIndex(vectors, nodes)}) {
    const auto found = NearestOf(*index, queries, 7);
    REQUIRE(found.size() == queries.size());
    for (uint32_t query = 0; query < queries.size(); query += 97) {
      INFO("query " << query);
      CHECK(found.at(query) == Nearest(vectors, nodes, query, 7));
    }
  }
}

TEST_CASE("of equally near nodes an exact index gives the lowest",
          "[stories][neighbours]") {
  DenseVectors vectors;
  vectors.dimension = 2;
  for (int i = 0; i < 30; ++i) {
    vectors.values.insert(vectors.values.end(), {1, 0});
  }
  vectors.known.assign(30, true);
  std::vector<uint32_t> nodes(20);
  std::iota(nodes.begin(), nodes.end(), 5);
  CHECK(NearestOf(*MakeExactIndex(vectors, nodes), {0}, 3) ==
        std::map<uint32_t, std::vector<uint32_t>>{{0, {5, 6, 7}}});
}

TEST_CASE("an index of fewer nodes than are wanted gives all of them",
          "[stories][neighbours]") {
  const DenseVectors vectors = RandomVectors(2, 10, 3);
  const std::vector<uint32_t> nodes = {4, 8};
  const auto exact = MakeExactIndex(vectors, nodes);
  CHECK(NearestOf(*exact, {0, 4}, 5) ==
        std::map<uint32_t, std::vector<uint32_t>>{{0, nodes}, {4, nodes}});
  CHECK(NearestOf(*exact, {0, 4}, 0).empty());
  CHECK(NearestOf(*exact, {}, 5).empty());
  CHECK(NearestOf(*MakeExactIndex(vectors, {}), {0}, 5).empty());
}

}  // namespace
}  // namespace storyfold
