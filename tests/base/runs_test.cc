#include "base/runs.h"

#include <vector>

#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("items are cut where they are no longer alike", "[base]") {
  const auto lengths = [](const std::vector<int>& items) {
    std::vector<size_t> sizes;
    for (const auto run :
         CutIntoRuns(std::span(items), [](int a, int b) { return a == b; })) {
      sizes.push_back(run.size());
    }
    return sizes;
  };
  CHECK(lengths({}).empty());
  CHECK(lengths({4}) == std::vector<size_t>{1});
  CHECK(lengths({4, 4, 7, 4, 4, 4}) == std::vector<size_t>{2, 1, 3});
}

}  // namespace
}  // namespace storyfold
