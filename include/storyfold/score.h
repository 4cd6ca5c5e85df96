#pragma once

#include <cstdint>
#include <span>

namespace storyfold {

// All three are in [0, 1].  f1 is the harmonic mean of precision and recall,
// and 0 when both are 0.
struct PrecisionRecall {
  double precision = 1;
  double recall = 1;
  double f1 = 1;
};

// How well predicted clusters agree with gold clusters.
//
// A cluster of one item is lone.  The trivial clusterings are "all lone" and
// "one cluster"; they decide most of the degenerate cases below.
struct ClusteringScores {
  uint64_t items = 0;

  // Distinct labels, lone clusters included.
  uint64_t gold_clusters = 0;
  uint64_t predicted_clusters = 0;

  // Over unordered pairs of items.  precision: of the pairs that share a
  // predicted cluster, the share that has one gold cluster; recall: the
  // reverse.  Big clusters weigh by the square of their size.
  //
  // No predicted pair at all makes precision 1, no gold pair makes recall 1;
  // so all lone against clusters with pairs has precision 1, recall 0, f1 0.
  PrecisionRecall pairwise;

  // Over items (Bagga & Baldwin 1998; Amigo et al. 2009).  precision: the mean
  // share of an item's predicted cluster, the item itself counted, that is of
  // its gold cluster; recall: the reverse.  Every item weighs the same, so
  // lone items rightly left lone raise it.
  //
  // Never 0 with at least one item; 1, 1, 1 with none.
  PrecisionRecall bcubed;

  // Adjusted for chance: 1 means equal clusterings, 0 is the mean over random
  // clusterings with the same cluster sizes, negative is worse than chance.
  //
  // Both are symmetric in gold and predicted.  Exactly 1 if the clusterings
  // are equal, which includes no items, all lone on both sides, and one
  // cluster on both sides.  Otherwise exactly 0 if either side is trivial.
  // These are scikit-learn's conventions, less its rounding noise.

  // Hubert & Arabie 1985, in [-0.5, 1].
  double adjusted_rand_index = 1;

  // Vinh, Epps & Bailey 2010, at most 1; normalised by the arithmetic mean of
  // the two entropies, the expectation exact and not sampled.
  double adjusted_mutual_information = 1;
};

// Returns the agreement of two clusterings of the same items: item i is in
// gold cluster gold[i] and in predicted cluster predicted[i].
//
// Labels are any numbers, with or without gaps; only equality counts.  The
// result is the same bit for bit when items are reordered or labels renamed.
// Serial.  O(n log n) time plus, for adjusted mutual information, a few dozen
// steps for each pair of distinct cluster sizes: 0.4 s for a million items in
// half a million clusters.  About 30 bytes of memory an item.
//
// REQUIRES: gold.size() == predicted.size() and gold.size() < 2^32
ClusteringScores ScoreClustering(std::span<const uint32_t> gold,
                                 std::span<const uint32_t> predicted);

// `low` <= `high`, both in [0, 1].
struct Interval {
  double low = 1;
  double high = 1;
};

struct BCubedIntervals {
  Interval precision;
  Interval recall;
  Interval f1;
};

// Returns between which bounds the BCubed scores lie with 95 % confidence, were
// the gold clusters drawn from many like them: percentiles of 1,000 draws of as
// many gold clusters, with replacement (Efron 1979; the cluster, not the item,
// is drawn, as the items of one cluster stand or fall together). An item keeps
// its own precision and recall. Of one gold cluster both bounds are the score.
//
// Same bits at any number of threads, in any order of items and under any
// labels. O(n log n) time and 1,000 steps a gold cluster.
//
// REQUIRES: gold.size() == predicted.size() and gold.size() < 2^32
BCubedIntervals BootstrapBCubed(std::span<const uint32_t> gold,
                                std::span<const uint32_t> predicted);

}  // namespace storyfold
