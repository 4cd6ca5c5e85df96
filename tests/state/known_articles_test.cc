// What becomes of an article that comes in again, as it was, with another text
// or under another id.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "catch.h"
#include "state/replaced_texts.h"
#include "support/nights.h"
#include "support/process.h"
#include "support/reports.h"

namespace storyfold {
namespace {

TEST_CASE("an article with a changed text is a new version of itself",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("a", 1, 1), Report("b", 1, 1)}));
  const auto before = StoriesIn(state);
  NightRecord changed = Report("a", 1, 1);
  changed.text += "\nThe harbour master added a word on the tide.";
  const UpdateResult result = UpdateWith(state, AsJsonLines({changed}));
  CHECK(result.changed == 1);
  CHECK(result.fresh == 0);
  CHECK(StoriesIn(state) == before);
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes[0].event == StoryEvent::kUpdated);
  CHECK(result.changes[0].articles == std::vector<std::string>{"a"});
  // Its record is the new one.
  size_t found = 0;
  for (const std::string& line : LinesOf(state, ExportArticles)) {
    found += line.find("harbour master") != line.npos;
  }
  CHECK(found == 1);
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("an article whose text moved to another story goes there",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("a", 1, 1), Report("b", 1, 1),
                                  Report("c", 2, 1), Report("d", 2, 1)}));
  NightRecord moved = Report("a", 2, 1);
  const UpdateResult result = UpdateWith(state, AsJsonLines({moved}));
  const auto stories = StoriesIn(state);
  CHECK(stories.at("a") == stories.at("c"));
  CHECK(stories.at("a") != stories.at("b"));
  CHECK(result.Count(StoryEvent::kSplit) == 1);
}

TEST_CASE("an article that comes back under another id is known by its URL",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  NightRecord first = Report("a", 1, 1);
  first.url = "https://harborlight.example/1";
  UpdateWith(state, NightWith(1, {first}));
  NightRecord again = first;
  again.id = "other";
  const UpdateResult result = UpdateWith(state, AsJsonLines({again}));
  CHECK(result.seen == 1);
  const auto stories = StoriesIn(state);
  CHECK(stories.at("other") == stories.at("a"));
  again.text += " More of it.";
  CHECK(UpdateWith(state, AsJsonLines({again})).changed == 1);
  CHECK(StoriesIn(state).size() == stories.size());
}

TEST_CASE("an article with another URL is known by that, not by the old one",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  NightRecord record = Report("a", 1, 1);
  const auto comes_under = [&](const std::string& id, const std::string& url) {
    NightRecord again = record;
    again.id = id;
    again.url = "https://harborlight.example/" + url;
    return UpdateWith(state, AsJsonLines({again}));
  };
  CHECK(comes_under("a", "1").fresh == 1);
  record.text += " More of it.";
  CHECK(comes_under("a", "2").changed == 1);
  CHECK(comes_under("b", "2").seen == 1);
  CHECK(comes_under("c", "1").fresh == 1);
  // Now each has its own, and the first takes its old one back: two have it.
  record.text += " All of it.";
  CHECK(comes_under("a", "1").changed == 1);
  CHECK(comes_under("d", "1").fresh == 1);
  CHECK(comes_under("e", "2").fresh == 1);
}

TEST_CASE("a URL that several articles have names none of them", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  NightRecord one = Report("a", 1, 1);
  NightRecord two = Report("b", 2, 1);
  NightRecord three = Report("c", 3, 2);
  for (NightRecord* record : {&one, &two, &three}) {
    record->url = "https://harborlight.example/";
  }
  CHECK(UpdateWith(state, NightWith(1, {one, two})).fresh == 22);
  CHECK(UpdateWith(state, NightWith(2, {three})).fresh == 21);
}

TEST_CASE("records without an id are not taken for one another", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  CHECK(UpdateWith(state, AsJsonLines({Report("", 1, 1), Report("", 2, 1)}))
            .fresh == 2);
  const UpdateResult next =
      UpdateWith(state, AsJsonLines({Report("", 3, 2), Report("", 2, 1)}));
  CHECK(next.fresh == 1);
  CHECK(next.changed == 0);
  CHECK(next.seen == 1);
}

