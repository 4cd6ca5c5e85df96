#include "stories/vocabulary.h"

#include <map>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Counts = std::vector<TermCount>;

TEST_CASE("terms are counted over articles and over uses", "[stories]") {
  std::vector<TermBag> bags(3);
  bags[0].terms = {{7, 1.0f, 4, 3}, {9, 0.5f, 1, 0}};
  bags[1].terms = {{2, 1.0f, 1, 1}, {9, 0.5f, 2, 1}};
  CHECK(CountTerms(bags) == Counts{{2, 1, 1, 1}, {7, 1, 4, 3}, {9, 2, 3, 1}});
  CHECK(CountTerms({}).empty());
}

TEST_CASE("counts of a random batch are those of a plain loop",
          "[stories][prop][deterministic]") {
  Random random(4);
  std::vector<TermBag> bags(500);
  std::map<uint64_t, TermCount> expected;
  for (TermBag& bag : bags) {
    uint64_t term = 0;
    for (uint64_t k = random.Below(80); k > 0; --k) {
      term += 1 + random.Below(30);
      const auto uses = static_cast<uint16_t>(1 + random.Below(5));
      bag.terms.push_back({term, 1.0f, uses, 1});
      TermCount& count = expected[term];
      count = {term, count.articles + 1, count.uses + uses,
               count.capitalised + 1};
    }
  }
  Counts plain;
  for (const auto& [term, count] : expected) plain.push_back(count);
  for (const size_t threads : {1, 4}) {
    const ThreadLimit limit(threads);
    CHECK(CountTerms(bags) == plain);
  }
}

}  // namespace
}  // namespace storyfold
