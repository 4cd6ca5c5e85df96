// What a state knows after some nights, whatever they brought.

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"
#include "support/reports.h"

namespace storyfold {
namespace {

// Returns the text with every two words in the place of each other: hardly a
// 3-gram is left of it.
std::string Swapped(const std::string& text) {
  std::istringstream words(text);
  std::string swapped;
  for (std::string one, other; words >> one >> other;) {
    swapped += other + " " + one + " ";
  }
  return swapped;
}

TEST_CASE("stories keep their ids while they grow", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  std::map<std::string, std::string> before;
  for (int night = 1; night <= 4; ++night) {
    const UpdateResult result = UpdateWith(state, StreamNight(night));
    CHECK(result.night == night);
    CHECK(result.records == result.fresh);
    CHECK(result.Count(StoryEvent::kCreated) > 0);
    const auto after = StoriesIn(state);
    for (const auto& [id, story] : before) CHECK(after.at(id) == story);
    before = after;
  }
  // One story of each event, over the nights.
  CHECK(before.at("a1-3-1") == before.at("a2-3-2"));
  CHECK(before.at("a1-3-1") == before.at("a4-3-1"));
  CHECK(before.at("a1-3-1") != before.at("a1-2-1"));
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("the same night twice changes nothing but the log of runs",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  UpdateWith(state, StreamNight(2));
  const std::string before = ContentOf(state);
  const UpdateResult again = UpdateWith(state, StreamNight(2));
  CHECK(again.seen == again.records);
  CHECK(again.fresh + again.changed == 0);
  CHECK(again.changes.empty());
  CHECK(ContentOf(state) == before);
}

TEST_CASE("a crawl that overlaps yesterday's brings only what is new",
          "[state]") {
  const TempFolder folder;
  UpdateWith(folder / "state", StreamNight(1));
  const UpdateResult result =
      UpdateWith(folder / "state", StreamNight(1) + StreamNight(2));
  CHECK(result.seen == result.records - result.fresh);
  CHECK(result.seen > 0);
  CHECK(result.fresh > 0);
}

TEST_CASE("a window is read by its index, pinned articles besides", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const UpdateOptions narrow = {.settings = {.window_days = 1}};
  UpdateWith(state, AsJsonLines(Filler(0)), narrow);
  REQUIRE(PinArticles(state, "f0-1", "f0-2", true).ok());
  UpdateWith(state, AsJsonLines(Filler(5)));
  // Night 1 but for the pinned two lies before the window.
  CHECK(UpdateWith(state, AsJsonLines(Filler(6, 3))).window_articles ==
        20 + 3 + 2);
}

TEST_CASE("metrics that cannot be written leave the state as it was",
          "[state][cli]") {
  const TempFolder folder;
  WriteFile(folder / "file", "");
  for (const std::string metrics : {"none/m", "file/m", "."}) {
    const ProcessResult result =
        RunTool({"update", "-", "--state", folder / "state", "--metrics",
                 folder / metrics},
                StreamNight(1));
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.err, ContainsSubstring(folder / metrics));
    CHECK_FALSE(std::filesystem::exists(folder / "state"));
  }
}

TEST_CASE("an update refuses the options it would ignore", "[state][cli]") {
  const TempFolder folder;
  const std::vector<std::vector<std::string>> ignored = {
      {"--vectors", "v.npy"}, {"--vector-field", "v"}, {"--learned"}};
  for (const auto& option : ignored) {
    std::vector<std::string> arguments = {"update", "-", "--state",
                                          folder / "state"};
    arguments.insert(arguments.end(), option.begin(), option.end());
    const ProcessResult result = RunTool(arguments, StreamNight(1));
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err, ContainsSubstring(option[0]));
  }
  CHECK_FALSE(std::filesystem::exists(folder / "state"));
}

TEST_CASE("a state does not depend on the number of threads",
          "[state][deterministic]") {
  const TempFolder folder;
  WriteFile(folder / "1.jsonl", StreamNight(1));
  WriteFile(folder / "2.jsonl", StreamNight(2));
  for (const std::string threads : {"1", "4"}) {
    for (const std::string night : {"1.jsonl", "2.jsonl"}) {
      REQUIRE(RunTool({"update", "--quiet", "--threads", threads,
                       folder / night, "--state", folder / threads})
                  .exit_code == 0);
    }
  }
  CHECK(ContentOf(folder / "1") == ContentOf(folder / "4"));
}

TEST_CASE("a story older than the window closes and takes no more articles",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("a", 1, 1)}));
  // The same words, but no copy.
  NightRecord soon = Report("soon", 1, 5);
  NightRecord late = Report("late", 1, 13);
  soon.text = Swapped(soon.text);
  late.text = Swapped(late.text.substr(late.text.find(' ') + 1));
  CHECK(UpdateWith(state, NightWith(5, {soon})).Count(StoryEvent::kClosed) ==
        0);
  CHECK(StoriesIn(state).at("soon") == StoriesIn(state).at("a"));
  CHECK(UpdateWith(state, NightWith(9, {})).Count(StoryEvent::kClosed) == 20);
  CHECK(UpdateWith(state, NightWith(13, {late})).Count(StoryEvent::kClosed) ==
        21);
  CHECK(StoriesIn(state).at("late") != StoriesIn(state).at("a"));
}

