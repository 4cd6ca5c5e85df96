#include "stories/mixed_graph.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// A batch with all that a mixed graph is made from.
struct Batch {
  DenseVectors vectors;
  std::vector<uint32_t> num_tokens;
  std::vector<std::optional<int64_t>> times;
  TermVectors terms;
  NeighbourGraph of_words;

  size_t size() const { return num_tokens.size(); }
};

// Dense vectors at random; words as in `cosine_of_words`: each node has one
// term of its own and one that a third of the nodes share.
Batch RandomBatch(uint64_t seed, size_t size, size_t num_languages,
                  size_t shortest, size_t longest) {
  static constexpr std::string_view kLanguages[] = {"en", "ru", "zh"};
  Random random(seed);
  Batch batch;
  batch.vectors.dimension = 6;
  std::vector<std::vector<VectorEntry>> rows;
  for (uint32_t i = 0; i < size; ++i) {
    for (size_t d = 0; d < 6; ++d) {
      batch.vectors.values.push_back(static_cast<float>(random.Unit() - 0.5));
    }
    ScaleToUnit(batch.vectors.Row(i));
    batch.vectors.known.push_back(i % 9 != 4);
    batch.vectors.languages.push_back(kLanguages[random.Below(num_languages)]);
    batch.num_tokens.push_back(
        static_cast<uint32_t>(shortest + random.Below(longest - shortest + 1)));
    const auto shared = static_cast<float>(0.9 * random.Unit());
    rows.push_back({{i % 3, shared}, {3 + i, std::sqrt(1 - shared * shared)}});
  }
  batch.times.resize(size);
  batch.terms.rows = ToCsr(rows);
  batch.terms.vocabulary.resize(3 + size);
  batch.of_words = BuildGraph(batch.terms, batch.times, 0);
  return batch;
}

// The weight of a pair by the formula, over all pairs; 0: no edge.
double ExpectedWeight(const Batch& batch, uint32_t i, uint32_t j,
                      bool many_languages) {
  const DenseVectors& v = batch.vectors;
  double words = Cosine(batch.terms.rows.Row(i), batch.terms.rows.Row(j));
  if (words < 0.10 && !(v.known[i] && v.known[j])) words = 0;
  if (!v.known[i] || !v.known[j]) return words;
  const double c = double{DotProduct(v.Row(i), v.Row(j))};
  double weight = 0;
  if (v.languages[i] != v.languages[j]) {
    weight = std::min(1.0, 2.0 * (c - 0.21));
  } else {
    const double length =
        std::sqrt(double(batch.num_tokens[i]) * batch.num_tokens[j]);
    const bool headlines = batch.num_tokens[i] < 40 && batch.num_tokens[j] < 40;
    const double ramp =
        std::clamp(std::log(length / 15) / std::log(40.0 / 15), 0.0, 1.0);
    const double full = many_languages ? 0.35 : 0;
    const double share = headlines ? 0.8 + (full - 0.8) * ramp : full;
    weight = share * 0.75 * std::max(0.0, c) + (1 - share) * words;
  }
  return weight;
}

void CheckAgainstAllPairs(const Batch& batch, bool many_languages) {
  const auto mixed = MixGraph(
      batch.of_words,
      {batch.terms, {batch.vectors, batch.times, 0}, batch.num_tokens});
  REQUIRE(mixed.ok());
  for (uint32_t i = 0; i < batch.size(); ++i) {
    for (uint32_t j = 0; j < batch.size(); ++j) {
      if (i == j) continue;
      const double expected = ExpectedWeight(batch, i, j, many_languages);
      const auto row = mixed->Row(i);
      const auto at = std::ranges::find(row, j, &Neighbour::node);
      const double got = at == row.end() ? 0 : double{at->weight};
      INFO(i << " " << j);
      if (std::abs(expected - 0.10) < 1e-5) continue;
      CHECK(got == Approx(expected >= 0.10 ? expected : 0).margin(1e-5));
    }
  }
}

// Few enough nodes that all are among each other's nearest.
TEST_CASE("headlines of several languages are mixed as the formula says",
          "[stories][mixed]") {
  CheckAgainstAllPairs(RandomBatch(1, 40, 3, 5, 39), true);
}

TEST_CASE("headlines of one language are mixed as the formula says",
          "[stories][mixed]") {
  CheckAgainstAllPairs(RandomBatch(2, 40, 1, 5, 39), false);
}

TEST_CASE("full texts of several languages are mixed as the formula says",
          "[stories][mixed]") {
  CheckAgainstAllPairs(RandomBatch(3, 10, 3, 40, 400), true);
}

TEST_CASE("full texts of one language keep the graph of their words",
          "[stories][mixed]") {
  const Batch batch = RandomBatch(4, 300, 1, 40, 400);
  const auto mixed = MixGraph(
      batch.of_words,
      {batch.terms, {batch.vectors, batch.times, 0}, batch.num_tokens});
  REQUIRE(mixed.ok());
  CHECK(mixed->offsets == batch.of_words.offsets);
  CHECK(std::ranges::equal(mixed->values, batch.of_words.values,
                           [](const Neighbour& a, const Neighbour& b) {
                             return a.node == b.node && a.weight == b.weight;
                           }));
}

TEST_CASE("an edge of the mixed graph stands in both rows",
          "[stories][mixed][prop]") {
  const Batch batch = RandomBatch(5, 700, 2, 5, 60);
  const auto mixed = MixGraph(
      batch.of_words,
      {batch.terms, {batch.vectors, batch.times, 0}, batch.num_tokens});
  REQUIRE(mixed.ok());
  size_t edges = 0;
  for (uint32_t i = 0; i < batch.size(); ++i) {
    CHECK(std::ranges::is_sorted(mixed->Row(i), {}, &Neighbour::node));
    for (const Neighbour& n : mixed->Row(i)) {
      const auto row = mixed->Row(n.node);
      const auto at = std::ranges::find(row, i, &Neighbour::node);
      REQUIRE(at != row.end());
      CHECK(at->weight == n.weight);
      ++edges;
    }
  }
  CHECK(edges > 1000);
}

}  // namespace
}  // namespace storyfold
