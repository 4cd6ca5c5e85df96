// A headline that a person gave is that of a story, not of an id: where stories
// merge the one that lives takes it over, if it has none of its own (see
// NightWriter::MergeStories). When they part again it has to go with the right
// part. The alias still has it, and the log of changes tells which articles
// were the alias: who holds most of those gets the headline.
//
// Tested by: tests/state/corrections_test.cc

#include "state/pinned_headlines.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace storyfold {
namespace {

struct Former {
  int64_t story = 0;
  std::string headline;
};

// Returns the stories that became part of this one and had a headline from a
// person; none where the headline was taken back since.
std::vector<Former> FormerStories(uint32_t story, Database& database) {
  Statement statement = database.Prepare(
      "SELECT story, pinned_headline FROM stories WHERE alias_of = ?1 "
      "AND pinned_headline NOT NULL AND EXISTS (SELECT 1 FROM stories "
      "WHERE story = ?1 AND pinned_headline NOT NULL) ORDER BY story");
  statement.With(story);
  std::vector<Former> former;
  while (statement.Next()) {
    former.push_back({statement.Int(0), std::string(statement.Text(1))});
  }
  return former;
}

// Returns how many of the articles that were `former` are in a story now.
int64_t CountOf(int64_t former, uint32_t story, Database& database) {
  // With the condition of the index, or SQLite would not use it.
  Statement count = database.Prepare(
      "SELECT count(*) FROM changes, json_each(changes.articles) "
      "JOIN articles ON articles.id = value "
      "WHERE event IN ('merged', 'split') AND event = 'merged' "
      "AND other = ? AND articles.story = ?");
  count.With(former, story);
  return count.Next() ? count.Int(0) : 0;
}

void GiveBack(const Former& former, const LastingIds::Move& move,
              Database& database) {
  database
      .Prepare(
          "UPDATE stories SET pinned_headline = NULL "
          "WHERE story IN (?1, ?2) AND pinned_headline = ?3")
      .With(former.story, move.from, former.headline)
      .Run();
  database
      .Prepare(
          "UPDATE stories SET pinned_headline = ? "
          "WHERE story = ? AND pinned_headline IS NULL")
      .With(former.headline, move.to)
      .Run();
}

}  // namespace

void FollowHeadlines(const LastingIds& stories, Database& database) {
  for (const LastingIds::Move& move : stories.moves) {
    if (move.merged) continue;
    for (const Former& former : FormerStories(move.from, database)) {
      const bool has_left = CountOf(former.story, move.to, database) >
                            CountOf(former.story, move.from, database);
      if (has_left) GiveBack(former, move, database);
    }
  }
}

}  // namespace storyfold
