#include "duplicates/rare_shingles.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Set = std::vector<uint32_t>;

RareShingles Keep(const std::vector<Set>& sets,
                  const DuplicateOptions& options = {}) {
  const std::vector<std::span<const uint32_t>> spans(sets.begin(), sets.end());
  return KeepRareShingles(spans, options);
}

Set Row(const RareShingles& rare, size_t i) {
  return {rare.rows.Row(i).begin(), rare.rows.Row(i).end()};
}

Set Range(uint32_t begin, uint32_t end) {
  Set set;
  for (uint32_t x = begin; x < end; ++x) set.push_back(x);
  return set;
}

uint32_t Own(size_t set) { return static_cast<uint32_t>(1000 + set); }

// `num_sets` sets, of which the first `sharers` hold shingle 1.
std::vector<Set> OneShared(size_t num_sets, size_t sharers) {
  std::vector<Set> sets;
  for (size_t i = 0; i < num_sets; ++i) {
    sets.push_back(i < sharers ? Set{1, Own(i)} : Set{Own(i)});
  }
  return sets;
}

size_t KeptOf(const std::vector<Set>& sets, const DuplicateOptions& options) {
  return Keep(sets, options).rows.values.size();
}

TEST_CASE("a shingle of one set only is not kept", "[duplicates]") {
  const RareShingles rare = Keep({{1, 2, 3}, {2, 3, 4}, {}, {9}});
  CHECK(Row(rare, 0) == Set{2, 3});
  CHECK(Row(rare, 1) == Set{2, 3});
  CHECK(Row(rare, 2).empty());
  CHECK(Row(rare, 3).empty());
  CHECK(rare.total == std::vector<uint32_t>{3, 3, 0, 1});
}

TEST_CASE("no sets, no rare shingles", "[duplicates]") {
  CHECK(Keep({}).rows.size() == 0);
  CHECK(JoinByRareShingles(Keep({}), 0.3).empty());
}

TEST_CASE("among few sets rare_least of them may share a rare shingle",
          "[duplicates]") {
  const DuplicateOptions options{.rare_share = 0.005, .rare_least = 8};
  CHECK(KeptOf(OneShared(20, 2), options) == 2);
  CHECK(KeptOf(OneShared(20, 8), options) == 8);
  CHECK(KeptOf(OneShared(20, 9), options) == 0);
}

TEST_CASE("a share of the sets may share a rare shingle", "[duplicates]") {
  const DuplicateOptions options{.rare_share = 0.25, .rare_least = 8};
  CHECK(KeptOf(OneShared(200, 50), options) == 50);
  CHECK(KeptOf(OneShared(200, 51), options) == 0);
}

TEST_CASE("among many sets rare_most of them may share a rare shingle",
          "[duplicates]") {
  const DuplicateOptions options{.rare_share = 0.5, .rare_most = 100};
  CHECK(KeptOf(OneShared(1000, 100), options) == 100);
  CHECK(KeptOf(OneShared(1000, 101), options) == 0);
}

TEST_CASE("the weight is the share of the smaller row, for nine tenths",
          "[duplicates]") {
  // 0 and 1 share 8..15; the rest of each is shared with 2 or 3.
  const std::vector<WeightedEdge> edges = JoinByRareShingles(
      Keep({Range(0, 16), Range(8, 40), Range(0, 8), Range(16, 40)}), 0.3);
  REQUIRE(edges.size() == 3);
  CHECK(edges[0].weight == Approx(0.5 * (0.9 + 0.1 * 8 / 32)));
  CHECK(edges[1].weight == Approx(0.9 + 0.1 * 8 / 16));
  CHECK(edges[2].weight == Approx(0.9 + 0.1 * 24 / 32));
}

TEST_CASE("of two sets that contain a third the one nearer in size weighs more",
          "[duplicates]") {
  const RareShingles rare = Keep({Range(0, 40), Range(0, 44), Range(0, 400)});
  CHECK(CopySimilarity(rare, 0, 1, 40) == Approx(0.990909));
  CHECK(CopySimilarity(rare, 0, 2, 40) == Approx(0.91));
  CHECK(CopySimilarity(rare, 2, 0, 40) == CopySimilarity(rare, 0, 2, 40));
}

TEST_CASE("sets may hold a shingle often, in any order", "[duplicates]") {
  const RareShingles rare = Keep({{7, 5, 7, 9, 5}, {9, 7, 7}, {3, 3, 3}});
  CHECK(Row(rare, 0) == Set{7, 9});
  CHECK(Row(rare, 1) == Set{7, 9});
  CHECK(Row(rare, 2).empty());  // one set only, however often
  CHECK(rare.total == std::vector<uint32_t>{3, 2, 1});
}

TEST_CASE("sets that share less than the minimum have no edge",
          "[duplicates]") {
  const RareShingles rare =
      Keep({Range(0, 20), Range(10, 30), Range(0, 10), Range(20, 30)});
  // 0 and 1 share half: .5 * (.9 + .1 / 2).
  CHECK(JoinByRareShingles(rare, 0.47).size() == 3);
  CHECK(JoinByRareShingles(rare, 0.48).size() == 2);
}

