// How far BCubed scores can be trusted: a set of 86 stories is a draw from all
// the stories there are, and another draw would give another score. The
// bootstrap draws from the set itself, again and again, and looks at how the
// score moves (Efron, "Bootstrap Methods: Another Look at the Jackknife",
// 1979).
//
// A gold cluster g brings three numbers: its items, the sum of their
// precisions and the sum of their recalls; a draw adds up those of the clusters
// drawn. So a draw costs a step a cluster, however many items there are.
//
// What is added up is sorted by these numbers first, so that neither the order
// of items nor the names of clusters reach the result.
//
// Tested by: tests/score/bootstrap_test.cc

#include <algorithm>
#include <array>
#include <compare>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "storyfold/score.h"

namespace storyfold {
namespace {

constexpr size_t kDraws = 1'000;
constexpr size_t kOutside = kDraws / 40;  // 2.5 % on either side

struct GoldCluster {
  double items = 0;
  double precision = 0;  // sum over its items
  double recall = 0;

  friend auto operator<=>(const GoldCluster&, const GoldCluster&) = default;
};

// SplitMix64 (Steele, Lea & Flood 2014).
uint64_t NextRandom(uint64_t& state) {
  uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

// Returns the number of items of each label, in the order of `labels`.
std::vector<uint32_t> SizesOf(std::span<const uint32_t> labels) {
  std::vector<uint32_t> sorted(labels.begin(), labels.end());
  ParallelSort(sorted);
  std::vector<uint32_t> sizes(labels.size());
  ParallelFor(labels.size(), [&](size_t i) {
    const auto same = std::ranges::equal_range(sorted, labels[i]);
    sizes[i] = static_cast<uint32_t>(same.size());
  });
  return sizes;
}

// What a gold cluster shares with a predicted one.
struct Part {
  uint32_t shared = 0;
  uint32_t gold_size = 0;
  uint32_t predicted_size = 0;

  friend auto operator<=>(const Part&, const Part&) = default;
};

// Adds them up in an order of their own: the last bits of a sum depend on it.
GoldCluster SumOf(std::vector<Part>& parts) {
  std::ranges::sort(parts);
  GoldCluster sum;
  for (const Part& part : parts) {
    const double shared = part.shared;
    sum.items += shared;
    sum.precision += shared * shared / part.predicted_size;
    sum.recall += shared * shared / part.gold_size;
  }
  return sum;
}

std::vector<GoldCluster> ScoreGoldClusters(
    std::span<const uint32_t> gold, std::span<const uint32_t> predicted) {
  struct Item {
    uint32_t gold, gold_size, predicted, predicted_size;
    auto operator<=>(const Item&) const = default;
  };
  const std::vector<uint32_t> gold_size = SizesOf(gold);
  const std::vector<uint32_t> predicted_size = SizesOf(predicted);
  std::vector<Item> items(gold.size());
  ParallelFor(items.size(), [&](size_t i) {
    items[i] = {gold[i], gold_size[i], predicted[i], predicted_size[i]};
  });
  ParallelSort(items);
  std::vector<GoldCluster> clusters;
  std::vector<Part> parts;  // of the gold cluster at hand
  for (size_t begin = 0, end = 0; begin < items.size(); begin = end) {
    const Item& item = items[begin];
    while (end < items.size() && items[end] == item) ++end;
    parts.push_back({static_cast<uint32_t>(end - begin), item.gold_size,
                     item.predicted_size});
    if (end < items.size() && items[end].gold == item.gold) continue;
    clusters.push_back(SumOf(parts));
    parts.clear();
  }
  return clusters;
}

PrecisionRecall ScoreDraw(std::span<const GoldCluster> clusters,
                          uint64_t seed) {
  GoldCluster sum;
  for (size_t k = 0; k < clusters.size(); ++k) {
    const GoldCluster& drawn = clusters[NextRandom(seed) % clusters.size()];
    sum.items += drawn.items;
    sum.precision += drawn.precision;
    sum.recall += drawn.recall;
  }
  const double precision = sum.precision / sum.items;
  const double recall = sum.recall / sum.items;
  return {precision, recall, 2 * precision * recall / (precision + recall)};
}

Interval Middle(std::span<const PrecisionRecall> draws,
                double PrecisionRecall::*score) {
  std::vector<double> values;
  for (const PrecisionRecall& draw : draws) values.push_back(draw.*score);
  std::ranges::sort(values);
  return {values[kOutside], values[kDraws - 1 - kOutside]};
}

}  // namespace

BCubedIntervals BootstrapBCubed(std::span<const uint32_t> gold,
                                std::span<const uint32_t> predicted) {
  std::vector<GoldCluster> clusters = ScoreGoldClusters(gold, predicted);
  if (clusters.empty()) return {};
  std::ranges::sort(clusters);
  std::vector<PrecisionRecall> draws(kDraws);
  ParallelFor(kDraws, [&](size_t d) {
    uint64_t seed = d;
    draws[d] = ScoreDraw(clusters, NextRandom(seed));
  });
  return {Middle(draws, &PrecisionRecall::precision),
          Middle(draws, &PrecisionRecall::recall),
          Middle(draws, &PrecisionRecall::f1)};
}

}  // namespace storyfold
