// What makes a state smaller: old articles that are compared with nothing any
// more, or are deleted, and segments and addresses written anew without what is
// in them for nothing. A new segment is there before the catalogue names it in
// the place of the old ones, and those go after.
//
// Tested by: tests/state/state_test.cc

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/seconds.h"
#include "sketch/sketch.h"
#include "state/addresses.h"
#include "state/catalogue.h"
#include "state/state_folder.h"
#include "state/window.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

// A segment is written anew when less than this share of it is in use.
constexpr double kLeastInUse = 0.8;
// Segments of fewer articles are written together.
constexpr int64_t kSmallSegment = 2'000;
constexpr int64_t kMostArticles = 32'768;

struct SegmentUse {
  int64_t segment = 0;
  int64_t night = 0;
  int64_t articles = 0;
  int64_t bytes = 0;
  int64_t in_use = 0;
};

std::vector<SegmentUse> ReadUse(Database& database) {
  Statement statement = database.Prepare(
      "SELECT segment, night, articles, bytes, (SELECT count(*) FROM articles "
      "WHERE articles.segment = segments.segment) "
      "FROM segments ORDER BY segment");
  std::vector<SegmentUse> use;
  while (statement.Next()) {
    use.push_back({statement.Int(0), statement.Int(1), statement.Int(2),
                   statement.Int(3), statement.Int(4)});
  }
  return use;
}

// Returns groups of segments, each to be written as one: neighbours that are
// small or hardly used.
std::vector<std::vector<SegmentUse>> ChooseGroups(
    const std::vector<SegmentUse>& use) {
  std::vector<std::vector<SegmentUse>> groups;
  int64_t articles = kMostArticles;
  bool was_small = false;
  for (const SegmentUse& segment : use) {
    const bool is_wasteful =
        static_cast<double>(segment.in_use) <
        kLeastInUse * static_cast<double>(segment.articles);
    const bool is_small = segment.in_use < kSmallSegment;
    if (is_wasteful || is_small) {
      if (!was_small || articles + segment.in_use > kMostArticles) {
        groups.emplace_back();
        articles = 0;
      }
      groups.back().push_back(segment);
      articles += segment.in_use;
    }
    was_small = is_wasteful || is_small;
  }
  std::erase_if(groups, [](const std::vector<SegmentUse>& group) {
    return group.size() == 1 && group[0].in_use == group[0].articles;
  });
  return groups;
}

struct Place {
  int64_t number = 0;
  int64_t time = 0;
};

// Reads the articles in use of a segment with their records.
absl::StatusOr<StoredArticles> ReadInUse(const StateFiles& files,
                                         Database& database,
                                         const SegmentUse& segment,
                                         std::vector<Place>& places,
                                         std::vector<Sketch>& sketches) {
  const auto opened = OpenSegment(files, segment.segment,
                                  static_cast<uint32_t>(segment.articles));
  if (!opened.ok()) return opened.status();
  Statement rows = database.Prepare(
      "SELECT place, number, time, boilerplate FROM articles "
      "WHERE segment = ? ORDER BY place");
  rows.With(segment.segment);
  std::vector<uint32_t> wanted;
  std::vector<std::vector<uint32_t>> lines;
  while (rows.Next()) {
    wanted.push_back(static_cast<uint32_t>(rows.Int(0)));
    places.push_back({rows.Int(1), rows.Int(2)});
    lines.push_back(ParseLines(rows.Text(3)));
  }
  auto stored = opened->Read(wanted, /*with_records=*/true);
  if (!stored.ok()) return stored;
  std::vector<Sketch> own =
      SketchArticles(stored->articles, RemovedLines(lines));
  std::ranges::move(own, std::back_inserter(sketches));
  return stored;
}

// Writes a group of segments as one and names it in their place.
absl::Status RewriteGroup(const StateFiles& files, Database& database,
                          std::span<const SegmentUse> group,
                          WrittenFiles& written, int64_t& saved) {
  std::vector<StoredArticles> stored;
  std::vector<Place> places;
  std::vector<Sketch> sketches;
  for (const SegmentUse& segment : group) {
    auto part = ReadInUse(files, database, segment, places, sketches);
    if (!part.ok()) return part.status();
    stored.push_back(*std::move(part));
    saved += segment.bytes;
    database.Prepare("DELETE FROM segments WHERE segment = ?")
        .With(segment.segment)
        .Run();
  }
  if (places.empty()) return database.status();
  std::vector<SegmentArticle> articles;
  for (const StoredArticles& part : stored) {
    for (size_t i = 0; i < part.articles.size(); ++i) {
      articles.push_back(
          {part.articles[i], part.records[i], &sketches[articles.size()]});
    }
  }
  const std::string bytes = PackSegment(articles);
  const int64_t segment = NextId(database, "segment");
  written.Add(files.SegmentFile(segment));
  const auto file = WriteNamedFile(files.SegmentFile(segment), bytes);
  if (!file.ok()) return file.status();
  saved -= file->bytes;
  SetLastId(database, "segment", segment);
  const auto [first, last] = std::ranges::minmax(places, {}, &Place::time);
  AddSegment(database, {segment, group.back().night, std::ssize(articles),
                        file->bytes, file->checksum, first.time, last.time});
  Statement move = database.Prepare(
      "UPDATE articles SET segment = ?, place = ? WHERE number = ?");
  for (int64_t k = 0; const Place& place : places) {
    move.With(segment, k++, place.number).Run();
  }
  return database.status();
}