// Returns the changes of a night but for what was told of new articles.
std::vector<std::string> MovesOf(const UpdateResult& result) {
  std::vector<std::string> moves;
  for (const StoryChange& change : result.changes) {
    if (change.event != StoryEvent::kMerged &&
        change.event != StoryEvent::kSplit) {
      continue;
    }
    moves.push_back(std::string(StoryEventName(change.event)) + " " +
                    std::to_string(change.story) + " " +
                    std::to_string(change.other));
    for (const std::string& id : change.articles) moves.back() += " " + id;
  }
  return moves;
}

TEST_CASE("an article that moves to another story and back takes no id along",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const auto night = [&](int subject, int day) {
    return MovesOf(
        UpdateWith(state, NightWith(day, {Report("a", subject, day)})));
  };
  UpdateWith(state, NightWith(1, {Report("a", 1, 1), Report("b", 1, 1)}));
  UpdateWith(state, NightWith(2, {Report("d", 2, 2)}));
  const auto before = StoriesIn(state);
  REQUIRE(before.at("a") == before.at("b"));
  const auto split = [&](const char* from, const char* to) {
    return std::vector<std::string>{
        "split " + std::to_string(std::stoi(before.at(from).substr(1))) + " " +
        std::to_string(std::stoi(before.at(to).substr(1))) + " a"};
  };
  CHECK(night(2, 3) == split("b", "d"));
  CHECK(StoriesIn(state).at("a") == before.at("d"));
  CHECK(StoriesIn(state).at("b") == before.at("b"));
  CHECK(StoriesIn(state).at("d") == before.at("d"));
  CHECK(night(1, 4) == split("d", "b"));
  CHECK(StoriesIn(state).at("a") == before.at("b"));
  CHECK(StoriesIn(state).at("d") == before.at("d"));
  // A text about nothing that is known: a story of its own.
  CHECK(night(3, 5).size() == 1);
  CHECK(StoriesIn(state).at("b") == before.at("b"));
  CHECK(StoriesIn(state).at("a") > before.at("d"));
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("a lone article that moves to a story leaves its id to that",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("a", 1, 1)}));
  UpdateWith(state, NightWith(2, {Report("b", 2, 2), Report("c", 2, 2)}));
  const auto before = StoriesIn(state);
  const UpdateResult result =
      UpdateWith(state, NightWith(3, {Report("a", 2, 3)}));
  CHECK(result.Count(StoryEvent::kMerged) == 1);
  const auto after = StoriesIn(state);
  CHECK(after.at("b") == before.at("b"));
  CHECK(after.at("a") == before.at("b"));
}

TEST_CASE("an article with another text merges no story of before the window",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("old", 1, 1)}));
  NightRecord late = Report("late", 1, 6);
  late.text += " " + TextAbout(9, 60);
  UpdateWith(state, NightWith(6, {late, Report("d", 2, 6)}));
  const auto before = StoriesIn(state);
  REQUIRE(before.at("old") == before.at("late"));
  UpdateWith(state, NightWith(10, {Report("late", 2, 6)}));
  const auto after = StoriesIn(state);
  CHECK(after.at("old") == before.at("old"));
  CHECK(after.at("d") == before.at("d"));
  CHECK(after.at("late") == before.at("d"));
}

TEST_CASE("an article with another text takes no story of before the window",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("old", 1, 1), Report("a", 1, 1)}));
  const auto before = StoriesIn(state);
  REQUIRE(before.at("old") == before.at("a"));
  const UpdateResult result = UpdateWith(
      state, NightWith(20, {Report("a", 2, 20), Report("new", 2, 20)}));
  const auto after = StoriesIn(state);
  CHECK(after.at("old") == before.at("old"));
  CHECK(after.at("a") == after.at("new"));
  CHECK(after.at("a") != before.at("a"));
  CHECK(result.Count(StoryEvent::kSplit) == 1);
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("a new text that copies an old article is logged where it moves",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, NightWith(1, {Report("old", 1, 1)}));
  UpdateWith(state, NightWith(10, {Report("a", 2, 10), Report("b", 2, 10)}));
  const auto before = StoriesIn(state);
  const auto old_cluster = ClustersIn(state).at("old");
  UpdateWith(state, NightWith(11, {Report("c", 1, 11)}));
  REQUIRE(StoriesIn(state).at("c") == before.at("old"));
  const UpdateResult result =
      UpdateWith(state, NightWith(12, {Report("a", 1, 12)}));
  CHECK(StoriesIn(state).at("a") == before.at("old"));
  CHECK(StoriesIn(state).at("b") == before.at("b"));
  const auto moves = MovesOf(result);
  REQUIRE(moves.size() == 1);
  CHECK_THAT(moves[0], ContainsSubstring("split "));
  CHECK_THAT(moves[0], ContainsSubstring(" a"));
}

