// Tested by: tests/state/state_test.cc

#include <absl/container/flat_hash_map.h>
#include <absl/strings/str_cat.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/string_view.h"
#include "io/json_text.h"
#include "io/record_id.h"
#include "io/records.h"
#include "state/changes.h"
#include "state/state_folder.h"
#include "state/window.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

// Records are unpacked so many at a time.
constexpr size_t kRecordsAtATime = 4096;

// What is written of an article beside its record.
struct ExportRow {
  int64_t number = 0;
  std::string id;
  uint32_t place = 0;
  int64_t cluster = 0;
  double similarity = 1;
  int64_t story = 0;
  std::string duplicate_of;  // empty: it stands for its copies
  std::string boilerplate;
};

// Returns the value of the field "storyfold" of an article.
std::string ResultOf(const ExportRow& row,
                     std::span<const std::string> other_ids) {
  std::string value;
  JsonObject json(value);
  json.Add("id", row.id);
  if (!other_ids.empty()) json.AddStrings("other_ids", other_ids);
  json.Add("cluster", ClusterName(row.cluster));
  if (row.duplicate_of.empty()) {
    json.AddNull("duplicate_of");
  } else {
    json.Add("duplicate_of", row.duplicate_of);
  }
  json.Add("similarity", row.similarity);
  json.Add("story", StoryName(row.story));
  json.AddNumbers("boilerplate_lines", ParseLines(row.boilerplate));
  json.Close();
  return value;
}

std::vector<ExportRow> RowsOfSegment(Database& database, int64_t segment) {
  Statement statement = database.Prepare(
      "SELECT a.number, a.id, a.place, a.cluster, a.similarity, a.story, "
      "iif(c.representative = a.number, '', coalesce(r.id, '')), "
      "a.boilerplate FROM articles a "
      "LEFT JOIN clusters c ON c.cluster = a.cluster "
      "LEFT JOIN articles r ON r.number = c.representative "
      "WHERE a.segment = ? ORDER BY a.place");
  statement.With(segment);
  std::vector<ExportRow> rows;
  while (statement.Next()) {
    rows.push_back({statement.Int(0), std::string(statement.Text(1)),
                    static_cast<uint32_t>(statement.Int(2)), statement.Int(3),
                    statement.Real(4), statement.Int(5),
                    std::string(statement.Text(6)),
                    std::string(statement.Text(7))});
  }
  return rows;
}

// Finds the ids under which articles came in again.
class OtherIds {
 public:
  explicit OtherIds(Database& database) {
    Statement ids = database.Prepare(
        "SELECT article, id FROM other_ids ORDER BY article, id");
    while (ids.Next()) of_article_[ids.Int(0)].emplace_back(ids.Text(1));
  }

  std::span<const std::string> Of(int64_t number) const {
    const auto ids = of_article_.find(number);
    if (ids == of_article_.end()) return {};
    return ids->second;
  }

 private:
  absl::flat_hash_map<int64_t, std::vector<std::string>> of_article_;
};

absl::Status ExportSegment(const Segment& segment,
                           std::span<const ExportRow> rows,
                           const OtherIds& other_ids, const LineWriter& write) {
  std::vector<uint32_t> places;
  for (const ExportRow& row : rows) places.push_back(row.place);
  if (std::ranges::adjacent_find(places, std::greater_equal()) !=
      places.end()) {
    return absl::DataLossError("two articles in one place");
  }
  const auto stored = segment.Read(places, /*with_records=*/true);
  if (!stored.ok()) return stored.status();
  std::string line;
  for (size_t i = 0; i < rows.size(); ++i) {
    const ExportRow& row = rows[i];
    const auto others = other_ids.Of(row.number);
    std::string record(stored->records[i]);
    for (const std::string& other : others) {
      record = WithOtherId(record, other, row.id);
    }
    line.clear();
    AppendMarkedRecord(record, ResultOf(row, others), line);
    write(line);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ExportArticles(const std::string& folder,
                            const LineWriter& write) {
  const StateFiles files(folder);
  auto state = OpenForReading(files);
  if (!state.ok()) return state.status();
  Database& database = state->database;
  std::vector<std::pair<int64_t, uint32_t>> segments;
  Statement statement = database.Prepare(
      "SELECT segment, articles FROM segments ORDER BY segment");
  while (statement.Next()) {
    segments.emplace_back(statement.Int(0),
                          static_cast<uint32_t>(statement.Int(1)));
  }
  const OtherIds other_ids(database);
  for (const auto& [number, num_articles] : segments) {
    const auto segment = OpenSegment(files, number, num_articles);
    if (!segment.ok()) return segment.status();
    const std::vector<ExportRow> rows = RowsOfSegment(database, number);
    for (size_t begin = 0; begin < rows.size(); begin += kRecordsAtATime) {
      const auto part = std::span(rows).subspan(
          begin, std::min(kRecordsAtATime, rows.size() - begin));
      const absl::Status exported =
          ExportSegment(*segment, part, other_ids, write);
      if (!exported.ok()) return exported;
    }
  }
  return database.status();
}

absl::Status ExportStories(const std::string& folder, const LineWriter& write) {
  const StateFiles files(folder);
  auto state = OpenForReading(files);
  if (!state.ok()) return state.status();
  Database& database = state->database;
  Statement stories = database.Prepare(
      "SELECT story, alias_of, coalesce(pinned_headline, headline), size, "
      "first, last, closed, created, updated, terms FROM stories "
      "ORDER BY story");
  Statement members = database.Prepare(
      "SELECT id FROM articles WHERE story = ? ORDER BY time, number");
  while (stories.Next()) {
    std::string line;
    JsonObject json(line);
    json.Add("id", StoryName(stories.Int(0)));
    if (const auto alias = stories.IntOrNone(1)) {
      json.Add("same_as", StoryName(*alias));
    } else {
      json.Add("headline", stories.Text(2));
      json.Add("size", static_cast<size_t>(stories.Int(3)));
      AddTime("first", stories.IntOrNone(4), json);
      AddTime("last", stories.IntOrNone(5), json);
      json.Field("open") += stories.IntOrNone(6) ? "false" : "true";
      json.Add("created", static_cast<size_t>(stories.Int(7)));
      json.Add("updated", static_cast<size_t>(stories.Int(8)));
      json.Field("terms") += stories.Text(9);
      std::vector<std::string> ids;
      members.With(stories.Int(0));
      while (members.Next()) ids.emplace_back(members.Text(0));
      json.AddStrings("articles", ids);
    }
    json.Close();
    write(line + "\n");
  }
  return database.status();
}

absl::Status ExportChanges(const std::string& folder, const LineWriter& write) {
  const StateFiles files(folder);
  auto state = OpenForReading(files);
  if (!state.ok()) return state.status();
  Database& database = state->database;
  Statement changes = database.Prepare(
      "SELECT night, event, story, other, articles FROM changes "
      "ORDER BY change");
  while (changes.Next()) {
    std::string line;
    JsonObject json(line);
    json.Add("night", static_cast<size_t>(changes.Int(0)));
    json.Add("event", changes.Text(1));
    json.Add("story", StoryName(changes.Int(2)));
    if (changes.Int(3) != 0) {
      json.Add(changes.Text(1) == "split" ? "into" : "from",
               StoryName(changes.Int(3)));
    }
    json.Field("articles") += changes.Text(4);
    json.Close();
    write(line + "\n");
  }
  return database.status();
}

}  // namespace storyfold
