// What a night asks of the catalogue is found by an index: were one forgotten,
// a night would read the whole table again and again, and take longer with
// every night before it.

#include <sqlite3.h>

#include <map>
#include <string>

#include "catch.h"
#include "storyfold/state.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// The rows that each statement of the process went through without an index.
// (Indices that SQLite makes for one statement go through all rows, too.)
std::map<std::string, int>& RowsWithoutIndex() {
  static std::map<std::string, int> rows;
  return rows;
}

int CountRows(unsigned, void*, void* statement, void*) {
  auto* const done = static_cast<sqlite3_stmt*>(statement);
  const int scanned =
      sqlite3_stmt_status(done, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
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

// A night after the large one: a report that is told again, one with a new
// text, and one under the address of another.
std::string SmallNight() {
  const std::string text =
      "The harbour of Lowmere stays shut for a week as divers look for the "
      "anchor that the ferry Grey Heron lost in the storm of Sunday night.";
  const std::string time = "2031-03-20T06:00:00Z";
  return AsJsonLines(
      {{.id = "n1",
        .title = "Lowmere shut",
        .text = text,
        .url = "https://one.example/1",
        .published = time},
       {.id = "n2",
        .title = "Lowmere shut",
        .text = text,
        .source = "two.example",
        .published = time},
       {.id = "a7", .text = text + " Nobody was hurt.", .published = time}});
}

TEST_CASE("a night goes through no table of all articles", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, LargeNight());
  UpdateWith(state, SmallNight());
  const StatementWatch watch;
  const UpdateResult result = UpdateWith(
      state, AsJsonLines({{.id = "n3",
                           .text = "The Grey Heron has its anchor again.",
                           .url = "https://one.example/1",
                           .published = "2031-03-21T06:00:00Z"},
                          {.id = "n4",
                           .text = "Lowmere votes on a new harbour wall.",
                           .published = "2031-03-21T06:00:00Z"}}));
  CHECK(result.fresh + result.changed == 2);
  CHECK(StatementsOfMany(1000) == "");
}

TEST_CASE("the watch sees a statement that goes through a table", "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, LargeNight());
  const StatementWatch watch;
  RunSql(state, "UPDATE articles SET language = language WHERE url = 'none'");
  CHECK(StatementsOfMany(1000) != "");
}

}  // namespace
}  // namespace storyfold