TEST_CASE("an article has one id everywhere, and comes in again under it",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  NightRecord first = Report("a", 1, 1);
  first.url = "https://harborlight.example/1";
  UpdateWith(state, NightWith(1, {first}));
  NightRecord again = first;
  again.id = "b-other";
  again.text += " More of it.";
  const UpdateResult result = UpdateWith(state, AsJsonLines({again}));
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes[0].articles == std::vector<std::string>{"a"});

  const auto lines = LinesOf(state, ExportArticles);
  CHECK(lines.size() == static_cast<size_t>(ReadStateInfo(state)->articles));
  const auto line = std::ranges::find_if(lines, [](const std::string& l) {
    return l.find("More of it.") != l.npos;
  });
  REQUIRE(line != lines.end());
  CHECK(line->starts_with("{\"id\":\"a\","));
  CHECK_THAT(*line, ContainsSubstring("\"other_ids\":[\"b-other\"]"));

  std::string exported;
  for (const std::string& l : lines) exported += l;
  CHECK(UpdateWith(state, exported).seen == lines.size());
  const std::string copy = folder / "copy";
  CHECK(UpdateWith(copy, exported).fresh == lines.size());
  CHECK(UpdateWith(state, exported).seen == lines.size());
  CHECK(LinesOf(copy, ExportArticles).size() == lines.size());
  CHECK(UpdateWith(copy, AsJsonLines({again})).seen == 1);
}

TEST_CASE("a crawl with two texts of one article changes it once", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  NightRecord own = Report("m", 1, 1);
  own.url = "https://harborlight.example/1";
  NightRecord other = own;
  other.id = "b-other";
  other.text += " More of it.";
  NightRecord third = own;
  third.id = "a-other";
  third.text += " Much more of it.";
  UpdateWith(state, NightWith(1, {own}));
  CHECK(UpdateWith(state, AsJsonLines({other})).changed == 1);
  CHECK(UpdateWith(state, AsJsonLines({third})).changed == 1);
  // Its own id counts, in whatever order they come.
  CHECK(UpdateWith(state, AsJsonLines({own, other, third})).changed == 1);
  const std::string before = ContentOf(state);
  CHECK(UpdateWith(state, AsJsonLines({third, own, other})).changed == 0);
  CHECK(UpdateWith(state, AsJsonLines({own, third, other})).changed == 0);
  CHECK(ContentOf(state) == before);
  // Of others the least.
  CHECK(UpdateWith(state, AsJsonLines({other, third})).changed == 1);
  CHECK(UpdateWith(state, AsJsonLines({third})).changed == 0);
  CHECK(UpdateWith(state, AsJsonLines({third, other})).changed == 0);
}

TEST_CASE("ids that come with other articles are warned of", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const auto row = [](const std::string& id, const std::string& title,
                      int subject, int day) {
    NightRecord record = Report(id, subject, day);
    record.title = title;
    return record;
  };
  UpdateWith(state,
             AsJsonLines({row("1", "Bank cuts rate to 4.25 percent", 1, 1),
                          row("2", "Ferry hits a pier", 2, 1)}));
  // A correction is none, be it long or of a headline alone.
  NightRecord corrected = row("1", "Bank cuts key rate to 4.25 percent", 1, 2);
  corrected.text += TextAbout(3, 300);
  const UpdateResult harmless = UpdateWith(state, AsJsonLines({corrected}));
  CHECK(harmless.changed == 1);
  CHECK(harmless.warnings.empty());
  // Row numbers.
  const UpdateResult restarted =
      UpdateWith(state, AsJsonLines({row("1", "Chess cup begins", 4, 3),
                                     row("2", "Glacier is drilled", 5, 3)}));
  REQUIRE(restarted.warnings.size() == 1);
  CHECK_THAT(restarted.warnings[0],
             ContainsSubstring("2 known ids came with the texts of other "
                               "articles, which replace the earlier ones, like "
                               "\"1\""));
}

// A bug: the rest of the id looked like a warning of its own.
TEST_CASE("a replaced id with a line end stays in the line of its warning",
          "[state]") {
  const auto warnings =
      WarningsOfReplaced(std::vector<std::string>{"a\nwarning: b"});
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].find('\n') == std::string::npos);
  CHECK_THAT(warnings[0], ContainsSubstring("like \"a\\nwarning: b\""));
}

}  // namespace
}  // namespace storyfold