TEST_CASE(
    "a copy of an article from before the window joins its cluster and "
    "its story",
    "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("a", 1, 1), Report("b", 2, 1)}));
  UpdateWith(state, NightWith(10, {}));
  NightRecord copy = Report("copy", 1, 19);
  copy.source = "copier.example";
  NightRecord edited = Report("edited", 2, 19);
  edited.source = "editor.example";
  Random random(5);
  edited.text = Edit(random, edited.text, 0.05);
  const UpdateResult result = UpdateWith(state, NightWith(19, {copy, edited}));
  CHECK(result.Count(StoryEvent::kGrew) == 2);
  const auto clusters = ClustersIn(state);
  const auto stories = StoriesIn(state);
  CHECK(clusters.at("copy") == clusters.at("a"));
  CHECK(stories.at("copy") == stories.at("a"));
  CHECK(clusters.at("edited") == clusters.at("b"));
  CHECK(stories.at("edited") == stories.at("b"));
  // And stays there the night after.
  UpdateWith(state, NightWith(20, {}));
  CHECK(StoriesIn(state).at("copy") == stories.at("a"));
}

TEST_CASE("a copy of an old article follows its story where that merges",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("p", 1, 1), Report("o", 2, 1)}));
  NightRecord p2 = Report("p2", 1, 6);
  NightRecord q = Report("q", 2, 6);
  p2.text = Swapped(p2.text);
  q.text = Swapped(q.text);
  UpdateWith(state, NightWith(6, {p2, q}));
  REQUIRE(StoriesIn(state).at("q") == StoriesIn(state).at("o"));
  REQUIRE(PinArticles(state, "p2", "q", true).ok());
  NightRecord copy = Report("copy", 2, 10);
  copy.source = "copier.example";
  const UpdateResult result = UpdateWith(state, NightWith(10, {copy}));
  CHECK(result.Count(StoryEvent::kMerged) == 1);
  // The log has those of before the window, too.
  const auto merged = std::ranges::find(result.changes, StoryEvent::kMerged,
                                        &StoryChange::event);
  CHECK(
      std::set<std::string>(merged->articles.begin(), merged->articles.end()) ==
      std::set<std::string>{"o", "q"});
  const auto stories = StoriesIn(state);
  CHECK(ClustersIn(state).at("copy") == ClustersIn(state).at("o"));
  CHECK(stories.at("copy") == stories.at("p"));
  CHECK(stories.at("o") == stories.at("p"));
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("articles with wrong times or none are compared with the night",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("a", 1, 1), Report("b", 2, 1),
                                  Report("c", 3, 1)}));
  std::vector<NightRecord> late = {Report("a2", 1, 2), Report("b2", 2, 2),
                                   Report("c2", 3, 2)};
  late[0].published = "1970-01-01T00:00:00Z";
  late[1].published = "2099-12-31T00:00:00Z";
  late[2].published = "";
  for (NightRecord& record : late) record.text += "\n" + TextAbout(500, 20);
  UpdateWith(state, NightWith(2, late));
  const auto stories = StoriesIn(state);
  CHECK(stories.at("a2") == stories.at("a"));
  CHECK(stories.at("b2") == stories.at("b"));
  CHECK(stories.at("c2") == stories.at("c"));
  CHECK(ReadStateInfo(state)->open_stories == ReadStateInfo(state)->stories);
}

}  // namespace
}  // namespace storyfold
