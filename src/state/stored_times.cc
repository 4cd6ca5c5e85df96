// A clock that jumped was wrong before, or stood still: articles that came in
// meanwhile were not believed their times, or a time of 2099 was. They get what
// the clock of now takes them to be of, or they would stay outside of the
// window, or in it for ever. What they state is kept, so this can be done again
// should the clock of now be wrong. Articles that state no time keep that of a
// clock that was too early. A story that closed too soon is open again: whether
// it is says its row, not the last event of the log.
//
// Tested by: tests/state/clock_test.cc

#include "state/stored_times.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/counted.h"
#include "base/seconds.h"
#include "io/times.h"
#include "state/catalogue.h"

namespace storyfold {
namespace {

constexpr const char* kHowToSet = "; --now TIME says what time it is";

// Writes the times of articles, and remembers where those are.
class TimeWriter {
 public:
  explicit TimeWriter(Database& database)
      : database_(database),
        write_(
            database.Prepare("UPDATE articles SET time = ? WHERE number = ?")) {
  }

  void Write(int64_t number, int64_t time, int64_t story, int64_t segment) {
    write_.With(time, number).Run();
    stories_.insert(story);
    segments_.insert(segment);
  }

  void WriteStoriesAndSegments() {
    Statement story = database_.Prepare(
        absl::StrCat("UPDATE stories SET (first, last, latest) = (SELECT ",
                     kTimesOfStory,
                     " FROM articles WHERE articles.story = ?1) "
                     "WHERE story = ?1")
            .c_str());
    for (const int64_t s : stories_) story.With(s).Run();
    Statement segment = database_.Prepare(
        "UPDATE segments SET (earliest, latest) = "
        "(SELECT coalesce(min(time), earliest), max(time) "
        "FROM articles WHERE articles.segment = ?1) "
        "WHERE segment = ?1");
    for (const int64_t s : segments_) segment.With(s).Run();
  }

 private:
  Database& database_;
  Statement write_;
  std::set<int64_t> stories_;
  std::set<int64_t> segments_;
};

struct StoredTime {
  int64_t number = 0;
  std::optional<int64_t> published;
  int64_t story = 0;
  int64_t segment = 0;
};

}  // namespace

ClockEvidence ReadClockEvidence(Database& database,
                                std::optional<int64_t> given) {
  ClockEvidence evidence = {.previous = LastClock(database), .given = given};
  constexpr auto kFew = int64_t{ClockEvidence::kFew};
  Statement recent = database.Prepare(
      "SELECT published FROM articles ORDER BY number DESC LIMIT ?");
  recent.With(kFew);
  while (recent.Next()) {
    if (const auto time = recent.IntOrNone(0)) evidence.recent.push_back(*time);
  }
  if (!evidence.previous) return evidence;
  Statement witnesses = database.Prepare(
      "SELECT count(*) FROM (SELECT 1 FROM articles WHERE time BETWEEN ? AND ? "
      "AND published = time LIMIT ?)");
  witnesses.With(*evidence.previous - kMostAhead,
                 *evidence.previous + kMostAhead, kFew);
  if (witnesses.Next()) {
    evidence.witnesses = static_cast<size_t>(witnesses.Int(0));
  }
  return evidence;
}

void CorrectTimes(const NightClock& clock, int64_t window_begin,
                  Database& database) {
  std::vector<StoredTime> wrong;
  Statement read = database.Prepare(
      "SELECT number, published, story, segment FROM articles WHERE time > ?2 "
      "OR (published <> time AND published BETWEEN ?1 AND ?2) ORDER BY number");
  read.With(kFirstCredible, clock.latest());
  while (read.Next()) {
    wrong.push_back({read.Int(0), read.IntOrNone(1), read.Int(2), read.Int(3)});
  }
  TimeWriter writer(database);
  for (const auto& [number, published, story, segment] : wrong) {
    writer.Write(number, clock.TimeOf(published), story, segment);
  }
  writer.WriteStoriesAndSegments();
  database.Prepare("UPDATE nights SET clock = ?1 WHERE clock > ?1")
      .With(clock.now())
      .Run();
  database
      .Prepare(
          "UPDATE meta SET value = ?1 "
          "WHERE key = 'expired_before' AND value > ?1")
      .With(window_begin)
      .Run();
  database
      .Prepare(
          "UPDATE stories SET closed = NULL WHERE closed NOT NULL "
          "AND alias_of IS NULL AND latest >= ?")
      .With(window_begin)
      .Run();
}

bool HasJumped(const NightClock& clock, const ClockEvidence& before) {
  return before.previous &&
         std::abs(clock.now() - *before.previous) > kMostAhead;
}

std::vector<std::string> WarningsOfClock(const NightClock& clock,
                                         const ClockEvidence& before,
                                         std::span<const int64_t> stated,
                                         size_t num_articles) {
  std::vector<std::string> warnings;
  const std::string now = FormatTime(clock.now());
  if (HasJumped(clock, before) && *before.previous > kFirstCredible) {
    const int64_t days = (clock.now() - *before.previous) / kSecondsPerDay;
    warnings.push_back(absl::StrCat(
        "the night is of ", now, ", ",
        Counted(static_cast<uint64_t>(std::abs(days)), "day"),
        days < 0 ? " before" : " after", " the last one of ",
        FormatTime(*before.previous), before.given ? "" : ", as articles say"));
  }
  if (before.given || num_articles == 0) return warnings;
  if (stated.empty()) {
    warnings.push_back(
        absl::StrCat("no article states a time, so all are taken to be of ",
                     now, kHowToSet));
    return warnings;
  }
  const auto ahead = static_cast<size_t>(std::ranges::count_if(
      stated, [&](int64_t t) { return t > clock.latest(); }));
  if (2 * ahead > stated.size()) {
    warnings.push_back(absl::StrCat(
        Counted(ahead, "article states a time", "articles state times"),
        " more than 30 days after the night, ", now,
        "; so few do not move it until later ones agree", kHowToSet));
  }
  return warnings;
}

}  // namespace storyfold
