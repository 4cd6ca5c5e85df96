// What holds in a window that is too large to be read as a whole.

#include <string>
#include <vector>

#include "catch.h"
#include "storyfold/state.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// More articles than are read as a whole, each with a text of its own.
std::string LargeNight() {
  Random random(5);
  std::vector<NightRecord> records;
  for (int i = 0; i < 5100; ++i) {
    records.push_back({.id = "a" + std::to_string(i),
                       .text = RandomText(random, 25, 9'000'000),
                       .published = "2031-03-10T12:00:00Z"});
  }
  return AsJsonLines(records);
}

TEST_CASE("a pin that is taken back is followed in a large window, too",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, LargeNight());
  REQUIRE(PinArticles(state, "a1", "a4000", true).ok());
  UpdateWith(state, "");
  REQUIRE(StoriesIn(state).at("a1") == StoriesIn(state).at("a4000"));
  REQUIRE(UnpinArticles(state, "a1", "a4000").ok());
  UpdateWith(state, "");
  CHECK(StoriesIn(state).at("a1") != StoriesIn(state).at("a4000"));
}

}  // namespace
}  // namespace storyfold
