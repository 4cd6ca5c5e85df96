#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "state/database.h"

namespace storyfold {

// Times of the years 0 to 9999; texts state none before 1.
inline constexpr int64_t kLeastTime = -62'167'219'200;
inline constexpr int64_t kMostTime = 253'402'300'799;

// Numbers are given once, even if what had them is gone. Returns the next one
// of a kind ("story"), from 1; and says which one was given last.
uint32_t NextId(Database& database, std::string_view kind);
void SetLastId(Database& database, std::string_view kind, int64_t id);

// Returns an error (DataLoss) where something has a number above the last that
// was given: a new thing would take the place of an old one. What cannot be
// read is an error of the database only. A few looks at indices.
absl::Status CheckLastIds(Database& database);

// Values of the table meta.
std::optional<int64_t> MetaNumber(Database& database, std::string_view key);
void SetMeta(Database& database, std::string_view key, int64_t value);

// The time of the last night; a catalogue that lies cannot make it so large
// that sums with it overflow.
std::optional<int64_t> LastClock(Database& database);

// Two pinned articles that are stored, by number.
struct PinnedNumbers {
  int64_t a = 0;
  int64_t b = 0;
  bool same = false;
};
std::vector<PinnedNumbers> ReadPins(Database& database);

// Returns the number of the article with this id, or that had it.
std::optional<int64_t> FindArticle(Database& database, std::string_view id);

// Returns the number of the story of this name, or of the one it became part
// of.
std::optional<int64_t> FindStory(Database& database, std::string_view name);

// What a catalogue says of a story's time, from its articles: the columns
// first, last and latest.
inline constexpr const char* kTimesOfStory =
    "min(iif(published = time, time, NULL)), "
    "max(iif(published = time, time, NULL)), coalesce(max(time), 0)";

// A row of the table of segments.
struct SegmentRow {
  int64_t segment = 0;
  int64_t night = 0;
  int64_t articles = 0;
  int64_t bytes = 0;
  int64_t checksum = 0;
  int64_t earliest = 0;
  int64_t latest = 0;
};
void AddSegment(Database& database, const SegmentRow& row);

// Returns the numbers of the articles that somebody has pinned to others.
std::set<int64_t> PinnedArticles(Database& database);

}  // namespace storyfold
