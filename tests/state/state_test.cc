// Corrections, upkeep and reading of a state.

#include <algorithm>

#include "catch.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

TEST_CASE("pins hold from night to night", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const auto before = StoriesIn(state);
  REQUIRE(before.at("a1-1-1") != before.at("a1-2-1"));
  REQUIRE(before.at("a1-3-1") == before.at("a1-3-2"));
  REQUIRE(PinArticles(state, "a1-1-1", "a1-2-1", true).ok());
  REQUIRE(PinArticles(state, "a1-3-1", "a1-3-2", false).ok());
  for (int night = 2; night <= 4; ++night) {
    UpdateWith(state, StreamNight(night));
    const auto after = StoriesIn(state);
    CHECK(after.at("a1-1-1") == after.at("a1-2-1"));
    CHECK(after.at("a1-3-1") != after.at("a1-3-2"));
  }
  REQUIRE(UnpinArticles(state, "a1-3-2", "a1-3-1").ok());
  UpdateWith(state, "");  // nothing new, but the pins have changed
  CHECK(StoriesIn(state).at("a1-3-1") == StoriesIn(state).at("a1-3-2"));
  CHECK_FALSE(UnpinArticles(state, "a1-3-2", "a1-3-1").ok());
}

TEST_CASE("pins that contradict each other are refused", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  REQUIRE(PinArticles(state, "a1-1-1", "a1-2-1", true).ok());
  REQUIRE(PinArticles(state, "a1-2-1", "a1-3-1", true).ok());
  const absl::Status refused = PinArticles(state, "a1-3-1", "a1-1-1", false);
  CHECK_THAT(std::string(refused.message()),
             ContainsSubstring("contradiction"));
  CHECK(ReadStateInfo(state)->pins == 2);
  CHECK_FALSE(PinArticles(state, "a1-1-1", "nobody", true).ok());
  CHECK_FALSE(PinArticles(state, "a1-1-1", "a1-1-1", true).ok());
}

TEST_CASE("a pinned headline stays", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const std::string story = StoriesIn(state).at("a1-2-1");
  REQUIRE(PinHeadline(state, story, "What a person calls it").ok());
  UpdateWith(state, StreamNight(2));
  const auto says = [&](const std::string& headline) {
    for (const std::string& line : LinesOf(state, ExportStories)) {
      if (line.find(headline) != line.npos) return true;
    }
    return false;
  };
  CHECK(says("\"" + story + "\",\"headline\":\"What a person calls it\""));
  REQUIRE(UnpinHeadline(state, story).ok());
  CHECK_FALSE(says("What a person calls it"));
  CHECK_FALSE(PinHeadline(state, "s99999999", "x").ok());
  CHECK_FALSE(PinHeadline(state, "x", "x").ok());
  CHECK(UnpinHeadline(state, story) ==
        absl::NotFoundError("no headline was pinned to this story"));
  for (const std::string bad : {"", "  ", "two\nlines", "\x1b[2J", "\u202ex"}) {
    CHECK(absl::IsInvalidArgument(PinHeadline(state, story, bad)));
  }
}

TEST_CASE("expired articles are compared with nothing, purged ones are gone",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (int night = 1; night <= 4; ++night) {
    UpdateWith(state, StreamNight(night));
  }
  const auto before = StoriesIn(state);
  const auto count = [&] { return ReadStateInfo(state)->articles; };
  const auto set_aside = ExpireState(state, {2, false});
  REQUIRE(set_aside.ok());
  CHECK(*set_aside > 0);
  CHECK(StoriesIn(state) == before);
  CHECK(*ExpireState(state, {2, false}) == 0);
  // Pinned articles stay, and are not counted.
  REQUIRE(PinArticles(state, "a1-2-1", "a2-1-1", false).ok());
  REQUIRE(PinHeadline(state, "s00000003", "Stays").ok());
  const int64_t articles = count();
  const auto purged = ExpireState(state, {2, true});
  REQUIRE(purged.ok());
  CHECK(*purged == static_cast<size_t>(articles - count()));
  CHECK(*ExpireState(state, {2, true}) == 0);
  const auto after = StoriesIn(state);
  CHECK(after.contains("a1-2-1"));
  CHECK(after.at("a1-3-1") == "s00000003");  // its headline is pinned
  CHECK(after.size() < before.size());
  CHECK_FALSE(after.contains("a1-1-1"));
  for (const auto& [id, story] : after) CHECK(before.at(id) == story);
  const auto saved = CompactState(state);
  REQUIRE(saved.ok());
  CHECK(*saved > 0);
  CHECK(StoriesIn(state) == after);
  CHECK(VerifyState(state)->empty());
  UpdateWith(state, StreamNight(5));
  for (const auto& [id, story] : after) CHECK(StoriesIn(state).at(id) == story);
}

