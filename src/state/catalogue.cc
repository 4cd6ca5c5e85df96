// Questions to the catalogue that several parts ask. What it says is checked
// where a wrong value could do harm: a state may come from anywhere.
//
// Tested by: tests/state/update_test.cc, tests/state/damaged_state_test.cc

#include "state/catalogue.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "state/state_folder.h"

namespace storyfold {
namespace {

std::string LastIdKey(std::string_view kind) {
  return std::string("last_").append(kind);
}

}  // namespace

uint32_t NextId(Database& database, std::string_view kind) {
  const int64_t last = MetaNumber(database, LastIdKey(kind)).value_or(0);
  constexpr int64_t kMost = std::numeric_limits<uint32_t>::max() / 2;
  return static_cast<uint32_t>(std::clamp<int64_t>(last, 0, kMost) + 1);
}

void SetLastId(Database& database, std::string_view kind, int64_t id) {
  SetMeta(database, LastIdKey(kind), id);
}

absl::Status CheckLastIds(Database& database) {
  constexpr std::pair<const char*, const char*> kGreatest[] = {
      {"article", "SELECT max(number) FROM articles"},
      {"cluster",
       "SELECT max((SELECT coalesce(max(cluster), 0) FROM clusters), "
       "(SELECT coalesce(max(cluster), 0) FROM articles))"},
      {"story",
       "SELECT max((SELECT coalesce(max(story), 0) FROM stories), "
       "(SELECT coalesce(max(story), 0) FROM articles))"},
      {"segment", "SELECT max(segment) FROM segments"}};
  for (const auto& [kind, query] : kGreatest) {
    const int64_t last = MetaNumber(database, LastIdKey(kind)).value_or(0);
    const int64_t greatest = database.Number(query);
    if (greatest <= last) continue;
    return absl::DataLossError(
        absl::StrCat("damaged: there is ", kind, " ", greatest,
                     ", but the last number that was given is ", last));
  }
  return absl::OkStatus();
}

std::optional<int64_t> MetaNumber(Database& database, std::string_view key) {
  Statement statement =
      database.Prepare("SELECT value FROM meta WHERE key = ?");
  statement.With(key);
  return statement.Next() ? statement.IntOrNone(0) : std::nullopt;
}

std::optional<int64_t> LastClock(Database& database) {
  const auto clock = MetaNumber(database, "clock");
  return clock ? std::optional(std::clamp(*clock, kLeastTime, kMostTime))
               : std::nullopt;
}

void SetMeta(Database& database, std::string_view key, int64_t value) {
  database.Prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)")
      .With(key, value)
      .Run();
}

std::vector<PinnedNumbers> ReadPins(Database& database) {
  Statement statement = database.Prepare(
      "SELECT x.number, y.number, same FROM pins "
      "JOIN articles x ON x.id = a JOIN articles y ON y.id = b "
      "ORDER BY a, b");
  std::vector<PinnedNumbers> pins;
  while (statement.Next()) {
    pins.push_back({statement.Int(0), statement.Int(1), statement.Int(2) != 0});
  }
  return pins;
}

std::optional<int64_t> FindArticle(Database& database, std::string_view id) {
  Statement statement = database.Prepare(
      "SELECT number FROM articles WHERE id = ?1 UNION ALL "
      "SELECT article FROM other_ids WHERE id = ?1");
  statement.With(id);
  return statement.Next() ? std::optional(statement.Int(0)) : std::nullopt;
}

std::optional<int64_t> FindStory(Database& database, std::string_view name) {
  Statement story = database.Prepare(
      "SELECT coalesce(alias_of, story) FROM stories WHERE story = ?");
  story.With(int64_t{ParseStoryName(name).value_or(0)});
  return story.Next() ? std::optional(story.Int(0)) : std::nullopt;
}

void AddSegment(Database& database, const SegmentRow& row) {
  database
      .Prepare(
          "INSERT INTO segments (segment, night, articles, bytes, checksum, "
          "earliest, latest) VALUES (?, ?, ?, ?, ?, ?, ?)")
      .With(row.segment, row.night, row.articles, row.bytes, row.checksum,
            row.earliest, row.latest)
      .Run();
}

std::set<int64_t> PinnedArticles(Database& database) {
  Statement statement = database.Prepare(
      "SELECT number FROM articles WHERE id IN "
      "(SELECT a FROM pins UNION SELECT b FROM pins)");
  std::set<int64_t> numbers;
  while (statement.Next()) numbers.insert(statement.Int(0));
  return numbers;
}

}  // namespace storyfold
