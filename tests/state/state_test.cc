// Damage, versions, corrections and upkeep of a state.

#include <absl/strings/str_cat.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "catch.h"
#include "state/database.h"
#include "state/schema.h"
#include "state/state_folder.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

// Runs SQL on the catalogue of a state behind its back.
void Run(const std::string& state, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open((state + "/state.db").c_str(), &database) == SQLITE_OK);
  const int code =
      sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
  CAPTURE(sqlite3_errmsg(database));
  CHECK(code == SQLITE_OK);
  sqlite3_close(database);
}

ProcessResult UpdateByTool(const std::string& state, int night) {
  return RunTool({"update", "--quiet", "-", "--state", state},
                 StreamNight(night));
}

TEST_CASE("verify names a damaged file, and no run uses it", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  CHECK(VerifyState(state)->empty());
  for (const std::string name : {"segment-00000001", "changes-00000001.jsonl",
                                 "lines-00000001", "terms-00000001"}) {
    const std::string path = state + "/" + name;
    const std::string bytes = ReadFile(path);
    for (const size_t part : {1, 3, 5, 7}) {
      std::string damaged = bytes;
      char& byte = damaged[bytes.size() * part / 8];
      byte = static_cast<char>(byte ^ 1);
      WriteFile(path, damaged);
      const auto problems = VerifyState(state);
      REQUIRE(problems.ok());
      REQUIRE(problems->size() == 1);
      CHECK_THAT((*problems)[0], ContainsSubstring(name));
      const ProcessResult verify = RunTool({"state", "verify", state});
      CHECK(verify.exit_code == 1);
      CHECK_THAT(verify.err, ContainsSubstring(name));
    }
    WriteFile(path, bytes);
  }
  const std::string before = ContentOf(state);
  const std::string path = state + "/segment-00000001";
  const std::string bytes = ReadFile(path);
  std::string damaged = bytes;
  damaged[500] = static_cast<char>(damaged[500] ^ 1);
  WriteFile(path, damaged);
  const ProcessResult update = UpdateByTool(state, 2);
  CHECK(update.exit_code == 1);
  CHECK_THAT(update.err, ContainsSubstring("segment-00000001: damaged"));
  WriteFile(path, bytes);
  CHECK(ContentOf(state) == before);
}

TEST_CASE("verify names a file of another format, whatever its checksum",
          "[state]") {
  const std::string kind = GENERATE("lines", "terms");
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const std::string path = absl::StrCat(state, "/", kind, "-00000001");
  std::string bytes = ReadFile(path);
  bytes[0] = static_cast<char>(bytes[0] ^ 1);
  WriteFile(path, bytes);
  Run(state, absl::StrCat("UPDATE nights SET ", kind,
                          "_checksum = ", ChecksumOf(bytes)));
  const auto problems = VerifyState(state);
  REQUIRE(problems.ok());
  REQUIRE(problems->size() == 1);
  CHECK_THAT((*problems)[0], ContainsSubstring(path));
}

TEST_CASE("a segment that is not there is an error with its name", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  fs::remove(state + "/segment-00000001");
  CHECK_THAT(UpdateByTool(state, 2).err, ContainsSubstring("segment-00000001"));
  CHECK(VerifyState(state)->size() == 1);
  CHECK(RunTool({"state", "export", state}).exit_code == 1);
}

TEST_CASE("a catalogue that lies is an error, not a crash", "[state]") {
  const std::string statement = GENERATE(
      "UPDATE articles SET segment = 99", "UPDATE articles SET place = 1",
      "UPDATE articles SET place = -5", "UPDATE articles SET place = 999999",
      "UPDATE articles SET story = 0", "UPDATE articles SET cluster = -1",
      "UPDATE segments SET articles = 3", "DELETE FROM segments",
      "UPDATE segments SET segment = 7", "DROP TABLE stories",
      "DROP TABLE articles", "ALTER TABLE articles DROP COLUMN boilerplate");
  CAPTURE(statement);
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  Run(state, statement);
  const ProcessResult update = UpdateByTool(state, 2);
  CHECK(update.exit_code == 1);
  CHECK_THAT(update.err, ContainsSubstring(state));
  const ProcessResult verify = RunTool({"state", "verify", state});
  CHECK(verify.exit_code == 1);
  CHECK(RunTool({"state", "export", state}).exit_code <= 1);
  CHECK(RunTool({"report", state}).exit_code <= 1);
}