TEST_CASE("rows of fewer than six rare shingles have no edge", "[duplicates]") {
  CHECK(JoinByRareShingles(Keep({Range(0, 5), Range(0, 5)}), 0.3).empty());
  CHECK(JoinByRareShingles(Keep({Range(0, 6), Range(0, 6)}), 0.3) ==
        std::vector<WeightedEdge>{{0, 1, 1.0}});
}

TEST_CASE("a quote in two texts of their own is no edge", "[duplicates]") {
  // All that each shares is the quote, but that is little of either.
  const auto with_quote = [](uint32_t own, uint32_t size) {
    Set set = Range(0, 12);
    const Set rest = Range(own, own + size - 12);
    set.insert(set.end(), rest.begin(), rest.end());
    return set;
  };
  const auto edges = [&](uint32_t size_a, uint32_t size_b) {
    return JoinByRareShingles(
        Keep({with_quote(1000, size_a), with_quote(2000, size_b)}), 0.3);
  };
  CHECK(edges(250, 300).empty());
  CHECK(edges(60, 200).size() == 1);  // of a text of 60 it is a fifth
}

// Sets that are pieces of a few sources, with noise and common shingles.
std::vector<Set> RandomSets(Random& random, size_t num_sets) {
  std::vector<Set> sets;
  for (size_t i = 0; i < num_sets; ++i) {
    std::set<uint32_t> set;
    const auto below = [&](size_t bound) {
      return static_cast<uint32_t>(random.Below(bound));
    };
    const uint32_t source = 1000 * (1 + below(num_sets / 4));
    const uint32_t begin = below(40);
    const uint32_t length = below(50);
    for (uint32_t k = begin; k < begin + length; ++k) set.insert(source + k);
    for (uint32_t k = below(30); k > 0; --k) {
      set.insert(1'000'000 + below(1'000'000));
    }
    for (uint32_t k = below(20); k > 0; --k) set.insert(below(60));
    sets.emplace_back(set.begin(), set.end());
  }
  return sets;
}

std::vector<Set> SlowRareRows(const std::vector<Set>& sets, size_t limit) {
  std::map<uint32_t, size_t> frequency;
  for (const Set& set : sets) {
    for (const uint32_t shingle : set) ++frequency[shingle];
  }
  std::vector<Set> rows(sets.size());
  for (size_t i = 0; i < sets.size(); ++i) {
    for (const uint32_t shingle : sets[i]) {
      const size_t n = frequency[shingle];
      if (n >= 2 && n <= limit) rows[i].push_back(shingle);
    }
  }
  return rows;
}

// Compares every pair.
std::vector<WeightedEdge> SlowEdges(const std::vector<Set>& sets,
                                    const std::vector<Set>& rows,
                                    double min_similarity) {
  std::vector<WeightedEdge> edges;
  for (uint32_t a = 0; a < rows.size(); ++a) {
    for (uint32_t b = a + 1; b < rows.size(); ++b) {
      Set both;
      std::ranges::set_intersection(rows[a], rows[b], std::back_inserter(both));
      const size_t smaller = std::min(rows[a].size(), rows[b].size());
      const size_t whole = std::min(sets[a].size(), sets[b].size());
      const auto shared = static_cast<double>(both.size());
      const double least = kLeastOverall * static_cast<double>(whole);
      if (smaller < kLeastRareShingles || shared < least) continue;
      const auto longer =
          static_cast<double>(std::max(sets[a].size(), sets[b].size()));
      const double weight =
          shared / static_cast<double>(smaller) * (0.9 + 0.1 * shared / longer);
      if (weight >= min_similarity) edges.push_back({a, b, weight});
    }
  }
  return edges;
}

TEST_CASE("joining by rare shingles equals comparing all pairs",
          "[duplicates][prop]") {
  Random random(15);
  size_t compared = 0;
  for (int round = 0; round < 30; ++round) {
    const std::vector<Set> sets = RandomSets(random, 40 + random.Below(120));
    const DuplicateOptions options{
        .rare_share = 0.0001,
        .rare_least = static_cast<uint32_t>(2 + random.Below(10))};
    const std::vector<Set> rows = SlowRareRows(sets, options.rare_least);
    const RareShingles rare = Keep(sets, options);
    CAPTURE(round);
    for (size_t i = 0; i < sets.size(); ++i) {
      REQUIRE(Row(rare, i) == rows[i]);
      REQUIRE(rare.total[i] == sets[i].size());
    }
    const double least = 0.1 + 0.8 * random.Unit();
    const std::vector<WeightedEdge> expected = SlowEdges(sets, rows, least);
    const auto edges = JoinByRareShingles(rare, least);
    REQUIRE(edges.size() == expected.size());
    for (size_t e = 0; e < edges.size(); ++e) {
      REQUIRE(edges[e].a == expected[e].a);
      REQUIRE(edges[e].b == expected[e].b);
      REQUIRE(edges[e].weight == Approx(expected[e].weight));
    }
    compared += expected.size();
  }
  CHECK(compared > 500);
}

TEST_CASE("edges of rare shingles are equal at 1 and 4 threads",
          "[duplicates][deterministic]") {
  Random random(16);
  const std::vector<Set> sets = RandomSets(random, 1000);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return JoinByRareShingles(Keep(sets), 0.3);
  };
  const std::vector<WeightedEdge> edges = run(1);
  CHECK(edges.size() > 100);
  CHECK(run(4) == edges);
}

}  // namespace
}  // namespace storyfold
