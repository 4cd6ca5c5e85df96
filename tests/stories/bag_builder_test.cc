#include "stories/bag_builder.h"

#include <map>
#include <random>

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("a bag holds the sum of each term, ascending", "[stories]") {
  std::mt19937_64 random(5);
  BagBuilder builder;
  for (const size_t size : {0, 1, 50, 3'000}) {
    std::map<uint64_t, WeightedTerm> sums;
    for (size_t i = 0; i < 3 * size; ++i) {
      // Many share their low bits, which choose the place in the table.
      const WeightedTerm term = {(random() % size) << (random() % 2 * 40), 0.5f,
                                 1, static_cast<uint16_t>(i % 2)};
      builder.Add(term);
      WeightedTerm& sum = sums[term.term];
      sum.term = term.term;
      sum.weight += term.weight;
      ++sum.uses;
      sum.capitalised = static_cast<uint16_t>(sum.capitalised + i % 2);
    }
    const auto terms = builder.Take();
    REQUIRE(terms.size() == sums.size());
    auto expected = sums.begin();
    for (const WeightedTerm& t : terms) {
      CHECK(t.term == expected->first);
      CHECK(t.weight == expected->second.weight);
      CHECK(t.uses == expected->second.uses);
      CHECK(t.capitalised == expected->second.capitalised);
      ++expected;
    }
  }
}

TEST_CASE("the count of uses stays at its largest number", "[stories]") {
  BagBuilder builder;
  for (int i = 0; i < 70'000; ++i) builder.Add({7, 1, 1, 1});
  const auto terms = builder.Take();
  REQUIRE(terms.size() == 1);
  CHECK(terms[0].uses == 65'535);
  CHECK(terms[0].capitalised == 65'535);
  CHECK(terms[0].weight == 70'000);
}

}  // namespace
}  // namespace storyfold