TEST_CASE("compacting small segments changes nothing that is exported",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (int night = 1; night <= 3; ++night) {
    UpdateWith(state, StreamNight(night));
  }
  std::vector<std::string> before = LinesOf(state, ExportArticles);
  REQUIRE(CompactState(state).ok());
  CHECK(ReadStateInfo(state)->segments == 1);
  CHECK(LinesOf(state, ExportArticles) == before);
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("the change log is told by file and by export alike", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  std::string files;
  for (int night = 1; night <= 3; ++night) {
    UpdateWith(state, StreamNight(night));
    files +=
        ReadFile(state + "/changes-0000000" + std::to_string(night) + ".jsonl");
  }
  std::string exported;
  for (const std::string& line : LinesOf(state, ExportChanges)) {
    exported += line;
  }
  CHECK(exported == files);
}

TEST_CASE("explain follows a person's word on two copies", "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  REQUIRE(ClustersIn(state).at("a1-1-2") ==
          ClustersIn(state).at("a1-1-2-copy"));
  REQUIRE(PinArticles(state, "a1-1-2", "a1-1-2-copy", false).ok());
  UpdateWith(state, StreamNight(2));
  const ProcessResult result =
      RunTool({"explain", "a1-1-2", "a1-1-2-copy", "--from", state, "--quiet"});
  CHECK_THAT(result.out, ContainsSubstring("Copies: YES"));
  CHECK_THAT(result.out, ContainsSubstring("Story: two DIFFERENT ones."));
  CHECK_THAT(result.out, ContainsSubstring("  A person said so: "));
  CHECK_THAT(result.out, !ContainsSubstring("SAME"));
}

TEST_CASE("a report of lone articles has no list of stories", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines({{.id = "a", .text = "A ferry was late."}}));
  const auto report = DescribeState(state);
  REQUIRE(report.ok());
  CHECK_THAT(*report, !ContainsSubstring("The largest open stories"));
  CHECK_THAT(*report, ContainsSubstring("Stories in the last night"));
}

TEST_CASE("a report tells of one article in the singular, and of no time",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines({{.id = "a", .text = "A ferry was late."}}));
  CHECK(DescribeState(state)->starts_with(
      state +
      ": 1 article in 1 story (lone ones too) after 1 night, no time is "
      "known\n"));
  CHECK_FALSE(ReadStateInfo(state)->clock);
}

TEST_CASE("control characters of a feed reach no terminal", "[state][cli]") {
  const TempFolder folder;
  const std::string feed = folder / "feed.jsonl";
  const std::string text =
      R"(,"text":"The night ferry to Ansel ran aground on Monday."})";
  WriteFile(feed, R"({"id":"a\u001b[2J","title":"\u001b]0;pwn\u0007one\ntwo")" +
                      text + "\n" +
                      R"({"id":"b","title":"\u202eeman","source":"s\u009b")" +
                      text + "\n" + R"({"id":"b","text":"again"})" + "\n");
  const std::string state = folder / "state";
  const auto printed = [](const std::vector<std::string>& command) {
    const ProcessResult result = RunTool(command);
    const std::string all = result.out + result.err;
    CAPTURE(command, all);
    CHECK(all.find_first_of("\x1b\x07") == std::string::npos);
    CHECK(all.find("\u009b") == std::string::npos);
    CHECK(all.find("\u202e") == std::string::npos);
    return all;
  };
  printed({"update", feed, "--state", state});
  printed({"run", feed, "-o", folder / "out"});
  CHECK_THAT(printed({"report", state}),
             ContainsSubstring("\\x1b]0;pwn\\x07one\\ntwo\n"));
  for (const std::string& from : {state, folder / "out"}) {
    CHECK_THAT(
        printed({"explain", "a\x1b[2J", "b", "--from", from}),
        ContainsSubstring("A a\\x1b[2J  \"\\x1b]0;pwn\\x07one\\ntwo\"\n"));
  }
  CHECK_THAT(printed({"explain", "a\x1b[1J", "b", "--from", state}),
             ContainsSubstring("a\\x1b[1J"));
  printed({"boilerplate", "--explain", "b:1", feed});
}

TEST_CASE("explain and report read a state, metrics are for a monitor",
          "[state][cli]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const ProcessResult update =
      RunTool({"update", "-", "--state", state, "--metrics", folder / "m"},
              StreamNight(1));
  CHECK(update.exit_code == 0);
  CHECK_THAT(update.err,
             ContainsSubstring("9 records = 9 new + 0 with a new text + 0 seen "
                               "before + 0 rejected\n"));
  const std::string metrics = ReadFile(folder / "m");
  CHECK_THAT(metrics, ContainsSubstring("# TYPE storyfold_records gauge\n"
                                        "storyfold_records{kind=\"new\"} 9\n"));
  CHECK_THAT(metrics, ContainsSubstring("\nstoryfold_night 1\n"));
  const ProcessResult together =
      RunTool({"explain", "a1-1-1", "a1-1-2", "--from", state, "--quiet"});
  CHECK_THAT(together.out, ContainsSubstring("B in the same.\n"));
  CHECK_THAT(together.out, ContainsSubstring("Story: the SAME."));
  const ProcessResult apart =
      RunTool({"explain", "a1-1-1", "a1-2-1", "--from", state, "--quiet"});
  CHECK_THAT(apart.out, ContainsSubstring("Story: two DIFFERENT ones."));
  const ProcessResult report = RunTool({"report", state});
  CHECK_THAT(report.out, ContainsSubstring("9 articles in "));
  CHECK_THAT(report.out, ContainsSubstring("3 articles of 3 sources"));
  CHECK(RunTool({"state", "pin", state, "s00000001", "--headline", "x"})
            .exit_code == 0);
  CHECK(RunTool({"pin", "a1-1-1", "a1-2-1", "--state", state}).exit_code == 2);
  CHECK(RunTool({"state", "expire", state, "--older-than", "x"}).exit_code ==
        2);
}

}  // namespace
}  // namespace storyfold
