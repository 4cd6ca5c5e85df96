#include <algorithm>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "storyfold/score.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Labels = std::vector<uint32_t>;

struct Clusterings {
  Labels gold;
  Labels predicted;
};

// `stories` stories of four; each is found whole or, by chance, torn in two.
Clusterings HalfTorn(uint64_t seed, uint32_t stories) {
  Random random(seed);
  Clusterings made;
  for (uint32_t s = 0; s < stories; ++s) {
    const bool torn = random.Below(2) == 1;
    for (uint32_t k = 0; k < 4; ++k) {
      made.gold.push_back(s);
      made.predicted.push_back(torn && k > 1 ? stories + s : s);
    }
  }
  return made;
}

void CheckEqual(const BCubedIntervals& a, const BCubedIntervals& b) {
  const auto check = [](const Interval& x, const Interval& y) {
    CHECK(x.low == y.low);
    CHECK(x.high == y.high);
  };
  check(a.precision, b.precision);
  check(a.recall, b.recall);
  check(a.f1, b.f1);
}

TEST_CASE("equal clusterings have certain scores", "[score]") {
  const Labels labels = {3, 3, 7, 9, 9, 9};
  CheckEqual(BootstrapBCubed(labels, labels), {});
  CheckEqual(BootstrapBCubed({}, {}), {});
}

TEST_CASE("of one gold cluster both bounds are its score", "[score]") {
  // Recall: two items of two thirds, one of one third.
  const BCubedIntervals intervals =
      BootstrapBCubed(Labels{1, 1, 1}, Labels{4, 4, 5});
  CHECK(intervals.precision.low == 1);
  CHECK(intervals.recall.low == Approx(5.0 / 9));
  CHECK(intervals.recall.high == Approx(5.0 / 9));
  CHECK(intervals.f1.low == Approx(5.0 / 7));
}

TEST_CASE("the interval is as wide as the draw of the stories says",
          "[score][prop]") {
  // Recall of a story is 1 or 1/2, each with probability 1/2: a standard
  // deviation of 1/4 a story, .025 in the mean of 100, so 95 % lie within
  // .049 of it.
  const Clusterings made = HalfTorn(1, 100);
  const BCubedIntervals intervals = BootstrapBCubed(made.gold, made.predicted);
  const double recall =
      ScoreClustering(made.gold, made.predicted).bcubed.recall;
  CHECK(intervals.precision.low == 1);
  CHECK(intervals.recall.low == Approx(recall - 0.049).margin(0.008));
  CHECK(intervals.recall.high == Approx(recall + 0.049).margin(0.008));
  CHECK(intervals.f1.low < intervals.f1.high);
}

TEST_CASE("nineteen of twenty intervals hold the truth", "[score][prop]") {
  size_t held = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Clusterings made = HalfTorn(seed, 60);
    const Interval recall = BootstrapBCubed(made.gold, made.predicted).recall;
    held += recall.low <= 0.75 && 0.75 <= recall.high;
  }
  CHECK(held >= 180);
  CHECK(held <= 199);
}

TEST_CASE("sums of thirds and sevenths do not depend on labels",
          "[score][deterministic]") {
  // Each gold cluster is spread over predicted ones of many sizes.
  Random random(3);
  Clusterings made;
  for (uint32_t i = 0; i < 2'000; ++i) {
    const uint64_t predicted = random.Below(90) * random.Below(2);
    made.gold.push_back(static_cast<uint32_t>(random.Below(40)));
    made.predicted.push_back(
        static_cast<uint32_t>(predicted + random.Below(7)));
  }
  Clusterings other = made;
  for (uint32_t& label : other.gold) label = 1'000 - label;
  for (uint32_t& label : other.predicted) label = 1'000 - label;
  CheckEqual(BootstrapBCubed(other.gold, other.predicted),
             BootstrapBCubed(made.gold, made.predicted));
}

TEST_CASE("intervals depend neither on order, nor on labels, nor on threads",
          "[score][deterministic]") {
  const Clusterings made = HalfTorn(2, 50);
  const BCubedIntervals expected = BootstrapBCubed(made.gold, made.predicted);
  Clusterings other = made;
  std::ranges::reverse(other.gold);
  std::ranges::reverse(other.predicted);
  for (uint32_t& label : other.gold) label = 1'000 - label;
  for (uint32_t& label : other.predicted) label = label * 7 + 1;
  for (const size_t threads : {1, 4}) {
    const ThreadLimit limit(threads);
    CheckEqual(BootstrapBCubed(other.gold, other.predicted), expected);
  }
}

}  // namespace
}  // namespace storyfold
