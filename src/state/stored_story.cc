// Tested by: tests/state/explain_story_test.cc

#include "state/stored_story.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/seconds.h"
#include "base/string_view.h"
#include "state/catalogue.h"
#include "state/state_folder.h"

namespace storyfold {
namespace {

// Returns the story of the article of that id.
std::optional<int64_t> StoryOfArticle(Database& database, std::string_view id) {
  const auto article = FindArticle(database, id);
  if (!article) return std::nullopt;
  Statement story =
      database.Prepare("SELECT story FROM articles WHERE number = ?");
  story.With(*article);
  return story.Next() ? std::optional(story.Int(0)) : std::nullopt;
}

// Returns the story that is meant. Articles may have ids like "s1", but hardly
// ones that are written like the names of stories.
std::optional<int64_t> StoryMeant(Database& database, std::string_view name) {
  const auto number = ParseStoryName(name);
  const auto by_name = FindStory(database, name);
  if (by_name && StoryName(*number) == name) return by_name;
  const auto by_article = StoryOfArticle(database, name);
  return by_article ? by_article : by_name;
}

// Reads the row of a story; returns the time of its last article.
int64_t ReadStory(Database& database, StoredStory& story) {
  Statement row = database.Prepare(
      "SELECT coalesce(pinned_headline, headline), pinned_headline NOT NULL, "
      "(SELECT group_concat(value, ', ') FROM json_each(terms)), created, "
      "updated, closed, latest FROM stories WHERE story = ?");
  row.With(story.story);
  if (!row.Next()) return 0;
  story.headline = row.Text(0);
  story.is_headline_pinned = row.Int(1) != 0;
  story.terms = row.Text(2);
  story.created = row.Int(3);
  story.updated = row.Int(4);
  story.closed = row.IntOrNone(5);
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max() / 4;
  return std::clamp(row.Int(6), -kMost, kMost);
}

std::vector<std::string> ArticlesOfChange(int64_t change, Database& database) {
  Statement ids = database.Prepare(
      "SELECT value FROM changes, json_each(articles) WHERE change = ?");
  ids.With(change);
  std::vector<std::string> articles;
  while (ids.Next()) articles.emplace_back(ids.Text(0));
  return articles;
}

void ReadMoves(Database& database, StoredStory& story) {
  // With the condition of the indices on each side, or SQLite would use none.
  Statement moves = database.Prepare(
      "SELECT night, event = 'merged', story, other, change FROM changes "
      "WHERE (event IN ('merged', 'split') AND story = ?1) "
      "OR (event IN ('merged', 'split') AND other = ?1) ORDER BY change");
  moves.With(story.story);
  while (moves.Next()) {
    story.moves.push_back({moves.Int(0), moves.Int(1) != 0,
                           static_cast<uint32_t>(moves.Int(2)),
                           static_cast<uint32_t>(moves.Int(3)),
                           ArticlesOfChange(moves.Int(4), database)});
  }
}

void ReadHeadlines(Database& database, StoredStory& story) {
  Statement headline = database.Prepare(
      "SELECT coalesce(pinned_headline, headline) FROM stories "
      "WHERE story = ?");
  for (const uint32_t s : story.earlier) {
    if (story.headlines.contains(s)) continue;
    headline.With(s);
    story.headlines[s] = headline.Next() ? headline.Text(0) : "";
  }
}

}  // namespace

absl::StatusOr<StoredStory> LoadStoredStory(const std::string& folder,
                                            std::string_view name) {
  const StateFiles files(folder);
  auto state = OpenForReading(files);
  if (!state.ok()) return state.status();
  Database& database = state->database;
  StoredStory story;
  const auto meant = StoryMeant(database, name);
  if (!database.ok()) return database.status();
  if (!meant) {
    return absl::NotFoundError(absl::StrCat("no story and no article \"",
                                            ToAbsl(name), "\" in ", folder));
  }
  story.story = static_cast<uint32_t>(*meant);
  const absl::Status read = SetOptions(database, story);
  if (!read.ok()) return read;
  const int64_t last = ReadStory(database, story);
  const auto reach =
      static_cast<int64_t>(SecondsOfDays(story.options.stories.window_days));
  auto window = LoadWindow(files, database, {last - reach, last});
  if (!window.ok()) return window.status();
  SetWindow(*std::move(window), database, story);
  ReadMoves(database, story);
  ReadHeadlines(database, story);
  Statement members = database.Prepare(
      "SELECT number, id FROM articles WHERE story = ? ORDER BY time, number");
  members.With(story.story);
  while (members.Next()) {
    if (story.PlaceOf(members.Int(0))) continue;
    story.earlier_members.emplace_back(members.Text(1));
  }
  if (!database.ok()) return database.status();
  return story;
}

}  // namespace storyfold