// Deletes articles of before `time`, and what only they were in, but for what a
// person has pinned. Returns how many.
size_t Purge(Database& database, int64_t time) {
  database
      .Prepare(
          "DELETE FROM articles WHERE time < ? AND id NOT IN "
          "(SELECT a FROM pins UNION SELECT b FROM pins) AND story NOT IN "
          "(SELECT story FROM stories WHERE pinned_headline NOT NULL)")
      .With(time)
      .Run();
  const auto purged = static_cast<size_t>(database.Number("SELECT changes()"));
  database.Execute(
      "DELETE FROM other_ids WHERE article NOT IN "
      "(SELECT number FROM articles);"
      "DELETE FROM clusters WHERE cluster NOT IN "
      "(SELECT cluster FROM articles);"
      "UPDATE clusters SET representative = (SELECT min(number) FROM articles "
      "WHERE articles.cluster = clusters.cluster) WHERE representative NOT IN "
      "(SELECT number FROM articles);"
      "DELETE FROM stories WHERE alias_of IS NULL AND story NOT IN "
      "(SELECT story FROM articles);"
      "DELETE FROM stories WHERE alias_of IS NOT NULL AND alias_of NOT IN "
      "(SELECT story FROM stories WHERE alias_of IS NULL);"
      "UPDATE stories SET size = (SELECT count(*) FROM articles "
      "WHERE articles.story = stories.story) WHERE alias_of IS NULL");
  return purged;
}

// Returns how many articles of before `time` are compared with others so far.
size_t CountUnexpired(Database& database, int64_t time) {
  Statement count = database.Prepare(
      "SELECT count(*) FROM articles WHERE time < ? AND time >= "
      "coalesce((SELECT value FROM meta WHERE key = 'expired_before'), time)");
  count.With(time);
  return count.Next() ? static_cast<size_t>(count.Int(0)) : 0;
}

}  // namespace

absl::StatusOr<size_t> ExpireState(const std::string& folder,
                                   const ExpireOptions& options) {
  auto state = OpenForWriting(folder, IfMissing::kFail);
  if (!state.ok()) return state.status();
  Database& database = state->database;
  Transaction transaction(database);
  const auto clock = LastClock(database);
  if (!clock) return size_t{0};
  const auto before =
      *clock - static_cast<int64_t>(SecondsOfDays(options.older_than_days));
  const size_t expired = options.purge ? Purge(database, before)
                                       : CountUnexpired(database, before);
  const int64_t so_far =
      MetaNumber(database, "expired_before").value_or(before);
  SetMeta(database, "expired_before", std::max(before, so_far));
  const absl::Status committed = transaction.Commit();
  if (!committed.ok()) return committed;
  return expired;
}

absl::StatusOr<int64_t> CompactState(const std::string& folder) {
  auto state = OpenForWriting(folder, IfMissing::kFail);
  if (!state.ok()) return state.status();
  Database& database = state->database;
  WrittenFiles written;
  int64_t saved = 0;
  const auto groups = ChooseGroups(ReadUse(database));
  Transaction transaction(database);
  for (const std::vector<SegmentUse>& group : groups) {
    const absl::Status done =
        RewriteGroup(state->files, database, group, written, saved);
    if (!done.ok()) return done;
  }
  RewriteAddresses(database);
  // As in an update.
  const absl::Status committed = transaction.Commit();
  if (!absl::IsResourceExhausted(committed)) written.Keep();
  if (!committed.ok()) return committed;
  RemoveLeftovers(state->files, database);
  database.Execute("VACUUM");
  if (database.ok()) return saved;
  return absl::InternalError(
      absl::StrCat("segments are compacted, but not the catalogue: ",
                   database.status().message()));
}

}  // namespace storyfold
