// SQLite has no checksum of its file, so what can be known without one is
// asked: is it whole for SQLite, has it the tables of a new state, does it name
// only what is there, and could an update have written each value?
//
// Tested by: tests/state/damaged_state_test.cc, tests/state/addresses_test.cc

#include "state/verify_catalogue.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/counted.h"
#include "base/string_view.h"
#include "state/addresses.h"
#include "state/catalogue.h"
#include "state/schema.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

using Problems = std::vector<std::string>;

void Note(const absl::Status& status, Problems& problems) {
  if (!status.ok()) problems.emplace_back(FromAbsl(status.message()));
}

// The columns of each table.
using Tables = std::map<std::string, std::set<std::string>>;

Tables TablesOf(Database& database) {
  Tables tables;
  Statement columns = database.Prepare(
      "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
      "WHERE t.type = 'table'");
  while (columns.Next()) {
    tables[std::string(columns.Text(0))].emplace(columns.Text(1));
  }
  return tables;
}

std::set<std::string> IndexesOf(Database& database) {
  std::set<std::string> indexes;
  Statement names =
      database.Prepare("SELECT name FROM sqlite_master WHERE type = 'index'");
  while (names.Next()) indexes.emplace(names.Text(0));
  return indexes;
}

// Compares tables and indexes with those of a new state.
void VerifyTables(Database& database, Problems& problems) {
  auto empty = Database::Open("", Database::Mode::kWrite);
  if (!empty.ok()) return Note(empty.status(), problems);
  Note(PrepareSchema(*empty), problems);
  Tables there = TablesOf(database);
  for (const auto& [table, columns] : TablesOf(*empty)) {
    if (!there.contains(table)) {
      problems.push_back(absl::StrCat("damaged: no table ", table));
      continue;
    }
    for (const std::string& column : columns) {
      if (there[table].contains(column)) continue;
      problems.push_back(
          absl::StrCat("damaged: no column ", column, " in the table ", table));
    }
  }
  const std::set<std::string> indexes = IndexesOf(database);
  for (const std::string& index : IndexesOf(*empty)) {
    if (indexes.contains(index)) continue;
    problems.push_back(absl::StrCat("damaged: no index ", index));
  }
}

void VerifyStructure(Database& database, Problems& problems) {
  Statement check = database.Prepare("PRAGMA integrity_check(10)");
  while (check.Next()) {
    if (check.Text(0) != "ok") problems.emplace_back(check.Text(0));
  }
}

// Rows of a table that no update leaves behind.
struct BadRows {
  const char* what;   // one of them is
  std::string where;  // the table, and what is true of them
  const char* problem;
};

// Returns the names of all events as SQL has them in a list.
std::string EventNames() {
  std::vector<std::string> names;
  for (const StoryEvent event : kStoryEvents) {
    names.push_back(absl::StrCat("'", ToAbsl(StoryEventName(event)), "'"));
  }
  return absl::StrJoin(names, ", ");
}

std::vector<BadRows> AllBadRows() {
  const std::string is_no_time =
      absl::StrCat(" NOT BETWEEN ", kLeastTime, " AND ", kMostTime);
  return {
      {"article",
       "articles WHERE segment NOT IN (SELECT segment FROM segments)",
       "of a segment that is not there"},
      {"article",
       "articles WHERE story NOT IN "
       "(SELECT story FROM stories WHERE alias_of IS NULL)",
       "of a story that is not there"},
      {"article",
       "articles WHERE cluster NOT IN (SELECT cluster FROM clusters)",
       "of a cluster that is not there"},
      {"article",
       "articles JOIN segments USING (segment) "
       "WHERE place NOT BETWEEN 0 AND segments.articles - 1",
       "of a place that is not there"},
      {"article",
       "articles a WHERE EXISTS (SELECT 1 FROM articles b "
       "WHERE b.segment = a.segment AND b.place = a.place "
       "AND b.number < a.number)",
       "of a place of their own that is not there"},
      {"article",
       "articles JOIN clusters USING (cluster) "
       "WHERE representative NOT IN (SELECT number FROM articles)",
       "of a representative that is not there"},
      {"article", "articles WHERE night NOT IN (SELECT night FROM nights)",
       "of a night that is not there"},
      {"article",
       absl::StrCat("articles WHERE typeof(time) <> 'integer' OR time",
                    is_no_time,
                    " OR (published NOT NULL AND "
                    "(typeof(published) <> 'integer' OR published",
                    is_no_time, "))"),
       "with a time that is none"},
      {"article",
       "articles WHERE typeof(version) <> 'integer' OR version < 1 "
       "OR bound NOT IN (0, 1) OR boilerplate GLOB '*[^0-9,]*' "
       "OR typeof(similarity) <> 'real' OR typeof(score) <> 'real' "
       "OR similarity NOT BETWEEN -.01 AND 1.01 "
       "OR score NOT BETWEEN -1 AND 4",
       "with a value that it cannot have"},
      {"story",
       "stories WHERE alias_of NOT NULL AND alias_of NOT IN "
       "(SELECT story FROM stories WHERE alias_of IS NULL)",
       "that became one that is not there"},
      {"story",
       "stories WHERE created > updated OR size < 0 OR NOT json_valid(terms) "
       "OR coalesce(json_type(iif(json_valid(terms), terms, '0')), '') "
       "<> 'array'",
       "with a value that it cannot have"},
      {"change",
       absl::StrCat("changes WHERE night NOT IN (SELECT night FROM nights) "
                    "OR NOT json_valid(articles) OR event NOT IN (",
                    EventNames(), ")"),
       "with a value that it cannot have"},
      {"pin", "pins WHERE a >= b OR same NOT IN (0, 1)",
       "with a value that it cannot have"},
  };
}

void VerifyRows(Database& database, Problems& problems) {
  for (const BadRows& bad : AllBadRows()) {
    const int64_t rows = database.Number(
        absl::StrCat("SELECT count(*) FROM ", bad.where).c_str());
    if (rows == 0) continue;
    const bool is_story = bad.what == std::string_view("story");
    const auto count = static_cast<uint64_t>(rows);
    problems.push_back(absl::StrCat(is_story
                                        ? Counted(count, "story", "stories")
                                        : Counted(count, bad.what),
                                    " ", bad.problem));
  }
}

// An article whose address has no record is not known by it again.
void VerifyAddresses(Database& database, Problems& problems) {
  KeyTable all;
  bool is_damaged = false;
  Statement rows =
      database.Prepare("SELECT night, keys FROM addresses ORDER BY night");
  while (rows.Next()) {
    const auto records = DecodeAddresses(rows.Int(0), rows.Bytes(1));
    if (!records.ok()) {
      Note(records.status(), problems);
      is_damaged = true;
      continue;
    }
    all.insert(all.end(), records->begin(), records->end());
  }
  if (is_damaged) return;
  std::ranges::sort(all);
  Statement articles =
      database.Prepare("SELECT url, number FROM articles WHERE url <> ''");
  uint64_t missing = 0;
  while (articles.Next()) {
    missing += !std::ranges::binary_search(
        all, AddressRecord(articles.Text(0), articles.Int(1)));
  }
  if (missing == 0) return;
  problems.push_back(absl::StrCat("damaged: ", Counted(missing, "article"),
                                  " whose url is not among the addresses"));
}

}  // namespace

std::vector<std::string> VerifyCatalogue(Database& database) {
  Problems problems;
  VerifyTables(database, problems);
  VerifyStructure(database, problems);
  VerifyRows(database, problems);
  Note(CheckLastIds(database), problems);
  VerifyAddresses(database, problems);
  return problems;
}

}  // namespace storyfold
