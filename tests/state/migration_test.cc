// States and segments as earlier versions wrote them.

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "state/database.h"
#include "state/schema.h"
#include "state/segment.h"
#include "state/state_folder.h"
#include "support/corpus.h"
#include "support/earlier_segments.h"
#include "support/line_state_bytes.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// What the fourth schema and those after it changed, undone.
const std::string kBackToFifth =
    "DROP TABLE addresses;"
    "ALTER TABLE articles ADD COLUMN url_key INTEGER NOT NULL DEFAULT 0;"
    "UPDATE articles SET url_key = number * 7777777777777;"
    "CREATE INDEX articles_url_key ON articles (url_key) WHERE url <> '';";
const std::string kBackToFourth = absl::StrCat(
    kBackToFifth,
    "DROP INDEX articles_url_key; ALTER TABLE articles DROP COLUMN url_key;"
    "CREATE INDEX articles_url ON articles (url) WHERE url <> '';");
const std::string kBackToThird = absl::StrCat(
    kBackToFourth,
    "ALTER TABLE segments DROP COLUMN latest; DROP INDEX changes_moves;"
    "DROP INDEX changes_moves_other;"
    "CREATE INDEX changes_story ON changes (story);");

TEST_CASE("a state of the first schema is brought to this one", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const auto stories = StoriesIn(state);
  // As the first version left it: without pins and settings.
  RunSql(
      state,
      absl::StrCat(
          kBackToThird,
          "DROP TABLE pins; ALTER TABLE stories DROP COLUMN pinned_headline;"
          "ALTER TABLE nights DROP COLUMN lines_checksum;"
          "ALTER TABLE nights DROP COLUMN terms_checksum;"
          "DROP TABLE settings; INSERT INTO meta VALUES ('window_days', 5.5);"
          "PRAGMA user_version = 1"));
  CHECK_THAT(RunTool({"state", "info", state}).err,
             ContainsSubstring("schema 1; the next storyfold update"));
  UpdateWith(state, StreamNight(2));
  CHECK(ReadStateInfo(state)->schema == kSchemaVersion);
  CHECK(ReadStateInfo(state)->settings.window_days == 5.5);
  CHECK(VerifyState(state)->empty());
  const auto after = StoriesIn(state);
  for (const auto& [id, story] : stories) CHECK(after.at(id) == story);
  CHECK(PinArticles(state, "a1-1-1", "a1-2-1", true).ok());
}

TEST_CASE("the command, too, brings an earlier schema to this one", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(
      state,
      absl::StrCat(
          kBackToThird,
          "ALTER TABLE nights DROP COLUMN terms_checksum; DROP TABLE settings;"
          "PRAGMA user_version = 2"));
  CHECK(*ReadStateModel(state) == "");
  const ProcessResult update = UpdateByTool(state, 2);
  CHECK(update.err.find("schema") == std::string::npos);
  CHECK(update.exit_code == 0);
  CHECK(ReadStateInfo(state)->schema == kSchemaVersion);
}

TEST_CASE("a state of an earlier schema keeps its model", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  const std::vector<std::string> update = {"update", "-", "--quiet", "--state",
                                           state};
  std::vector<std::string> first = update;
  first.insert(first.end(), {"--model", "builtin"});
  REQUIRE(RunTool(first, StreamNight(1)).exit_code == 0);
  const auto model = *ReadStateModel(state);
  CHECK(*model != "");
  RunSql(state, absl::StrCat(kBackToFourth, "PRAGMA user_version = 4"));
  CHECK(*ReadStateModel(state) == model);
  CHECK(RunTool(update, StreamNight(2)).exit_code == 0);
}

TEST_CASE("a state of a newer schema is refused in one line", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(state, "PRAGMA user_version = 99");
  for (const ProcessResult& result :
       {UpdateByTool(state, 2), RunTool({"state", "info", state})}) {
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.err, ContainsSubstring("written by a newer storyfold"));
    CHECK(std::ranges::count(result.err, '\n') == 1);
  }
}

