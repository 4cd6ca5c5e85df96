// What a state knows after some nights, whatever they brought.

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include "catch.h"
#include "state/database.h"
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

TEST_CASE("a boilerplate line that is known late reaches earlier articles",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const std::string line = "\nRead all of the Harbor Light for a crown a week.";
  const auto flags = [&](const std::string& id) {
    for (const std::string& record : LinesOf(state, ExportArticles)) {
      if (record.find("\"id\":\"" + id + "\"") == record.npos) continue;
      return record.find("\"boilerplate_lines\":[]") == record.npos;
    }
    return false;
  };
  NightRecord a = Report("a", 1, 1);
  a.text += line;
  UpdateWith(state, NightWith(1, {a}));
  CHECK_FALSE(flags("a"));
  NightRecord b = Report("b", 2, 2);
  NightRecord c = Report("c", 3, 2);
  b.text += line;
  c.text += line;
  UpdateWith(state, NightWith(2, {b, c}));
  CHECK(flags("b"));
  CHECK(flags("a"));
}

TEST_CASE("a line that is known late is not looked for in a changed text",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const std::string line = "\nRead all of the Harbor Light for a crown a week.";
  const std::string other = "\nThe ferry was late, said the harbour master.";
  NightRecord a = Report("a", 1, 1);
  a.text += line;
  UpdateWith(state, NightWith(1, {a}));
  a.text = Report("a", 1, 1).text + other;
  NightRecord b = Report("b", 2, 2);
  NightRecord c = Report("c", 3, 2);
  b.text += line;
  c.text += line;
  UpdateWith(state, NightWith(2, {a, b, c}));
  size_t found = 0;
  for (const std::string& record : LinesOf(state, ExportArticles)) {
    found += record.find("The ferry was late") != record.npos &&
             record.find("\"boilerplate_lines\":[]") != record.npos;
  }
  CHECK(found == 1);
}

TEST_CASE("a line counts once where two clusters of copies become one",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  // A closed line in the middle of a page needs three texts.
  const auto page = [](const std::string& id, int subject, int night) {
    NightRecord record = Report(id, subject, night);
    record.text += "\nRead all of the Harbor Light for a crown a week.";
    for (int line = 0; line < 3; ++line) {
      record.text += "\n" + TextAbout(10 * subject + line, 5) + ".";
    }
    return record;
  };
  UpdateWith(state, NightWith(1, {page("a", 1, 1)}));
  UpdateWith(state, NightWith(2, {page("b", 2, 2)}));
  REQUIRE(ClustersIn(state).at("a") != ClustersIn(state).at("b"));
  UpdateWith(state, NightWith(3, {page("b", 1, 3)}));
  REQUIRE(ClustersIn(state).at("a") == ClustersIn(state).at("b"));
  UpdateWith(state, NightWith(4, {page("d", 3, 4)}));
  for (const std::string& record : LinesOf(state, ExportArticles)) {
    CHECK(record.find("\"boilerplate_lines\":[]") != record.npos);
  }
}

// Nights of an outlet, with a trial whose reports tell the same background.
class TrialNights {
 public:
  // Adds a night: a report of the trial, others about what they are about
  // alone, and as many of another outlet.
  void Add(int night, int num_others = 6, int num_elsewhere = 0) {
    const std::string n = std::to_string(night);
    std::vector<NightRecord> records = {Report("trial" + n, 1, night, true)};
    for (int i = 0; i < num_others + num_elsewhere; ++i) {
      records.push_back(
          Report("o" + n + "-" + std::to_string(i), next_++, night, false));
      if (i >= num_others) records.back().source = "gazette.example";
    }
    UpdateWith(state_, AsJsonLines(records));
  }
  // Adds a night whose only report tells the background in another story.
  void AddOtherStory(int night) {
    UpdateWith(state_, AsJsonLines({Report("other", next_++, night, true)}));
  }

  // Returns the ids of the articles with boilerplate, in order.
  std::vector<std::string> Flagged() const {
    std::vector<std::string> ids;
    for (const std::string& record : LinesOf(state_, ExportArticles)) {
      if (record.find("\"boilerplate_lines\":[]") != record.npos) continue;
      const size_t begin = record.find("\"id\":\"") + 6;
      ids.push_back(record.substr(begin, record.find('"', begin) - begin));
    }
    return ids;
  }
  std::string StoryOf(const std::string& id) const {
    return StoriesIn(state_).at(id);
  }

 private:
  NightRecord Report(const std::string& id, size_t story, int night,
                     bool tells_background) {
    std::vector<std::string> lines = LinesOfStory(random_, story);
    if (tells_background) {
      lines[1] +=
          "\nThe treasurer, 41, was arrested in March after two million crowns "
          "had vanished from the accounts of the harbour fund.";
    }
    NightRecord record = storyfold::Report(id, 1, night);
    record.title.clear();
    record.text.clear();
    for (const std::string& line : lines) record.text += line + "\n";
    return record;
  }

  TempFolder folder_;
  std::string state_ = folder_ / "state";
  Random random_{19};
  size_t next_ = 2;  // story of the next report
};

TEST_CASE("what one story tells night after night stays", "[state]") {
  TrialNights nights;
  for (int night = 1; night <= 12; ++night) nights.Add(night);
  REQUIRE(nights.StoryOf("trial1") == nights.StoryOf("trial12"));
  // The first nights are in no window any more.
  CHECK(nights.Flagged().empty());
  // Another story has it, too: it is the site's wherever it is looked at.
  nights.AddOtherStory(12);
  REQUIRE(nights.StoryOf("other") != nights.StoryOf("trial12"));
  const std::vector<std::string> flagged = nights.Flagged();
  CHECK(std::ranges::count(flagged, "other") == 1);
  CHECK(std::ranges::count(flagged, "trial12") == 1);
}

TEST_CASE("what one story tells stays where the window is large", "[state]") {
  TrialNights nights;
  nights.Add(1, 6, 5200);
  for (int night = 2; night <= 5; ++night) nights.Add(night);
  REQUIRE(nights.StoryOf("trial1") == nights.StoryOf("trial5"));
  CHECK(nights.Flagged().empty());
}

TEST_CASE("lines that were taken for the site's come back to their story",
          "[state]") {
  TrialNights nights;
  for (int night = 1; night <= 3; ++night) nights.Add(night, 0);
  CHECK(nights.Flagged().size() == 3);  // all that the source has printed
  nights.Add(4, 12);
  CHECK(nights.Flagged().empty());
}

TEST_CASE("lines keep counting over nights far apart", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (const int night : {1, 10, 19}) {
    NightRecord page = Report("p" + std::to_string(night), night, night);
    page.text += "\nRead all of the Harbor Light for a crown a week.";
    UpdateWith(state, NightWith(night, {page}));
  }
  size_t flagged = 0;
  for (const std::string& record : LinesOf(state, ExportArticles)) {
    flagged += record.find("Harbor Light") != record.npos &&
               record.find("\"boilerplate_lines\":[]") == record.npos;
  }
  CHECK(flagged == 3);
}

}  // namespace
}  // namespace storyfold
