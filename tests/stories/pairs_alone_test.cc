#include "stories/pairs_alone.h"

#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "stories/cluster.h"
#include "stories/earlier.h"
#include "support/corpus.h"
#include "support/word_batch.h"

namespace storyfold {
namespace {

using Labels = std::vector<uint32_t>;

constexpr double kGateOfPairs = 0.23;

Labels Parted(WordBatch batch, const Labels& labels,
              const NeighbourGraph& graph, const Labels& earlier = {}) {
  const WordsOfKind plain_words = batch.Words(kPlainWords);
  const WordsOfKind names = batch.Words(kNames);
  return PartPairsAlone(labels,
                        {graph, kGateOfPairs, plain_words, names, earlier});
}

TEST_CASE("two long texts alone need .20 more than the gate", "[stories]") {
  CHECK(Parted(Sharing(5, 5), {0, 0}, Pair(0.44f)) == Labels{0, 0});
  CHECK(Parted(Sharing(5, 5), {0, 0}, Pair(0.42f)) == Labels{0, 1});
  CHECK(Parted(Sharing(5, 5), {0, 0}, ToCsr<Neighbour>({{}, {}})) ==
        Labels{0, 1});
}

TEST_CASE("short texts alone need no more than the gate", "[stories]") {
  CHECK(Parted(Sharing(3, 3, 60), {0, 0}, Pair(0.24f)) == Labels{0, 0});
  CHECK(Parted(Sharing(3, 3, 60), {0, 0}, Pair(0.22f)) == Labels{0, 1});
  // Half way from 60 to 300 words on a logarithmic scale: .33.
  CHECK(Parted(Sharing(3, 3, 134), {0, 0}, Pair(0.34f)) == Labels{0, 0});
  CHECK(Parted(Sharing(3, 3, 134), {0, 0}, Pair(0.32f)) == Labels{0, 1});
}

TEST_CASE("where names and other words are clearly alike no more is asked",
          "[stories]") {
  // 6 of 20 are .30: 1.2 times what names need, 1.25 what plain words do, 1.5
  // together. With 7 of one kind it is 1.75.
  CHECK(Parted(Sharing(6, 6), {0, 0}, Pair(0.24f)) == Labels{0, 1});
  CHECK(Parted(Sharing(7, 6), {0, 0}, Pair(0.19f)) == Labels{0, 0});
  CHECK(Parted(Sharing(6, 7), {0, 0}, Pair(0.19f)) == Labels{0, 0});
  CHECK(Parted(Sharing(12, 3), {0, 0}, Pair(0.24f)) == Labels{0, 1});
}

TEST_CASE("two articles in two languages need no more than the gate",
          "[stories]") {
  WordBatch batch(40, 80);
  batch.Add(Terms(0, 20), 400, "en");
  batch.Add(Terms(20, 20), 400, "fr");
  CHECK(Parted(std::move(batch), {0, 0}, Pair(0.24f)) == Labels{0, 0});
}

TEST_CASE("stories of three and lone articles stay as they are", "[stories]") {
  WordBatch batch(40, 80);
  for (int i = 0; i < 4; ++i) batch.Add(Terms(0, 20));
  const NeighbourGraph none = ToCsr<Neighbour>({{}, {}, {}, {}});
  CHECK(Parted(std::move(batch), {0, 1, 0, 0}, none) == Labels{0, 1, 0, 0});
}

TEST_CASE("two that are left of an earlier story stay together", "[stories]") {
  CHECK(Parted(Sharing(5, 5), {0, 0}, Pair(0.3f), {7, 7}) == Labels{0, 0});
  CHECK(Parted(Sharing(5, 5), {0, 0}, Pair(0.3f), {7, 8}) == Labels{0, 1});
  CHECK(Parted(Sharing(5, 5), {0, 0}, Pair(0.3f),
               {EarlierStories::kNone, EarlierStories::kNone}) == Labels{0, 1});
}

TEST_CASE("pairs are found wherever their articles stand", "[stories]") {
  WordBatch batch(40, 80);
  for (const uint32_t first : {0u, 40u, 40u, 20u}) batch.Add(Terms(first, 20));
  const NeighbourGraph graph =
      ToCsr<Neighbour>({{}, {{2, 0.5f}}, {{1, 0.5f}}, {}});
  CHECK(Parted(std::move(batch), {0, 1, 1, 0}, graph) == Labels{0, 1, 1, 3});
}

TEST_CASE("the weight of an edge is found from both sides", "[stories]") {
  const NeighbourGraph graph = ToCsr<Neighbour>(
      {{{1, 0.5f}, {3, 0.25f}}, {{0, 0.5f}}, {}, {{0, 0.25f}}});
  CHECK(EdgeBetween(graph, 0, 3) == 0.25);
  CHECK(EdgeBetween(graph, 3, 0) == 0.25);
  CHECK(EdgeBetween(graph, 0, 2) == 0);
  CHECK(EdgeBetween(graph, 2, 0) == 0);
}

TEST_CASE("pairs alone do not depend on the number of threads",
          "[stories][deterministic]") {
  Random random(3);
  WordBatch batch(40, 80);
  std::vector<std::vector<Neighbour>> rows(600);
  Labels labels;
  for (uint32_t i = 0; i < 600; i += 2) {
    const auto weight = static_cast<float>(0.2 + 0.3 * random.Unit());
    rows[i] = {{i + 1, weight}};
    rows[i + 1] = {{i, weight}};
    labels.insert(labels.end(), {i, i});
    for (int k = 0; k < 2; ++k) {
      batch.Add(Terms(static_cast<uint32_t>(random.Below(20)), 20) +
                Terms(static_cast<uint32_t>(40 + random.Below(20)), 20));
    }
  }
  const NeighbourGraph graph = ToCsr(rows);
  const WordsOfKind plain_words = batch.Words(kPlainWords);
  const WordsOfKind names = batch.Words(kNames);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return PartPairsAlone(labels, {graph, kGateOfPairs, plain_words, names});
  };
  const Labels one = run(1);
  CHECK(one == run(4));
  CHECK(one != labels);
}

}  // namespace
}  // namespace storyfold
