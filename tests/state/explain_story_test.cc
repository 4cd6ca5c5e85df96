// What explain says of one story, of a state and of a run.

#include <string>

#include "catch.h"
#include "state/database.h"
#include "state/state_folder.h"
#include "support/nights.h"
#include "support/process.h"
#include "support/reports.h"

namespace storyfold {
namespace {

ProcessResult Explain(const std::string& name, const std::string& folder) {
  return RunTool({"explain", name, "--from", folder, "--quiet"});
}

TEST_CASE("explain tells of a story of a state who is in it and why",
          "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (int night = 1; night <= 3; ++night) {
    UpdateWith(state, StreamNight(night));
  }
  REQUIRE(PinHeadline(state, "s00000002", "The ferry").ok());
  const ProcessResult result = Explain("s00000002", state);
  CHECK(result.exit_code == 0);
  const auto says = [&](const std::string& part) {
    CHECK_THAT(result.out, ContainsSubstring(part));
  };
  says("Story s00000002  \"The ferry\"\n");
  says(
      "  9 articles, 3 of them copies; from 2031-03-01T01:00:00Z to "
      "2031-03-03T02:00:00Z.\n");
  says(
      "  Outlets: copier.example (3), outlet1.example (3), outlet2.example "
      "(3).\n");
  says("  Its words: ");
  says("  A person gave its headline.\n");
  says("  Created in night 1, last changed in night 3, open.\n");
  says(
      "\n  a1-2-1  \"Event 2\", outlet1.example, 2031-03-01T01:00:00Z\n"
      "    Closest to ");
  says(" is needed on average; ");
  says("    They share most: ");
  says("\n    A copy of a1-2-2");
  // By an article of it the same.
  CHECK(Explain("a2-2-1", state).out == result.out);
}

TEST_CASE(
    "who is left alone in the window stays as alike to its story as it was",
    "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const auto score = [&] {
    auto database = Database::Open(StateFiles(state).Catalogue(),
                                   Database::Mode::kReadOnly);
    REQUIRE(database.ok());
    Statement row =
        database->Prepare("SELECT score FROM articles WHERE id = 'a2-1-2'");
    REQUIRE(row.Next());
    return row.Real(0);
  };
  UpdateWith(state, StreamNight(1));
  UpdateWith(state, StreamNight(2));
  REQUIRE(StoriesIn(state).at("a1-1-1") == StoriesIn(state).at("a2-1-2"));
  const double before = score();
  CHECK(before < 1);
  UpdateWith(state,
             AsJsonLines({{.id = "other",
                           .text = "Nobody else tells of the heron.",
                           .published = "2031-03-09T01:30:00Z"}}),
             {.now = 1'930'786'200});
  CHECK(score() == before);
}

TEST_CASE("an article whose id resembles the name of a story is meant by it",
          "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const std::string text = "Nothing here is like what anybody else reports.";
  UpdateWith(state, AsJsonLines({{.id = "s1", .text = text}}));
  CHECK_THAT(Explain("s1", state).out, ContainsSubstring("\n  s1  "));
  CHECK_THAT(Explain("s00000001", state).out,
             ContainsSubstring("Story s00000001  "));
}

TEST_CASE("explain tells what became of a story, and what people said of it",
          "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  REQUIRE(PinArticles(state, "a1-1-1", "a1-2-1", true).ok());
  UpdateWith(state, StreamNight(2));
  const ProcessResult merged = Explain("s00000002", state);
  CHECK_THAT(merged.out, ContainsSubstring("Story s00000001  "));
  CHECK_THAT(merged.out,
             ContainsSubstring("  Night 2: it took in s00000002 (a1-2-1, "));
  CHECK_THAT(merged.out,
             ContainsSubstring("  A person said: a1-1-1 and a1-2-1 are the "
                               "same story.\n"));
  const ProcessResult wrong = Explain("s00009999", state);
  CHECK(wrong.exit_code == 1);
  CHECK(wrong.err ==
        "storyfold: no story and no article \"s00009999\" in " + state + "\n");
}

TEST_CASE("explain names the members of a story from before the window",
          "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (int night = 1; night <= 3; ++night) {
    UpdateWith(state, StreamNight(night), {.settings = {.window_days = 1}});
  }
  CHECK_THAT(Explain("s00000002", state).out,
             ContainsSubstring("from before the window of its last article: "
                               "a1-2-1, "));
}

TEST_CASE("explain says how many more members a story had", "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  std::vector<NightRecord> records;
  NightRecord record = {.text = TextAbout(1, 80)};
  for (int k = 0; k < 14; ++k) {
    record.id = "c" + std::to_string(k);
    record.source = record.id + ".example";
    record.published = "2031-03-01T06:00:00Z";
    records.push_back(record);
  }
  UpdateWith(state, AsJsonLines(records));
  record.id = "late";
  record.published = "2031-03-20T06:00:00Z";
  UpdateWith(state, AsJsonLines({record}));
  const std::string text = Explain("late", state).out;
  CHECK_THAT(text, ContainsSubstring("  1 article and 14 of before, "));
  CHECK_THAT(text, ContainsSubstring(" and 4 more."));
}

TEST_CASE("explain tells of a story of a run which are near it but apart",
          "[cli]") {
  const TempFolder folder;
  const std::string out = folder / "out";
  REQUIRE(
      RunTool({"run", "--quiet", STORYFOLD_SAMPLE "/articles.jsonl", "-o", out})
          .exit_code == 0);
  const ProcessResult result = Explain("mw-0018", out);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.out, ContainsSubstring("Who is in it, and why:\n"));
  CHECK_THAT(result.out,
             ContainsSubstring("Stories that are near it but apart:\n"));
  CHECK_THAT(result.out, ContainsSubstring(" of what would join them.\n"));
  CHECK_THAT(result.out, ContainsSubstring("storyfold explain "));
  CHECK(Explain("zz", out).err ==
        "storyfold: no article \"zz\" in " + out + "\n");
}

}  // namespace
}  // namespace storyfold