// Returns the first and last time in each segment.
std::vector<int64_t> TimesOfSegments(const std::string& state) {
  auto database =
      Database::Open(StateFiles(state).Catalogue(), Database::Mode::kReadOnly);
  REQUIRE(database.ok());
  Statement segments = database->Prepare(
      "SELECT earliest, latest FROM segments ORDER BY segment");
  std::vector<int64_t> times;
  while (segments.Next()) {
    times.insert(times.end(), {segments.Int(0), segments.Int(1)});
  }
  return times;
}

TEST_CASE("times of segments are found when a state is brought to this schema",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  UpdateWith(state, StreamNight(2));
  const std::vector<int64_t> times = TimesOfSegments(state);
  REQUIRE(times.size() == 4);
  CHECK(times[0] < times[1]);
  RunSql(state, absl::StrCat(kBackToThird, "PRAGMA user_version = 3"));
  UpdateWith(state, StreamNight(2));  // nothing new
  CHECK(TimesOfSegments(state) == times);
}

TEST_CASE(
    "a state is brought to this schema though all articles of a segment "
    "are gone",
    "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (const int night : {1, 2, 20}) UpdateWith(state, StreamNight(night));
  REQUIRE(*ExpireState(state, {10, true}) > 0);
  RunSql(state, absl::StrCat(kBackToThird, "PRAGMA user_version = 3"));
  UpdateWith(state, StreamNight(21));
  CHECK(ReadStateInfo(state)->schema == kSchemaVersion);
  CHECK(VerifyState(state)->empty());
}

