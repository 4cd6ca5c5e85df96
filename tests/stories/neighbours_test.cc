#include "stories/neighbours.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Times = std::vector<std::optional<int64_t>>;
using Found = std::vector<std::vector<Neighbour>>;

// Unit vectors around 20 centres, in three languages; every seventh is unknown.
DenseVectors RandomVectors(uint64_t seed, size_t size) {
  static constexpr std::string_view kLanguages[] = {"en", "de", "zh"};
  Random random(seed);
  DenseVectors vectors;
  vectors.dimension = 20;
  for (size_t i = 0; i < size; ++i) {
    const size_t centre = random.Below(20);
    for (size_t d = 0; d < 20; ++d) {
      const auto noise = static_cast<float>(random.Unit() - 0.5);
      vectors.values.push_back(noise + (d == centre ? 1.0f : 0.0f));
    }
    vectors.known.push_back(i % 7 != 3);
    vectors.languages.push_back(kLanguages[random.Below(3)]);
  }
  for (size_t i = 0; i < size; ++i) ScaleToUnit(vectors.Row(i));
  return vectors;
}

bool Near(const Times& times, size_t i, size_t j, int64_t window) {
  return window == 0 || !times[i] || !times[j] ||
         std::abs(*times[i] - *times[j]) <= window;
}

// The neighbours by comparing all with all.
std::vector<uint32_t> Expected(const DenseVectors& vectors, const Times& times,
                               int64_t window, uint32_t i,
                               NeighbourCounts wanted) {
  std::vector<uint32_t> expected;
  for (const bool inside : {true, false}) {
    std::vector<std::pair<float, uint32_t>> all;
    for (uint32_t j = 0; j < vectors.known.size(); ++j) {
      if (j == i || !vectors.known[i] || !vectors.known[j] ||
          (vectors.languages[i] == vectors.languages[j]) != inside ||
          !Near(times, i, j, window)) {
        continue;
      }
      const float cosine = DotProduct(vectors.Row(i), vectors.Row(j));
      if (cosine > 0) all.push_back({-cosine, j});
    }
    std::ranges::sort(all);
    all.resize(
        std::min<size_t>(all.size(), inside ? wanted.inside : wanted.outside));
    for (const auto& [cosine, j] : all) expected.push_back(j);
  }
  std::ranges::sort(expected);
  return expected;
}

std::vector<std::vector<uint32_t>> NodesOf(const Found& found) {
  std::vector<std::vector<uint32_t>> nodes(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    for (const Neighbour& n : found[i]) nodes[i].push_back(n.node);
  }
  return nodes;
}

Times RandomTimes(uint64_t seed, size_t size) {
  Random random(seed);
  Times times;
  for (size_t i = 0; i < size; ++i) {
    times.push_back(i % 11 == 5 ? std::nullopt
                                : std::optional<int64_t>(random.Below(1000)));
  }
  return times;
}

TEST_CASE("neighbours are those of a comparison of all pairs",
          "[stories][neighbours][prop]") {
  constexpr size_t kSize = 300;
  const DenseVectors vectors = RandomVectors(1, kSize);
  const Times times = RandomTimes(2, kSize);
  const int64_t window = GENERATE(0, 400, 2000);
  std::vector<NeighbourCounts> wanted(kSize);
  for (uint32_t i = 0; i < kSize; ++i) wanted[i] = {i % 3 * 5, i % 4 * 3};

  const auto found = FindDenseNeighbours({vectors, times, window}, wanted);
  REQUIRE(found.ok());
  for (uint32_t i = 0; i < kSize; ++i) {
    std::vector<uint32_t> nodes;
    for (const Neighbour& n : (*found)[i]) nodes.push_back(n.node);
    INFO("node " << i);
    CHECK(nodes == Expected(vectors, times, window, i, wanted[i]));
  }
}

TEST_CASE("neighbours do not depend on the number of threads",
          "[stories][neighbours][deterministic]") {
  const DenseVectors vectors = RandomVectors(3, 1000);
  const Times times(1000);
  const std::vector<NeighbourCounts> wanted(1000, {10, 10});
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return *FindDenseNeighbours({vectors, times, 0}, wanted);
  };
  const Found one = run(1);
  const Found four = run(4);
  for (size_t i = 0; i < one.size(); ++i) {
    REQUIRE(one[i].size() == four[i].size());
    for (size_t k = 0; k < one[i].size(); ++k) {
      CHECK(one[i][k].node == four[i][k].node);
      CHECK(one[i][k].weight == four[i][k].weight);
    }
  }
}

TEST_CASE(
    "in a large batch hardly a neighbour is missed, at any number of threads",
    "[stories][neighbours][deterministic]") {
  constexpr size_t kSize = 61'000;  // of which six in seven have a vector
  DenseVectors vectors = RandomVectors(4, kSize);
  vectors.languages.assign(kSize, "en");
  const Times times(kSize);
  std::vector<NeighbourCounts> wanted(kSize);
  for (uint32_t i = 0; i < kSize; i += 50) wanted[i] = {5, 0};
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return NodesOf(*FindDenseNeighbours({vectors, times, 0}, wanted));
  };
  const std::vector<std::vector<uint32_t>> found = run(1);
  CHECK(found == run(2));

  size_t num_wanted = 0;
  size_t num_missed = 0;
  for (uint32_t i = 0; i < kSize; i += 5000) {
    for (const uint32_t node : Expected(vectors, times, 0, i, wanted[i])) {
      ++num_wanted;
      num_missed += std::ranges::count(found[i], node) == 0;
    }
  }
  REQUIRE(num_wanted > 50);
  CHECK(num_missed * 20 <= num_wanted);
}

TEST_CASE("a batch without vectors, or of one, has no neighbours",
          "[stories][neighbours]") {
  const DenseVectors none;
  CHECK(FindDenseNeighbours({none, {}, 0}, {})->empty());
  const DenseVectors one = RandomVectors(5, 1);
  const std::vector<NeighbourCounts> wanted(1, {5, 5});
  CHECK(FindDenseNeighbours({one, Times(1), 10}, wanted)->at(0).empty());
}

}  // namespace
}  // namespace storyfold
