// Damage to a state, and folders that are none.

#include <absl/strings/str_cat.h>
#include <sys/stat.h>

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
  RunSql(state, absl::StrCat("UPDATE nights SET ", kind,
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
      "DROP TABLE articles", "DROP TABLE addresses",
      "ALTER TABLE articles DROP COLUMN boilerplate");
  CAPTURE(statement);
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(state, statement);
  const ProcessResult update = UpdateByTool(state, 2);
  CHECK(update.exit_code == 1);
  CHECK_THAT(update.err, ContainsSubstring(state));
  const ProcessResult verify = RunTool({"state", "verify", state});
  CHECK(verify.exit_code == 1);
  CHECK(RunTool({"state", "export", state}).exit_code <= 1);
  CHECK(RunTool({"report", state}).exit_code <= 1);
}

TEST_CASE(
    "numbers that were given are not given again, whatever the catalogue "
    "says",
    "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  UpdateWith(state, StreamNight(2));
  for (const std::string kind : {"article", "cluster", "story", "segment"}) {
    CAPTURE(kind);
    const std::string last = "'last_" + kind + "'";
    RunSql(state,
           "CREATE TABLE kept AS SELECT * FROM meta; "
           "UPDATE meta SET value = 1 WHERE key = " +
               last);
    const auto problems = VerifyState(state);
    REQUIRE(problems->size() == 1);
    CHECK_THAT((*problems)[0], ContainsSubstring("damaged: there is " + kind));
    const std::string before = ContentOf(state);
    const ProcessResult update = UpdateByTool(state, 3);
    CHECK(update.exit_code == 1);
    CHECK_THAT(update.err, ContainsSubstring("damaged: there is " + kind));
    CHECK(ContentOf(state) == before);
    RunSql(state,
           "INSERT OR REPLACE INTO meta SELECT * FROM kept; "
           "DROP TABLE kept");
  }
  CHECK(VerifyState(state)->empty());
  CHECK(UpdateByTool(state, 3).exit_code == 0);
}

TEST_CASE("what a foreign catalogue would do by itself is not done",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(state,
         "CREATE TRIGGER harm AFTER INSERT ON articles BEGIN "
         "DELETE FROM stories; END");
  UpdateWith(state, StreamNight(2));
  CHECK(VerifyState(state)->empty());
}

TEST_CASE("a pipe in the place of a file is not waited for", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  for (const std::string name : {"segment-00000001", "changes-00000001.jsonl",
                                 "lines-00000001", "terms-00000001"}) {
    const std::string path = state + "/" + name;
    fs::remove(path);
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  }
  CHECK(VerifyState(state)->size() == 4);
}

TEST_CASE("verify names clusters that nobody stands for", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(state,
         "UPDATE clusters SET representative = 987654 WHERE cluster = 1");
  const auto problems = VerifyState(state);
  REQUIRE(problems->size() == 1);
  CHECK_THAT((*problems)[0], ContainsSubstring("of a representative"));
}

TEST_CASE("verify names values that no update writes", "[state]") {
  const auto [change, problem] = GENERATE(table<std::string, std::string>(
      {{"UPDATE articles SET time = 'x' WHERE number = 1",
        "1 article with a time that is none"},
       {"UPDATE articles SET published = 1e300 WHERE number < 3",
        "2 articles with a time that is none"},
       {"UPDATE articles SET score = 7.5 WHERE number = 1",
        "1 article with a value"},
       {"UPDATE articles SET boilerplate = '1;2' WHERE number = 1",
        "1 article with a value"},
       {"UPDATE articles SET bound = 3 WHERE number = 1",
        "1 article with a value"},
       {"UPDATE articles SET night = 9 WHERE number = 1",
        "1 article of a night that is not there"},
       {"UPDATE articles SET place = 1 WHERE number < 3",
        "1 article of a place of their own"},
       {"UPDATE stories SET terms = '[\"a\"' WHERE story < 3",
        "2 stories with a value"},
       {"UPDATE stories SET terms = '{}' WHERE story = 1",
        "1 story with a value"},
       {"UPDATE changes SET articles = '' WHERE change = 1",
        "1 change with a value"},
       {"INSERT INTO pins VALUES ('b', 'a', 1)", "1 pin with a value"}}));
  CAPTURE(change);
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(state, change);
  const auto problems = VerifyState(state);
  REQUIRE(problems.ok());
  REQUIRE(problems->size() == 1);
  CHECK_THAT((*problems)[0], ContainsSubstring("state.db: " + problem));
}

TEST_CASE("verify names a table that is not there", "[state]") {
  const std::string table = GENERATE("nights", "changes", "settings", "pins",
                                     "log", "meta", "addresses");
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(state, "DROP TABLE " + table);
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
  RunSql(state, "ALTER TABLE log DROP COLUMN seen");
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
  RunSql(state, absl::StrCat("UPDATE settings SET value = ", value,
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
  RunSql(state, statement);
  CHECK(UpdateByTool(state, 2).exit_code <= 1);
  CHECK(RunTool({"state", "export", state}).exit_code <= 1);
  CHECK(RunTool({"state", "verify", state}).exit_code <= 1);
}

TEST_CASE("an id of an article that is not there is explained to nobody",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(state, "INSERT INTO other_ids VALUES ('x', 999)");
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

TEST_CASE("a first update that was ended early is made up for", "[state]") {
  const TempFolder folder;
  WriteFile(folder / "state.db", "");  // before there were tables
  CHECK(*ReadStateModel(folder.path()) == std::nullopt);
  CHECK(UpdateByTool(folder.path(), 1).exit_code == 0);
  CHECK(*ReadStateModel(folder.path()) == "");
  // With tables, but no night.
  RunSql(folder.path(), "DELETE FROM nights");
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

TEST_CASE("what is left of a state whose catalogue is empty is kept",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  WriteFile(state + "/state.db", "");
  const auto refused = [&](const absl::Status& status) {
    CHECK_THAT(std::string(status.message()),
               ContainsSubstring("state.db: empty, but "));
    CHECK(fs::exists(state + "/segment-00000001"));
    CHECK(fs::exists(state + "/changes-00000001.jsonl"));
  };
  refused(PinArticles(state, "a", "b", true));
  refused(PinHeadline(state, "s00000001", "x"));
  refused(ExpireState(state, {}).status());
  refused(CompactState(state).status());
  CHECK(UpdateByTool(state, 2).exit_code == 1);
  CHECK(fs::exists(state + "/segment-00000001"));
}

TEST_CASE("a state is found whatever slashes its path has", "[state]") {
  const TempFolder folder;
  const std::string state = "//" + (folder / "state?#%41");
  UpdateWith(state, StreamNight(1));
  CHECK(VerifyState(state)->empty());
  CHECK(VerifyState("/" + state)->empty());
}

}  // namespace
}  // namespace storyfold
