// What becomes of a person's word while stories merge and come apart.

#include <map>
#include <string>

#include "catch.h"
#include "support/nights.h"
#include "support/process.h"
#include "support/reports.h"

namespace storyfold {
namespace {

// Returns the headline of the story of an article.
std::string HeadlineOf(const std::string& state, const std::string& id) {
  const std::string story = StoriesIn(state).at(id);
  for (const std::string& line : LinesOf(state, ExportStories)) {
    if (!line.starts_with("{\"id\":\"" + story + "\"")) continue;
    const size_t begin = line.find("\"headline\":\"") + 12;
    return line.substr(begin, line.find('"', begin) - begin);
  }
  return {};
}

// A state of two stories of two articles, the second one with a headline.
class StateWithHeadline {
 public:
  StateWithHeadline() {
    UpdateWith(path, NightWith(1, {Report("f1", 1, 1), Report("f2", 1, 1),
                                   Report("b1", 2, 1), Report("b2", 2, 1)}));
    REQUIRE(PinHeadline(path, StoriesIn(path).at("b1"), "Bank").ok());
  }
  void Merge() {
    REQUIRE(PinArticles(path, "f1", "b1", true).ok());
    UpdateWith(path, NightWith(2, {}));
    REQUIRE(StoriesIn(path).at("f1") == StoriesIn(path).at("b2"));
  }
  void Part() {
    REQUIRE(UnpinArticles(path, "f1", "b1").ok());
    UpdateWith(path, NightWith(3, {}));
    REQUIRE(StoriesIn(path).at("f1") != StoriesIn(path).at("b2"));
  }

 private:
  TempFolder folder_;

 public:
  const std::string path = folder_ / "state";
};

TEST_CASE("a headline goes with its story where that merges and parts again",
          "[state]") {
  StateWithHeadline state;
  state.Merge();
  CHECK(HeadlineOf(state.path, "f1") == "Bank");
  state.Part();
  CHECK(HeadlineOf(state.path, "b1") == "Bank");
  CHECK(HeadlineOf(state.path, "f1") != "Bank");
  // And once more.
  state.Merge();
  CHECK(HeadlineOf(state.path, "f1") == "Bank");
  CHECK(VerifyState(state.path)->empty());
}

TEST_CASE("of two headlines each goes with its own story", "[state]") {
  StateWithHeadline state;
  REQUIRE(
      PinHeadline(state.path, StoriesIn(state.path).at("f1"), "Ferry").ok());
  state.Merge();
  CHECK(HeadlineOf(state.path, "b1") == "Ferry");
  state.Part();
  CHECK(HeadlineOf(state.path, "b1") == "Bank");
  CHECK(HeadlineOf(state.path, "f1") == "Ferry");
}

TEST_CASE("a headline that was taken back stays away", "[state]") {
  StateWithHeadline state;
  state.Merge();
  REQUIRE(
      RunTool({"state", "unpin", state.path, StoriesIn(state.path).at("b1")})
          .exit_code == 0);
  state.Part();
  CHECK(HeadlineOf(state.path, "b1") != "Bank");
  CHECK(HeadlineOf(state.path, "f1") != "Bank");
}

TEST_CASE("a headline that another one took the place of stays away, too",
          "[state]") {
  StateWithHeadline state;
  state.Merge();
  REQUIRE(
      PinHeadline(state.path, StoriesIn(state.path).at("b1"), "Better").ok());
  state.Part();
  CHECK(HeadlineOf(state.path, "b1") != "Bank");
  CHECK(HeadlineOf(state.path, "f1") == "Better");
}

}  // namespace
}  // namespace storyfold
