#include "storyfold/score.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"

namespace storyfold {
namespace {

using Labels = std::vector<uint32_t>;

// Item i is in the cluster named text[i].
Labels Letters(std::string_view text) { return {text.begin(), text.end()}; }

Labels AllLone(uint32_t items) {
  Labels labels(items);
  std::iota(labels.begin(), labels.end(), 0u);
  return labels;
}

Labels OneCluster(uint32_t items) { return Labels(items, 7); }

Labels RandomLabels(size_t items, uint32_t clusters, std::mt19937& random) {
  Labels labels(items);
  for (uint32_t& label : labels) {
    label = static_cast<uint32_t>(random()) % clusters;
  }
  return labels;
}

// Rounding only: the largest values are near 1.
auto Near(double value) { return Approx(value).epsilon(0).margin(1e-12); }

void CheckNear(const PrecisionRecall& actual, const PrecisionRecall& expected) {
  CHECK(actual.precision == Near(expected.precision));
  CHECK(actual.recall == Near(expected.recall));
  CHECK(actual.f1 == Near(expected.f1));
}

void CheckSame(const PrecisionRecall& a, const PrecisionRecall& b) {
  CHECK(a.precision == b.precision);
  CHECK(a.recall == b.recall);
  CHECK(a.f1 == b.f1);
}

// Bit for bit.
void CheckSame(const ClusteringScores& a, const ClusteringScores& b) {
  CHECK(a.items == b.items);
  CHECK(a.gold_clusters == b.gold_clusters);
  CHECK(a.predicted_clusters == b.predicted_clusters);
  CheckSame(a.pairwise, b.pairwise);
  CheckSame(a.bcubed, b.bcubed);
  CHECK(a.adjusted_rand_index == b.adjusted_rand_index);
  CHECK(a.adjusted_mutual_information == b.adjusted_mutual_information);
}

double HarmonicMean(double a, double b) {
  return a + b == 0 ? 0 : 2 * a * b / (a + b);
}

// ---- Oracles, from the definitions.

double ShareOrOne(double part, double whole) {
  return whole == 0 ? 1 : part / whole;
}

double SharedPairs(const Labels& gold, const Labels& predicted) {
  double both = 0;
  for (size_t i = 0; i < gold.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      both += gold[i] == gold[j] && predicted[i] == predicted[j];
    }
  }
  return both;
}

PrecisionRecall BruteForcePairwise(const Labels& gold,
                                   const Labels& predicted) {
  const double both = SharedPairs(gold, predicted);
  const double precision = ShareOrOne(both, SharedPairs(predicted, predicted));
  const double recall = ShareOrOne(both, SharedPairs(gold, gold));
  return {precision, recall, HarmonicMean(precision, recall)};
}

PrecisionRecall BruteForceBCubed(const Labels& gold, const Labels& predicted) {
  double precision = 0;
  double recall = 0;
  for (size_t i = 0; i < gold.size(); ++i) {
    double both = 0;
    double in_gold = 0;
    double in_predicted = 0;
    for (size_t j = 0; j < gold.size(); ++j) {
      in_gold += gold[i] == gold[j];
      in_predicted += predicted[i] == predicted[j];
      both += gold[i] == gold[j] && predicted[i] == predicted[j];
    }
    precision += both / in_predicted;
    recall += both / in_gold;
  }
  precision /= static_cast<double>(gold.size());
  recall /= static_cast<double>(gold.size());
  return {precision, recall, HarmonicMean(precision, recall)};
}

double MutualInformation(const Labels& gold, const Labels& predicted) {
  std::map<uint32_t, double> row;
  std::map<uint32_t, double> column;
  std::map<std::pair<uint32_t, uint32_t>, double> cell;
  const double share = 1.0 / static_cast<double>(gold.size());
  for (size_t i = 0; i < gold.size(); ++i) {
    row[gold[i]] += share;
    column[predicted[i]] += share;
    cell[{gold[i], predicted[i]}] += share;
  }
  double sum = 0;
  for (const auto& [labels, p] : cell) {
    sum += p * std::log(p / (row[labels.first] * column[labels.second]));
  }
  return sum;
}

// Returns `agreement` adjusted for chance: its mean is taken over every way to
// deal the predicted labels to the items, its maximum is the mean of what each
// side has with itself.
double AdjustByDealing(double (*agreement)(const Labels&, const Labels&),
                       const Labels& gold, const Labels& predicted) {
  Labels deal = predicted;
  std::ranges::sort(deal);
  double sum = 0;
  double deals = 0;
  do {
    sum += agreement(gold, deal);
    ++deals;
  } while (std::ranges::next_permutation(deal).found);
  const double expected = sum / deals;
  const double maximum =
      (agreement(gold, gold) + agreement(predicted, predicted)) / 2;
  return (agreement(gold, predicted) - expected) / (maximum - expected);
}

// ---- Literals.  BCubed and pairs by hand or by a numpy double loop; the
// adjusted indices by scikit-learn 1.2.1.

TEST_CASE("the example of score.cc scores as worked out there", "[score]") {
  const ClusteringScores scores =
      ScoreClustering(Letters("AAAABB"), Letters("xxxyyz"));
  CHECK(scores.items == 6);
  CHECK(scores.gold_clusters == 2);
  CHECK(scores.predicted_clusters == 3);
  CheckNear(scores.pairwise, {3.0 / 4, 3.0 / 7, 6.0 / 11});
  CheckNear(scores.bcubed, {5.0 / 6, 7.0 / 12, 35.0 / 51});
  CHECK(scores.adjusted_rand_index == Near(0.3119266055045872));
  CHECK(scores.adjusted_mutual_information == Near(0.2596652676041464));
}

TEST_CASE("merging across gold clusters costs precision and recall",
          "[score]") {
  const ClusteringScores scores =
      ScoreClustering(Letters("AABBCC"), Letters("xxxyyy"));
  CheckNear(scores.pairwise, {1.0 / 3, 2.0 / 3, 4.0 / 9});
  CheckNear(scores.bcubed, {5.0 / 9, 5.0 / 6, 2.0 / 3});
  CHECK(scores.adjusted_rand_index == Near(0.24242424242424243));
  CHECK(scores.adjusted_mutual_information == Near(0.29879245817088995));
}

TEST_CASE("clusters that cross each other score below chance", "[score]") {
  const ClusteringScores scores =
      ScoreClustering(Letters("AABB"), Letters("xyxy"));
  CheckNear(scores.pairwise, {0, 0, 0});
  CheckNear(scores.bcubed, {0.5, 0.5, 0.5});
  CHECK(scores.adjusted_rand_index == Near(-0.5));
  CHECK(scores.adjusted_mutual_information == Near(-0.5));
}

TEST_CASE("one misplaced pair and lone items score as in scikit-learn",
          "[score]") {
  const ClusteringScores mixed =
      ScoreClustering(Letters("AAABBBCCD"), Letters("xxyyzzzxw"));
  CheckNear(mixed.pairwise, {2.0 / 7, 2.0 / 7, 2.0 / 7});
  CheckNear(mixed.bcubed, {16.0 / 27, 16.0 / 27, 16.0 / 27});
  CHECK(mixed.adjusted_rand_index == Near(0.11330049261083744));
  CHECK(mixed.adjusted_mutual_information == Near(0.15113512471285323));

  const ClusteringScores close =
      ScoreClustering(Letters("AAAAAABBBBCC"), Letters("xxxxxxyyyzzz"));
  CheckNear(close.pairwise, {19.0 / 21, 19.0 / 22, 38.0 / 43});
  CheckNear(close.bcubed, {8.0 / 9, 7.0 / 8, 112.0 / 127});
  CHECK(close.adjusted_rand_index == Near(0.8275862068965517));
  CHECK(close.adjusted_mutual_information == Near(0.7828446693765336));
}

// A quarter of the items were thrown at random among 64 labels.
TEST_CASE("two hundred items score as in scikit-learn", "[score]") {
  const Labels gold = Letters(
      "JOBACrNAICAAGoDFKJLECEvEGCVQHDCCBbFHFJcBIeKICZAAKK"
      "AMERBXMAAGBACCLdDSAFMSCLDHDGWDBBNBgBIBAABIAIAtBHBE"
      "DnQGsRABGAOEkAfPUCABiFMFBBAuJqCUBAOHNBYlChEEwBHmBD"
      "BFCAACAaAAEEDABTEDBACCDDDAAAPFDGFKLTAjAACJPGAHpABA");
  const Labels predicted = Letters(
      "JOMQCrN-FCAPfoDnKOLyCLvEYCVQjDCCB0FHk6cBIGKFCZAAKc"
      "AMERBXRAAGBnCCLdDSJF6SCLDH4GlDjB+BgBIBAqPIAwAtfH5E"
      "DnQGsRAbZAcEkAJPUCABiFMFhBquJqiUBOOHQBYlChEEwBHmBD"
      "BICAACA8AAEEDABTiDPzCCUDDAAAPFDE4KL8hjidCJPGAHpAhA");
  const ClusteringScores scores = ScoreClustering(gold, predicted);
  CHECK(scores.items == 200);
  CHECK(scores.gold_clusters == 49);
  CHECK(scores.predicted_clusters == 55);
  CheckNear(scores.pairwise,
            {0.8822800495662949, 0.5046066619418852, 0.6420198376916141});
  CheckNear(scores.bcubed,
            {0.7618253968253968, 0.638843992043992, 0.6949356951982593});
  CHECK(scores.adjusted_rand_index == Near(0.6225446566464519));
  CHECK(scores.adjusted_mutual_information == Near(0.6558488612301632));
}

// The four overlaps are 18, 42, 16 and 24 thousand; mutual information by
// mpmath with 40 digits.
TEST_CASE("big clusters keep their digits", "[score]") {
  Labels gold;
  Labels predicted;
  for (uint32_t i = 0; i < 100'000; ++i) {
    gold.push_back(i < 60'000);
    predicted.push_back(i % 10 < (i < 60'000 ? 3 : 4));
  }
  const ClusteringScores scores = ScoreClustering(gold, predicted);
  CHECK(scores.adjusted_mutual_information == Near(0.0080777469262257314));
}

// No overlap has a pair; in a random deal each of (n / 2)^2 overlaps has one
// with probability 2 / (n (n - 1)).  So both indices are -1 / (n - 2).
TEST_CASE("a million items in crossing pairs score a hair below chance",
          "[score]") {
  constexpr uint32_t kItems = 1'000'000;
  Labels gold(kItems);
  Labels predicted(kItems);
  for (uint32_t i = 0; i < kItems; ++i) {
    gold[i] = i / 2;
    predicted[i] = i % (kItems / 2);
  }
  const ClusteringScores scores = ScoreClustering(gold, predicted);
  CHECK(scores.gold_clusters == kItems / 2);
  CHECK(scores.predicted_clusters == kItems / 2);
  const auto expected = Approx(-1.0 / (kItems - 2)).epsilon(1e-12);
  CHECK(scores.adjusted_rand_index == expected);
  CHECK(scores.adjusted_mutual_information == expected);
}

TEST_CASE("counts of pairs beyond 32 bits are exact", "[score]") {
  Labels halves(200'000);
  for (uint32_t i = 0; i < 200'000; ++i) halves[i] = i < 100'000;
  const ClusteringScores scores = ScoreClustering(OneCluster(200'000), halves);
  CHECK(scores.pairwise.precision == 1);
  CHECK(scores.pairwise.recall == Near(99'999.0 / 199'999.0));
}

// ---- Degenerate inputs.

TEST_CASE("no items score 1 throughout", "[score]") {
  const ClusteringScores scores = ScoreClustering({}, {});
  CHECK(scores.items == 0);
  CheckSame(scores.pairwise, {1, 1, 1});
  CheckSame(scores.bcubed, {1, 1, 1});
  CHECK(scores.adjusted_rand_index == 1);
  CHECK(scores.adjusted_mutual_information == 1);
}

TEST_CASE("equal clusterings score exactly 1", "[score]") {
  const Labels gold = GENERATE(AllLone(1), AllLone(5), OneCluster(2),
                               OneCluster(5), Letters("AABBBBCDDDE"));
  Labels renamed = gold;
  for (uint32_t& label : renamed) label = 1000 - label;
  const ClusteringScores scores = ScoreClustering(gold, renamed);
  CheckSame(scores.pairwise, {1, 1, 1});
  CheckSame(scores.bcubed, {1, 1, 1});
  CHECK(scores.adjusted_rand_index == 1);
  CHECK(scores.adjusted_mutual_information == 1);
}

TEST_CASE("a trivial clustering against another scores exactly 0",
          "[score][prop]") {
  const uint32_t items = GENERATE(3u, 10u, 100u, 3'000u);
  const Labels trivial = GENERATE_COPY(AllLone(items), OneCluster(items));
  std::mt19937 random(items);
  Labels other = RandomLabels(items, items / 3 + 1, random);
  other[0] = other[1] = 0;
  other[2] = 1;
  for (const ClusteringScores& scores :
       {ScoreClustering(trivial, other), ScoreClustering(other, trivial)}) {
    CHECK(scores.adjusted_rand_index == 0);
    CHECK(scores.adjusted_mutual_information == 0);
  }
}

TEST_CASE("all lone has full precision and one cluster has full recall",
          "[score]") {
  const Labels gold = Letters("AAABBC");
  const ClusteringScores lone = ScoreClustering(gold, AllLone(6));
  CheckSame(lone.pairwise, {1, 0, 0});
  CheckNear(lone.bcubed, {1, 0.5, 2.0 / 3});
  const ClusteringScores one = ScoreClustering(gold, OneCluster(6));
  CheckNear(one.pairwise, {4.0 / 15, 1, 8.0 / 19});
  CheckNear(one.bcubed, {14.0 / 36, 1, 14.0 / 25});
}

TEST_CASE("all lone against one cluster is at chance", "[score]") {
  const ClusteringScores scores = ScoreClustering(AllLone(4), OneCluster(4));
  CheckSame(scores.pairwise, {0, 1, 0});
  CheckNear(scores.bcubed, {0.25, 1, 0.4});
  CHECK(scores.adjusted_rand_index == 0);
  CHECK(scores.adjusted_mutual_information == 0);
}

// ---- Properties and oracles on random labelings.

TEST_CASE("pairwise and BCubed agree with brute force", "[score][prop]") {
  std::mt19937 random(1);
  const uint32_t clusters = GENERATE(1u, 2u, 5u, 20u, 60u, 1000u);
  for (size_t items = 1; items <= 80; items += 3) {
    const Labels gold = RandomLabels(items, clusters, random);
    const Labels predicted = RandomLabels(items, 12, random);
    const ClusteringScores scores = ScoreClustering(gold, predicted);
    CheckNear(scores.pairwise, BruteForcePairwise(gold, predicted));
    CheckNear(scores.bcubed, BruteForceBCubed(gold, predicted));
  }
}

TEST_CASE("adjusted indices agree with dealing in every way", "[score][prop]") {
  std::mt19937 random(2);
  for (uint32_t round = 0; round < 40; ++round) {
    Labels gold = RandomLabels(7, 2 + round % 3, random);
    Labels predicted = RandomLabels(7, 2 + round % 4, random);
    // Neither side is trivial with these: a pair and one apart.
    gold[0] = gold[1] = predicted[0] = predicted[2] = 0;
    gold[6] = predicted[6] = 1;
    const ClusteringScores scores = ScoreClustering(gold, predicted);
    CHECK(scores.adjusted_rand_index ==
          Near(AdjustByDealing(SharedPairs, gold, predicted)));
    CHECK(scores.adjusted_mutual_information ==
          Near(AdjustByDealing(MutualInformation, gold, predicted)));
  }
}

TEST_CASE("swapping the sides swaps precision and recall only",
          "[score][prop]") {
  std::mt19937 random(3);
  const Labels gold = RandomLabels(300, 40, random);
  const Labels predicted = RandomLabels(300, 90, random);
  const ClusteringScores forth = ScoreClustering(gold, predicted);
  const ClusteringScores back = ScoreClustering(predicted, gold);
  CHECK(forth.gold_clusters == back.predicted_clusters);
  CheckNear(forth.pairwise,
            {back.pairwise.recall, back.pairwise.precision, back.pairwise.f1});
  CheckNear(forth.bcubed,
            {back.bcubed.recall, back.bcubed.precision, back.bcubed.f1});
  CHECK(forth.adjusted_rand_index == Near(back.adjusted_rand_index));
  CHECK(forth.adjusted_mutual_information ==
        Near(back.adjusted_mutual_information));
}

TEST_CASE("names of clusters and order of items do not change a bit",
          "[score][prop][deterministic]") {
  std::mt19937 random(4);
  const Labels gold = RandomLabels(500, 150, random);
  const Labels predicted = RandomLabels(500, 60, random);

  Labels renamed_gold;
  Labels renamed_predicted;
  for (size_t i = gold.size(); i-- > 0;) {
    // Multiplying by an odd number gives every label another of 32 bits.
    renamed_gold.push_back(gold[i] * 2654435761u);
    renamed_predicted.push_back(std::numeric_limits<uint32_t>::max() -
                                predicted[i]);
  }
  CheckSame(ScoreClustering(gold, predicted),
            ScoreClustering(renamed_gold, renamed_predicted));
}

TEST_CASE("random clusterings score near 0 when adjusted for chance",
          "[score][prop]") {
  std::mt19937 random(5);
  const uint32_t clusters = GENERATE(2u, 50u, 10'000u);
  const ClusteringScores scores =
      ScoreClustering(RandomLabels(20'000, clusters, random),
                      RandomLabels(20'000, clusters, random));
  CHECK(std::abs(scores.adjusted_rand_index) < 0.01);
  CHECK(std::abs(scores.adjusted_mutual_information) < 0.01);
}

}  // namespace
}  // namespace storyfold