TEST_CASE(
    "articles of a state of the fourth and the fifth schema are known by "
    "their URL",
    "[state]") {
  const auto [version, back] =
      GENERATE(std::pair(4, kBackToFourth), std::pair(5, kBackToFifth));
  CAPTURE(version);
  const TempFolder folder;
  const std::string state = folder / "state";
  std::vector<NightRecord> records = {
      {.id = "a", .text = "The ferry was late.", .url = "https://a.example/1"},
      {.id = "b", .text = "The mill was sold.", .url = "https://a.example/2"},
      {.id = "c", .text = "A barge ran aground."}};
  UpdateWith(state, AsJsonLines(records));
  RunSql(state, absl::StrCat(back, "PRAGMA user_version = ", version));
  for (NightRecord& record : records) record.id += "2";
  records.pop_back();
  const UpdateResult result = UpdateWith(state, AsJsonLines(records));
  CHECK(result.seen == 2);
  CHECK(result.fresh == 0);
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("a state of the fifth schema goes on like one of this", "[state]") {
  const TempFolder folder;
  const std::string now = folder / "now";
  const std::string before = folder / "before";
  for (const std::string& state : {now, before}) {
    for (const int night : {1, 2}) UpdateWith(state, StreamNight(night));
  }
  RunSql(before, kBackToFifth + "PRAGMA user_version = 5");
  for (const std::string& state : {now, before}) {
    UpdateWith(state, StreamNight(3));
  }
  CHECK(ContentOf(before) == ContentOf(now));
}

TEST_CASE(
    "a state of the fifth schema is brought to this one though all articles "
    "of a night are gone",
    "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (const int night : {1, 2, 20}) UpdateWith(state, StreamNight(night));
  REQUIRE(*ExpireState(state, {10, true}) > 0);
  RunSql(state, kBackToFifth + "PRAGMA user_version = 5");
  UpdateWith(state, StreamNight(21));
  CHECK(ReadStateInfo(state)->schema == kSchemaVersion);
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("lines of a state of the third schema are read", "[state]") {
  const TempFolder folder;
  const std::string now = folder / "now";
  const std::string before = folder / "before";
  for (const std::string& state : {now, before}) {
    UpdateWith(state, StreamNight(1));
  }
  const std::string file = StateFiles(before).LinesFile(1);
  const std::string bytes = AsOneList(ReadFile(file));
  CHECK(bytes.size() > ReadFile(file).size());
  WriteFile(file, bytes);
  RunSql(before, absl::StrCat(kBackToThird, "UPDATE nights SET lines_checksum=",
                              ChecksumOf(bytes), "; PRAGMA user_version = 3"));
  for (const std::string& state : {now, before}) {
    UpdateWith(state, StreamNight(2));
    CHECK(VerifyState(state)->empty());
  }
  CHECK(ReadFile(StateFiles(before).LinesFile(2)) ==
        ReadFile(StateFiles(now).LinesFile(2)));
  CHECK(LinesOf(before, ExportArticles) == LinesOf(now, ExportArticles));
}

// Makes the only segment of a state one of an earlier version.
void BringSegmentBack(const std::string& state, uint32_t version) {
  const std::string path = StateFiles(state).SegmentFile(1);
  const std::string bytes = AsEarlierVersion(ReadFile(path), version);
  WriteFile(path, bytes);
  RunSql(state, absl::StrCat("UPDATE segments SET bytes = ", bytes.size(),
                             ", checksum = ", ChecksumOf(bytes)));
}

TEST_CASE("segments of earlier versions are read as they are", "[state]") {
  const TempFolder folder;
  const std::string now = folder / "now";
  UpdateWith(now, StreamNight(1));
  const auto first = LinesOf(now, ExportArticles);
  UpdateWith(now, StreamNight(2));
  for (const uint32_t version : {1u, 2u}) {
    CAPTURE(version);
    const std::string before = folder / ("v" + std::to_string(version));
    UpdateWith(before, StreamNight(1));
    BringSegmentBack(before, version);
    const auto segment = Segment::Open(StateFiles(before).SegmentFile(1));
    REQUIRE(segment.ok());
    CHECK(segment->HasAllShingles() == (version == 1));
    CHECK(VerifyState(before)->empty());
    CHECK(LinesOf(before, ExportArticles) == first);
    UpdateWith(before, StreamNight(2));
    CHECK(LinesOf(before, ExportArticles) == LinesOf(now, ExportArticles));
  }
}

TEST_CASE("old copies are found in segments of earlier versions", "[state]") {
  Random random(4);
  std::vector<NightRecord> old;
  std::vector<NightRecord> copies;
  for (int i = 0; i < 20; ++i) {
    const std::string text = RandomText(random, 300, 20'000);
    const std::string name = std::to_string(i);
    old.push_back(
        {.id = "o" + name, .text = text, .published = "2031-03-01T06:00:00Z"});
    copies.push_back({.id = "c" + name,
                      .text = text,
                      .source = "other.example",
                      .published = "2031-03-20T06:00:00Z"});
  }
  for (const uint32_t version : {1u, 2u}) {
    CAPTURE(version);
    const TempFolder folder;
    const std::string state = folder / "state";
    UpdateWith(state, AsJsonLines(old));
    BringSegmentBack(state, version);
    const UpdateResult result = UpdateWith(state, AsJsonLines(copies));
    CHECK(result.Count(StoryEvent::kGrew) == 20);
  }
}

TEST_CASE("a flipped byte of a segment of an earlier version is found",
          "[state]") {
  for (const uint32_t version : {1u, 2u}) {
    const TempFolder folder;
    const std::string state = folder / "state";
    UpdateWith(state, StreamNight(1));
    BringSegmentBack(state, version);
    const std::string path = StateFiles(state).SegmentFile(1);
    const std::string bytes = ReadFile(path);
    for (size_t at = 0; at < bytes.size(); at += 1 + at / 20) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
      WriteFile(path, damaged);
      const auto segment = Segment::Open(path);
      CAPTURE(version, at);
      CHECK_FALSE((segment.ok() ? segment->Verify() : segment.status()).ok());
    }
  }
}

}  // namespace
}  // namespace storyfold
