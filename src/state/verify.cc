// Tested by: tests/state/damaged_state_test.cc

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/counted.h"
#include "base/string_view.h"
#include "boilerplate/line_state.h"
#include "state/addresses.h"
#include "state/catalogue.h"
#include "state/night_terms.h"
#include "state/schema.h"
#include "state/settings.h"
#include "state/state_folder.h"
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

// Compares the tables with those of a new state.
void VerifyTables(const StateFiles& files, Database& database,
                  Problems& problems) {
  auto empty = Database::Open("", Database::Mode::kWrite);
  if (!empty.ok()) return Note(empty.status(), problems);
  Note(PrepareSchema(*empty), problems);
  Tables there = TablesOf(database);
  for (const auto& [table, columns] : TablesOf(*empty)) {
    if (!there.contains(table)) {
      problems.push_back(
          absl::StrCat(files.Catalogue(), ": damaged: no table ", table));
      continue;
    }
    for (const std::string& column : columns) {
      if (there[table].contains(column)) continue;
      problems.push_back(absl::StrCat(files.Catalogue(),
                                      ": damaged: no column ", column,
                                      " in the table ", table));
    }
  }
}

void VerifyCatalogue(const StateFiles& files, Database& database,
                     Problems& problems) {
  Statement check = database.Prepare("PRAGMA integrity_check(10)");
  while (check.Next()) {
    if (check.Text(0) == "ok") continue;
    problems.push_back(
        absl::StrCat(files.Catalogue(), ": ", ToAbsl(check.Text(0))));
  }
  constexpr const char* kBroken[] = {
      "SELECT count(*) FROM articles WHERE segment NOT IN "
      "(SELECT segment FROM segments)",
      "SELECT count(*) FROM articles WHERE story NOT IN "
      "(SELECT story FROM stories WHERE alias_of IS NULL)",
      "SELECT count(*) FROM articles WHERE cluster NOT IN "
      "(SELECT cluster FROM clusters)",
      "SELECT count(*) FROM articles JOIN segments USING (segment) "
      "WHERE place NOT BETWEEN 0 AND segments.articles - 1",
      "SELECT count(*) - count(DISTINCT segment || '/' || place) "
      "FROM articles",
      "SELECT count(*) FROM articles JOIN clusters USING (cluster) "
      "WHERE representative NOT IN (SELECT number FROM articles)"};
  constexpr const char* kOf[] = {
      "segment",       "story", "cluster", "place", "place of their own",
      "representative"};
  for (size_t k = 0; k < std::size(kBroken); ++k) {
    const int64_t articles = database.Number(kBroken[k]);
    if (articles == 0) continue;
    problems.push_back(
        absl::StrCat(files.Catalogue(), ": ",
                     Counted(static_cast<uint64_t>(articles), "article"),
                     " of a ", kOf[k], " that is not there"));
  }
}

// An article whose address has no record is not known by it again.
void VerifyAddresses(const StateFiles& files, Database& database,
                     Problems& problems) {
  KeyTable all;
  bool is_damaged = false;
  Statement rows =
      database.Prepare("SELECT night, keys FROM addresses ORDER BY night");
  while (rows.Next()) {
    const auto records = DecodeAddresses(rows.Int(0), rows.Bytes(1));
    if (!records.ok()) {
      Note(DamagedFile(files.Catalogue(), records.status()), problems);
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
  problems.push_back(absl::StrCat(files.Catalogue(),
                                  ": damaged: ", Counted(missing, "article"),
                                  " whose url is not among the addresses"));
}

void VerifySegments(const StateFiles& files, Database& database,
                    Problems& problems) {
  Statement segments = database.Prepare(
      "SELECT segment, articles, checksum FROM segments ORDER BY segment");
  while (segments.Next()) {
    const auto segment = OpenSegment(files, segments.Int(0),
                                     static_cast<uint32_t>(segments.Int(1)));
    absl::Status status = segment.status();
    if (status.ok()) status = segment->Verify();
    if (status.ok() && ChecksumOf(segment->bytes()) != segments.Int(2)) {
      status = absl::DataLossError(
          absl::StrCat(files.SegmentFile(segments.Int(0)),
                       ": damaged: not what the catalogue names"));
    }
    Note(status, problems);
  }
}

// Notes what is wrong with a file that the catalogue names: that it is missing
// or another one, or what `decode` says of its bytes.
template <typename Decode>
void VerifyFile(const std::string& path, int64_t checksum, const Decode& decode,
                Problems& problems) {
  const auto file = MapNamedFile(path, checksum);
  if (!file.ok()) return Note(file.status(), problems);
  const absl::Status decoded = decode((*file)->bytes());
  if (!decoded.ok()) Note(DamagedFile(path, decoded), problems);
}

void VerifyNights(const StateFiles& files, Database& database,
                  Problems& problems) {
  Statement nights = database.Prepare(
      "SELECT night, changes_checksum, terms_checksum FROM nights "
      "ORDER BY night");
  while (nights.Next()) {
    Note(CheckNamedFile(files.ChangesFile(nights.Int(0)), nights.Int(1)),
         problems);
    const auto terms = nights.IntOrNone(2);
    if (!terms) continue;
    VerifyFile(
        files.TermsFile(nights.Int(0)), *terms,
        [](const auto& bytes) { return DecodeNightTerms(bytes).status(); },
        problems);
  }
  Statement lines = database.Prepare(
      "SELECT night, lines_checksum FROM nights WHERE lines_checksum NOT NULL "
      "ORDER BY night DESC LIMIT 1");
  if (!lines.Next()) return;
  VerifyFile(
      files.LinesFile(lines.Int(0)), lines.Int(1),
      [](const auto& bytes) { return LineState::Decode(bytes).status(); },
      problems);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> VerifyState(
    const std::string& folder) {
  const StateFiles files(folder);
  auto state = OpenForReading(files);
  if (!state.ok()) {
    if (absl::IsDataLoss(state.status())) {
      return Problems{std::string(FromAbsl(state.status().message()))};
    }
    return state.status();
  }
  Database& database = state->database;
  Problems problems;
  VerifyTables(files, database, problems);
  VerifyCatalogue(files, database, problems);
  const absl::Status last_ids = CheckLastIds(database);
  if (!last_ids.ok()) {
    problems.push_back(
        absl::StrCat(files.Catalogue(), ": ", last_ids.message()));
  }
  VerifyAddresses(files, database, problems);
  VerifySegments(files, database, problems);
  VerifyNights(files, database, problems);
  // Whatever could not be read of the catalogue is an error here, too.
  Note(ReadSettings(database).status(), problems);
  return problems;
}

}  // namespace storyfold
