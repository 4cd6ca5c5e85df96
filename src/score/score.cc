// Scores a clustering against a gold standard.
//
// Four views of one table, because each hides something.  Pairwise scores ask
// about pairs and so about the big clusters; BCubed asks about items and so
// also about the lone ones; the two adjusted indices take away what random
// clusters of the same sizes would get.  For
//
//   gold       A A A A B B
//   predicted  x x x y y z
//
// predicted pairs are 3 in x and 1 in y, of which x's 3 are right; gold pairs
// are 6 in A and 1 in B.  So pairwise precision is 3/4 and recall 3/7.  BCubed
// precision is (1 + 1 + 1 + 1/2 + 1/2 + 1) / 6 = 5/6, recall is
// (3/4 + 3/4 + 3/4 + 1/4 + 1/2 + 1/2) / 6 = 7/12.
//
// All are sums over the size census (size_census.cc).  Pairs are counted in
// whole numbers.  The adjusted Rand index is written with the four counts of
// pairs, after scikit-learn, rather than as (index - expected) /
// (maximum - expected): no two nearly equal numbers are subtracted in its
// denominator, so it keeps its digits when both sides are nearly one cluster.
//
// Equal clusterings are recognised first, as 0 / 0 would come of equal trivial
// ones.  A trivial side against any other needs no such care: both adjusted
// numerators are then a number less itself, or less zero products, so they are
// exactly 0, and the denominators are not.
//
// Bagga & Baldwin, "Entity-Based Cross-Document Coreferencing", ACL 1998.
// Amigo, Gonzalo, Artiles & Verdejo, "A comparison of extrinsic clustering
// evaluation metrics", Information Retrieval 12, 2009.
// Hubert & Arabie, "Comparing Partitions", Journal of Classification 2, 1985.
//
// Tested by brute force over all pairs and items, and literals of
// scikit-learn.

#include "storyfold/score.h"

#include <algorithm>
#include <vector>

#include "score/adjusted_mutual_information.h"
#include "score/size_census.h"

namespace storyfold {
namespace {

uint64_t CountClusters(const std::vector<SizeCount>& counts) {
  uint64_t clusters = 0;
  for (const SizeCount& count : counts) clusters += count.clusters;
  return clusters;
}

bool AreEqual(const SizeCensus& census) {
  return std::ranges::all_of(census.overlaps, [](const OverlapCount& count) {
    return count.shared == count.gold_size &&
           count.shared == count.predicted_size;
  });
}

PrecisionRecall MakePrecisionRecall(double precision, double recall) {
  const double sum = precision + recall;
  return {precision, recall, sum > 0 ? 2 * precision * recall / sum : 0};
}

// Unordered pairs of different items that share a cluster.
struct PairCounts {
  uint64_t all = 0;
  uint64_t gold = 0;
  uint64_t predicted = 0;
  uint64_t both = 0;
};

uint64_t PairsAmong(uint64_t items) {
  return items == 0 ? 0 : items * (items - 1) / 2;
}

uint64_t PairsWithin(const std::vector<SizeCount>& counts) {
  uint64_t pairs = 0;
  for (const SizeCount& count : counts) {
    pairs += count.clusters * PairsAmong(count.size);
  }
  return pairs;
}

PairCounts CountPairs(const SizeCensus& census) {
  PairCounts pairs = {.all = PairsAmong(census.items),
                      .gold = PairsWithin(census.gold),
                      .predicted = PairsWithin(census.predicted)};
  for (const OverlapCount& count : census.overlaps) {
    pairs.both += count.overlaps * PairsAmong(count.shared);
  }
  return pairs;
}

// Returns the share of `pairs` that is in `both`.
double ShareOfPairs(uint64_t both, uint64_t pairs) {
  if (pairs == 0) return 1;
  return static_cast<double>(both) / static_cast<double>(pairs);
}

PrecisionRecall ScorePairwise(const PairCounts& pairs) {
  return MakePrecisionRecall(ShareOfPairs(pairs.both, pairs.predicted),
                             ShareOfPairs(pairs.both, pairs.gold));
}

PrecisionRecall ScoreBCubed(const SizeCensus& census) {
  if (census.items == 0) return {};
  double precision = 0;
  double recall = 0;
  for (const OverlapCount& count : census.overlaps) {
    const auto shared = static_cast<double>(count.shared);
    const double items = static_cast<double>(count.overlaps) * shared;
    precision += items * shared / static_cast<double>(count.predicted_size);
    recall += items * shared / static_cast<double>(count.gold_size);
  }
  const auto items = static_cast<double>(census.items);
  return MakePrecisionRecall(precision / items, recall / items);
}

// REQUIRES: the clusterings are not equal
double AdjustedRandIndex(const PairCounts& pairs) {
  const auto both = static_cast<double>(pairs.both);
  const auto gold_only = static_cast<double>(pairs.gold - pairs.both);
  const auto predicted_only = static_cast<double>(pairs.predicted - pairs.both);
  const auto neither = static_cast<double>(pairs.all + pairs.both - pairs.gold -
                                           pairs.predicted);
  return 2 * (both * neither - gold_only * predicted_only) /
         ((both + gold_only) * (gold_only + neither) +
          (both + predicted_only) * (predicted_only + neither));
}

}  // namespace

ClusteringScores ScoreClustering(std::span<const uint32_t> gold,
                                 std::span<const uint32_t> predicted) {
  const SizeCensus census = TakeSizeCensus(gold, predicted);
  const PairCounts pairs = CountPairs(census);

  ClusteringScores scores;
  scores.items = census.items;
  scores.gold_clusters = CountClusters(census.gold);
  scores.predicted_clusters = CountClusters(census.predicted);
  scores.pairwise = ScorePairwise(pairs);
  scores.bcubed = ScoreBCubed(census);
  if (AreEqual(census)) return scores;

  scores.adjusted_rand_index = AdjustedRandIndex(pairs);
  scores.adjusted_mutual_information = AdjustedMutualInformation(census);
  return scores;
}

}  // namespace storyfold
