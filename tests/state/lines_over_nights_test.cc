// Which lines of articles are boilerplate after some nights.

#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"
#include "support/reports.h"

namespace storyfold {
namespace {

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
