// What a night asks of the catalogue is found by an index: were one forgotten,
// a night would read the whole table again and again, and take longer with
// every night before it. Only addresses are read as a whole, once; they are a
// row a night.

#include <sqlite3.h>

#include <map>
#include <string>

#include "catch.h"
#include "storyfold/state.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// The rows that each statement of the process went through without an index, or
// to make one for itself.
std::map<std::string, int>& RowsWithoutIndex() {
  static std::map<std::string, int> rows;
  return rows;
}

int CountRows(unsigned, void*, void* statement, void*) {
  auto* const done = static_cast<sqlite3_stmt*>(statement);
  const int scanned =
      sqlite3_stmt_status(done, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1) +
      sqlite3_stmt_status(done, SQLITE_STMTSTATUS_AUTOINDEX, 1);
  if (scanned > 0) RowsWithoutIndex()[sqlite3_sql(done)] += scanned;
  return 0;
}

// SQLite calls it for each connection that is opened.
int Watch(sqlite3* database, char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(database, SQLITE_TRACE_PROFILE, CountRows, nullptr);
}

// Watches the statements of connections that are opened while it lives.
class StatementWatch {
 public:
  StatementWatch() {
    RowsWithoutIndex().clear();
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(Watch));
  }
  ~StatementWatch() {
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(Watch));
  }
  StatementWatch(const StatementWatch&) = delete;
  StatementWatch& operator=(const StatementWatch&) = delete;
};

// Returns the statements that went through more than so many rows.
std::string StatementsOfMany(int rows) {
  std::string all;
  for (const auto& [sql, scanned] : RowsWithoutIndex()) {
    if (scanned > rows) all += std::to_string(scanned) + ": " + sql + "\n";
  }
  return all;
}

NightRecord Report(const std::string& id, const std::string& text,
                   const std::string& day) {
  return {.id = id,
          .title = "Harbour of Lowmere shut",
          .text = text,
          .source = id + ".example",
          .published = "2031-03-" + day + "T06:00:00Z"};
}

TEST_CASE("a night goes through no table of all articles", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, LargeNight());
  const std::string shut =
      "The harbour of Lowmere stays shut for a week as divers look for the "
      "anchor that the ferry Grey Heron lost in the storm of Sunday night.";
  NightRecord first = Report("n1", shut, "20");
  first.url = "https://one.example/1";
  NightRecord again = Report("n5", shut + " It was found on Friday.", "21");
  again.url = first.url;
  const StatementWatch watch;
  // A story, a copy, a new text, and stories that close.
  UpdateWith(state,
             AsJsonLines({first, Report("n2", shut, "20"),
                          Report("n3", "Divers look for an anchor.", "20"),
                          Report("a7", shut + " Nobody was hurt.", "20")}));
  // One that merges, one that grows, and an address that is known.
  REQUIRE(PinArticles(state, "n1", "a9", true).ok());
  const UpdateResult result =
      UpdateWith(state, AsJsonLines({again, Report("n4", shut, "21")}));
  CHECK(result.fresh == 1);
  CHECK(result.changed == 1);
  CHECK(result.Count(StoryEvent::kMerged) == 1);
  CHECK(StatementsOfMany(1000) == "");
}

TEST_CASE("the watch sees a statement that goes through a table", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, LargeNight());
  const StatementWatch watch;
  RunSql(state, "UPDATE articles SET language = language WHERE url = 'none'");
  CHECK(StatementsOfMany(1000) != "");
  RowsWithoutIndex().clear();
  // SQLite makes an index of its own for it.
  RunSql(state,
         "CREATE TEMP TABLE known AS SELECT content FROM articles LIMIT 9; "
         "DELETE FROM articles WHERE number IN (SELECT a.number FROM known "
         "JOIN articles a ON a.content = known.content + 1)");
  CHECK(StatementsOfMany(1000) != "");
}

TEST_CASE("verify names an index that is not there", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, StreamNight(1));
  RunSql(state, "DROP INDEX articles_story");
  const auto problems = VerifyState(state);
  REQUIRE(problems.ok());
  REQUIRE(problems->size() == 1);
  CHECK_THAT((*problems)[0],
             ContainsSubstring("state.db: damaged: no index articles_story"));
}

}  // namespace
}  // namespace storyfold
