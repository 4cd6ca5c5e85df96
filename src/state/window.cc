// Tested by: tests/state/update_test.cc

#include "state/window.h"

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>
#include <absl/strings/str_split.h>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "base/string_view.h"

namespace storyfold {
namespace {

// The columns of an ArticleRow, up to a condition.
constexpr const char* kSelectArticles =
    "SELECT number, segment, place, published, time, cluster, story, "
    "similarity, score, bound, boilerplate, night, number = (SELECT "
    "representative FROM clusters WHERE clusters.cluster = articles.cluster) "
    "FROM articles WHERE ";

// Returns the value of a column that names something; 0, which names nothing,
// for a value that no update writes.
uint32_t NumberIn(const Statement& row, int column) {
  const int64_t value = row.Int(column);
  return value > 0 && value < std::numeric_limits<uint32_t>::max()
             ? static_cast<uint32_t>(value)
             : 0;
}

ArticleRow ReadRow(const Statement& row) {
  ArticleRow article;
  article.number = row.Int(0);
  article.segment = row.Int(1);
  article.place = static_cast<uint32_t>(
      std::clamp<int64_t>(row.Int(2), 0, std::numeric_limits<uint32_t>::max()));
  article.published = row.IntOrNone(3);
  article.time = row.Int(4);
  article.cluster = NumberIn(row, 5);
  article.story = NumberIn(row, 6);
  article.similarity = row.Real(7);
  article.score = row.Real(8);
  article.bound = row.Int(9) != 0;
  article.boilerplate = row.Text(10);
  article.night = row.Int(11);
  article.is_representative = row.Int(12) != 0;
  return article;
}

// Reads the articles of the rows from their segments.
absl::Status ReadTexts(const StateFiles& files, Database& database,
                       Window& window) {
  // By segment, then place.
  std::map<int64_t, std::map<uint32_t, size_t>> places;
  for (size_t i = 0; i < window.rows.size(); ++i) {
    const ArticleRow& row = window.rows[i];
    if (!places[row.segment].try_emplace(row.place, i).second) {
      return absl::DataLossError(
          absl::StrCat(files.Catalogue(), ": two articles in one place"));
    }
  }
  Statement sizes =
      database.Prepare("SELECT articles FROM segments WHERE segment = ?");
  window.articles.resize(window.rows.size());
  for (const auto& [segment, rows] : places) {
    sizes.With(segment);
    const bool is_there = sizes.Next();
    if (!database.ok()) return database.status();
    if (!is_there) {
      return absl::DataLossError(absl::StrCat(
          files.Catalogue(), ": articles in a segment that is not there"));
    }
    const auto opened =
        OpenSegment(files, segment, static_cast<uint32_t>(sizes.Int(0)));
    if (!opened.ok()) return opened.status();
    std::vector<uint32_t> wanted;
    for (const auto& [place, row] : rows) wanted.push_back(place);
    auto stored = opened->Read(wanted, /*with_records=*/false);
    if (!stored.ok()) return stored.status();
    for (size_t k = 0; const auto& [place, row] : rows) {
      window.articles[row] = stored->articles[k++];
      window.articles[row].published = window.rows[row].CredibleTime();
    }
    window.storage.push_back(*std::move(stored));
  }
  return absl::OkStatus();
}

absl::Status ReadRows(const StateFiles& files, Statement& statement,
                      Window& window) {
  while (statement.Next()) {
    window.rows.push_back(ReadRow(statement));
    if (window.rows.back().story == 0 || window.rows.back().cluster == 0) {
      return absl::DataLossError(absl::StrCat(
          files.Catalogue(), ": an article without a story or cluster"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Window> WithTexts(const StateFiles& files, Database& database,
                                 Window window) {
  if (!database.ok()) return database.status();
  const absl::Status read = ReadTexts(files, database, window);
  if (!read.ok()) return read;
  return window;
}

}  // namespace

absl::StatusOr<Window> LoadWindow(const StateFiles& files, Database& database,
                                  TimeSpan span) {
  Statement statement = database.Prepare(
      absl::StrCat(kSelectArticles,
                   "time BETWEEN ? AND ? "
                   "OR id IN (SELECT a FROM pins) "
                   "OR id IN (SELECT b FROM pins) ORDER BY number")
          .c_str());
  statement.With(span.from, span.to);
  Window window;
  const absl::Status read = ReadRows(files, statement, window);
  if (!read.ok()) return read;
  return WithTexts(files, database, std::move(window));
}

absl::StatusOr<Window> LoadArticles(const StateFiles& files, Database& database,
                                    std::span<const int64_t> numbers) {
  Statement statement =
      database.Prepare(absl::StrCat(kSelectArticles, "number = ?").c_str());
  Window window;
  for (const int64_t number : numbers) {
    statement.With(number);
    const absl::Status read = ReadRows(files, statement, window);
    if (!read.ok()) return read;
  }
  return WithTexts(files, database, std::move(window));
}

std::string FormatLines(std::span<const uint32_t> lines) {
  return absl::StrJoin(lines, ",");
}

std::vector<uint32_t> ParseLines(std::string_view text) {
  std::vector<uint32_t> lines;
  for (const auto part : absl::StrSplit(ToAbsl(text), ',', absl::SkipEmpty())) {
    uint32_t line = 0;
    if (absl::SimpleAtoi(part, &line)) lines.push_back(line);
  }
  return lines;
}

}  // namespace storyfold