TEST_CASE("verify names a table that is not there", "[state]") {
  const std::string table =
      GENERATE("nights", "changes", "settings", "pins", "log", "meta");
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  Run(state, "DROP TABLE " + table);
  const auto problems = VerifyState(state);
  REQUIRE(problems.ok());
  REQUIRE_FALSE(problems->empty());
  CHECK_THAT((*problems)[0],
             ContainsSubstring("state.db: damaged: no table " + table));
}

TEST_CASE("verify names a column that is not there", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  Run(state, "ALTER TABLE log DROP COLUMN seen");
  const auto problems = VerifyState(state);
  REQUIRE(problems.ok());
  REQUIRE(problems->size() == 1);
  CHECK_THAT((*problems)[0],
             ContainsSubstring("no column seen in the table log"));
}

TEST_CASE("verify and update name settings that no update writes", "[state]") {
  const auto [setting, value] = GENERATE(
      std::pair("window_days", "1e300"), std::pair("window_days", "0"),
      std::pair("max_bucket", "-3"), std::pair("granularity", "'xyz'"),
      std::pair("min_similarity", "'0.5'"), std::pair("min_texts", "x'01'"));
  CAPTURE(setting, value);
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  Run(state, absl::StrCat("UPDATE settings SET value = ", value,
                          " WHERE setting = '", setting, "'"));
  const auto problems = VerifyState(state);
  REQUIRE(problems.ok());
  REQUIRE(problems->size() == 1);
  CHECK_THAT((*problems)[0],
             ContainsSubstring("state.db: damaged: the setting"));
  CHECK(absl::IsDataLoss(ReadStateInfo(state).status()));
  CHECK_THAT(UpdateByTool(state, 2).err, ContainsSubstring("damaged"));
}

TEST_CASE("odd values in a catalogue crash nothing", "[state]") {
  const std::string statement = GENERATE(
      "UPDATE meta SET value = 'x'", "UPDATE meta SET value = -1",
      "UPDATE meta SET value = 9223372036854775807",
      "UPDATE settings SET value = 1e300", "UPDATE settings SET value = -1e300",
      "UPDATE settings SET value = 'x'",
      "INSERT INTO settings VALUES ('words', 1, 'no words')",
      "UPDATE articles SET boilerplate = '9,8,x,4294967295,7'",
      "UPDATE articles SET time = 'soon', published = 'later'",
      "UPDATE clusters SET representative = -3", "DELETE FROM stories",
      "INSERT INTO pins VALUES ('nobody', 'noone', 1)");
  CAPTURE(statement);
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  Run(state, statement);
  CHECK(UpdateByTool(state, 2).exit_code <= 1);
  CHECK(RunTool({"state", "export", state}).exit_code <= 1);
  CHECK(RunTool({"state", "verify", state}).exit_code <= 1);
}

TEST_CASE("an id of an article that is not there is explained to nobody",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  Run(state, "INSERT INTO other_ids VALUES ('x', 999)");
  const ProcessResult result =
      RunTool({"explain", "x", "a1-1-1", "--from", state});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, ContainsSubstring("state.db: damaged"));
}

TEST_CASE("damaged bytes in a catalogue crash nothing", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const std::string bytes = ReadFile(state + "/state.db");
  Random random(11);
  for (int k = 0; k < 20; ++k) {
    std::string damaged = bytes;
    for (int i = 0; i < 20; ++i) {
      damaged[random.Below(damaged.size())] =
          static_cast<char>(random.Below(256));
    }
    WriteFile(state + "/state.db", damaged);
    CHECK(RunTool({"state", "verify", state}).exit_code <= 1);
    CHECK(RunTool({"state", "export", state}).exit_code <= 1);
    CHECK(UpdateByTool(state, 2).exit_code <= 1);
    for (const char* leftover : {"/state.db-wal", "/state.db-shm"}) {
      fs::remove(state + leftover);
    }
  }
}

TEST_CASE("an update removes leftovers, and no files of the user", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const std::vector<std::string> kept = {
      "changes-export.jsonl", "lines-notes",
      "terms-of-use.txt",     "segment-7",
      "terms-00000009x",      "changes-00000009",
      "lines-00000009.jsonl", "notes.partial"};
  const std::vector<std::string> removed = {"segment-00000099",
                                            "changes-00000099.jsonl",
                                            "lines-00000099",
                                            "terms-00000099",
                                            "segment-123456789",
                                            "terms-00000099.partial",
                                            "changes-00000099.jsonl.partial"};
  for (const auto& names : {kept, removed}) {
    for (const std::string& name : names) WriteFile(state + "/" + name, "x");
  }
  UpdateWith(state, StreamNight(2));
  const auto is_there = [&](const std::string& name) {
    return fs::exists(state + "/" + name);
  };
  CHECK(std::ranges::all_of(kept, is_there));
  CHECK(std::ranges::none_of(removed, is_there));
}

