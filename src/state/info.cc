// Tested by: tests/state/state_test.cc

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include "base/counted.h"
#include "base/string_view.h"
#include "io/times.h"
#include "state/catalogue.h"
#include "state/night_clock.h"
#include "state/schema.h"
#include "state/settings.h"
#include "state/state_folder.h"
#include "storyfold/state.h"
#include "text/printable.h"

namespace storyfold {
namespace {

absl::StatusOr<StateInfo> InfoOf(Database& database) {
  StateInfo info;
  info.schema = database.Number("PRAGMA user_version");
  info.nights = database.Number("SELECT count(*) FROM nights");
  info.articles = database.Number("SELECT count(*) FROM articles");
  info.stories =
      database.Number("SELECT count(*) FROM stories WHERE alias_of IS NULL");
  info.open_stories = database.Number(
      "SELECT count(*) FROM stories WHERE alias_of IS NULL AND closed IS NULL");
  info.clusters = database.Number(
      "SELECT count(*) FROM (SELECT 1 FROM articles GROUP BY cluster "
      "HAVING count(*) > 1)");
  info.pins = database.Number("SELECT count(*) FROM pins");
  info.segments = database.Number("SELECT count(*) FROM segments");
  info.segment_bytes =
      database.Number("SELECT coalesce(sum(bytes), 0) FROM segments");
  info.clock = LastClock(database);
  // Where a feed without times leaves it.
  if (info.clock == kFirstCredible) info.clock.reset();
  auto settings = ReadSettings(database);
  if (!settings.ok()) return settings.status();
  info.settings = *std::move(settings);
  if (!database.ok()) return database.status();
  return info;
}

void AppendLargestStories(Database& database, std::string& text) {
  Statement stories = database.Prepare(
      "SELECT story, coalesce(pinned_headline, headline), size, "
      "(SELECT count(DISTINCT source) FROM articles "
      "WHERE articles.story = stories.story), last FROM stories "
      "WHERE alias_of IS NULL AND closed IS NULL AND size > 1 "
      "ORDER BY size DESC, story LIMIT 20");
  for (bool is_first = true; stories.Next(); is_first = false) {
    if (is_first) text += "\nThe largest open stories:\n";
    const auto last = stories.IntOrNone(4);
    absl::StrAppendFormat(
        &text, "  %s  %s\n      %d articles of %s, the last %s\n",
        StoryName(stories.Int(0)), Printable(stories.Text(1)), stories.Int(2),
        Counted(static_cast<uint64_t>(stories.Int(3)), "source"),
        last ? FormatTime(*last) : std::string("without a time"));
  }
}

void AppendLastNight(Database& database, std::string& text) {
  Statement events = database.Prepare(
      "SELECT event, count(*) FROM changes "
      "WHERE night = (SELECT max(night) FROM nights) "
      "GROUP BY event ORDER BY event");
  text += "\nStories in the last night:\n";
  while (events.Next()) {
    absl::StrAppend(&text, "  ", events.Int(1), " ", ToAbsl(events.Text(0)),
                    "\n");
  }
  Statement moved = database.Prepare(
      "SELECT event, story, other FROM changes "
      "WHERE night = (SELECT max(night) FROM nights) "
      "AND event IN ('merged', 'split') ORDER BY change LIMIT 20");
  while (moved.Next()) {
    absl::StrAppend(
        &text, "    ", StoryName(moved.Int(1)),
        moved.Text(0) == "split" ? " lost articles to " : " took in ",
        StoryName(moved.Int(2)), "\n");
  }
}

}  // namespace

absl::StatusOr<StateInfo> ReadStateInfo(const std::string& folder) {
  auto state = OpenForReading(StateFiles(folder));
  return state.ok() ? InfoOf(state->database) : state.status();
}

absl::StatusOr<std::optional<std::string>> ReadStateModel(
    const std::string& folder) {
  if (!IsState(folder)) return std::nullopt;
  auto state = OpenBeforeMigration(StateFiles(folder));
  if (!state.ok()) return state.status();
  Database& database = state->database;
  if (IsEmpty(database)) return std::nullopt;
  const bool is_new = database.Number("SELECT count(*) FROM nights") == 0;
  if (!database.ok()) return database.status();
  if (is_new) return std::nullopt;
  if (!HasSettings(database)) return std::string();  // knew no models
  const auto settings = ReadSettings(database);
  if (!settings.ok()) return settings.status();
  return settings->model.value_or("");
}

absl::StatusOr<std::string> DescribeState(const std::string& folder) {
  auto state = OpenForReading(StateFiles(folder));
  if (!state.ok()) return state.status();
  Database& database = state->database;
  const auto info = InfoOf(database);
  if (!info.ok()) return info.status();
  if (info->nights == 0) {
    return absl::StrCat(Printable(folder), ": no night yet\n");
  }
  std::string text = absl::StrFormat(
      "%s: %s in %s (lone ones too) after %s, %s\n", Printable(folder),
      Counted(static_cast<uint64_t>(info->articles), "article"),
      Counted(static_cast<uint64_t>(info->stories), "story", "stories"),
      Counted(static_cast<uint64_t>(info->nights), "night"),
      info->clock ? absl::StrCat("the last of ", FormatTime(*info->clock))
                  : "no time is known");
  AppendLargestStories(database, text);
  AppendLastNight(database, text);
  if (!database.ok()) return database.status();
  return text;
}

}  // namespace storyfold