TEST_CASE("a folder with something else is no state", "[state]") {
  const TempFolder folder;
  WriteFile(folder / "state.db", "not a database, but long enough to be read");
  const ProcessResult update = UpdateByTool(folder.path(), 1);
  CHECK(update.exit_code == 1);
  CHECK_THAT(update.err, ContainsSubstring("state.db"));
  CHECK(RunTool({"state", "info", folder / "none"}).exit_code == 1);
}

TEST_CASE("a state of the first schema is brought to this one", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  const auto stories = StoriesIn(state);
  // As the first version left it: without pins and settings.
  Run(state,
      "DROP TABLE pins; ALTER TABLE stories DROP COLUMN pinned_headline;"
      "ALTER TABLE nights DROP COLUMN lines_checksum;"
      "ALTER TABLE nights DROP COLUMN terms_checksum;"
      "DROP TABLE settings; INSERT INTO meta VALUES ('window_days', 5.5);"
      "PRAGMA user_version = 1");
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
  Run(state,
      "ALTER TABLE nights DROP COLUMN terms_checksum; DROP TABLE settings;"
      "PRAGMA user_version = 2");
  CHECK(*ReadStateModel(state) == "");
  const ProcessResult update = UpdateByTool(state, 2);
  CHECK(update.err.find("schema") == std::string::npos);
  CHECK(update.exit_code == 0);
  CHECK(ReadStateInfo(state)->schema == kSchemaVersion);
}

TEST_CASE("a first update that was ended early is made up for", "[state]") {
  const TempFolder folder;
  WriteFile(folder / "state.db", "");  // before there were tables
  CHECK(*ReadStateModel(folder.path()) == std::nullopt);
  CHECK(UpdateByTool(folder.path(), 1).exit_code == 0);
  CHECK(*ReadStateModel(folder.path()) == "");
  // With tables, but no night.
  Run(folder.path(), "DELETE FROM nights");
  CHECK(*ReadStateModel(folder.path()) == std::nullopt);
}

TEST_CASE("what is left of a state without its catalogue is kept", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  fs::remove(state + "/state.db");
  const ProcessResult update = UpdateByTool(state, 2);
  CHECK(update.exit_code == 1);
  CHECK_THAT(update.err, ContainsSubstring("state.db: missing, but "));
  CHECK(fs::exists(state + "/segment-00000001"));
}

TEST_CASE("a state of a newer schema is refused in one line", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  Run(state, "PRAGMA user_version = 99");
  for (const ProcessResult& result :
       {UpdateByTool(state, 2), RunTool({"state", "info", state})}) {
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.err, ContainsSubstring("written by a newer storyfold"));
    CHECK(std::ranges::count(result.err, '\n') == 1);
  }
}

TEST_CASE("a state is found whatever slashes its path has", "[state]") {
  const TempFolder folder;
  const std::string state = "//" + (folder / "state?#%41");
  UpdateWith(state, StreamNight(1));
  CHECK(VerifyState(state)->empty());
  CHECK(VerifyState("/" + state)->empty());
}

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
  REQUIRE(PinHeadline(state, story, "").ok());
  CHECK_FALSE(says("What a person calls it"));
  CHECK_FALSE(PinHeadline(state, "s99999999", "x").ok());
  CHECK_FALSE(PinHeadline(state, "x", "x").ok());
}

TEST_CASE("expired articles are compared with nothing, purged ones are gone",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  for (int night = 1; night <= 4; ++night) {
    UpdateWith(state, StreamNight(night));
  }
  const auto before = StoriesIn(state);
  const auto set_aside = ExpireState(state, {2, false});
  REQUIRE(set_aside.ok());
  CHECK(*set_aside > 0);
  CHECK(StoriesIn(state) == before);
  CHECK(*ExpireState(state, {2, false}) == 0);
  REQUIRE(ExpireState(state, {2, true}).ok());
  const auto after = StoriesIn(state);
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

TEST_CASE("a report of lone articles has no list of stories", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines({{.id = "a", .text = "A ferry was late."}}));
  const auto report = DescribeState(state);
  REQUIRE(report.ok());
  CHECK_THAT(*report, !ContainsSubstring("The largest open stories"));
  CHECK_THAT(*report, ContainsSubstring("Stories in the last night"));
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
