// Tested by: tests/state/update_test.cc

#include "state/night_stories.h"

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "state/catalogue.h"
#include "state/changes.h"
#include "stories/cluster.h"
#include "stories/describe.h"
#include "stories/languages.h"

namespace storyfold {
namespace {

// Returns for each active article whether the words of `nights` have its own.
std::vector<char> CountedBefore(const NightBatch& batch,
                                const ActiveArticles& active,
                                std::span<const int64_t> nights) {
  std::vector<char> counted;
  for (const ArticleId a : active.in_batch) {
    counted.push_back(batch.in_crawl[a] == NightBatch::kStored &&
                      std::ranges::binary_search(nights, batch.rows[a].night));
  }
  return counted;
}

// Returns which articles something is new about: tonight's, what was compared
// with them and what is pinned. All (nothing is returned) where the whole
// window is read: there it costs little to look at everything again.
std::vector<char> TouchedArticles(const NightBatch& batch,
                                  const ActiveArticles& active) {
  std::vector<char> touched;
  if (batch.has_whole_window) return touched;
  for (const ArticleId a : active.in_batch) {
    touched.push_back(a < batch.num_compared);
  }
  return touched;
}

// Returns the words of the stored articles that no night of the window has
// counted, those that stand for their copies.
std::vector<TermCount> UncountedTerms(const NightBatch& batch,
                                      const ActiveArticles& active,
                                      std::span<const char> counted) {
  const CollapsedArticles nodes = CollapseCopies(active.representative);
  std::vector<std::vector<ArticleId>> texts;
  std::vector<ArticleId> first;
  for (size_t node = 0; node < nodes.articles.size(); ++node) {
    const ArticleId a = nodes.articles[node];
    const bool is_stored =
        batch.in_crawl[active.in_batch[a]] == NightBatch::kStored;
    if (!is_stored || counted[a]) continue;
    const auto row = nodes.texts.Row(node);
    texts.emplace_back(row.begin(), row.end());
    first.push_back(a);
  }
  if (texts.empty()) return {};
  return ReadBags({active.articles, ToCsr(texts),
                   LanguagesOf(active.articles, first), active.removed})
      .vocabulary;
}

// Returns the words of tonight's articles, whose counts are given.
NightTerms TermsOfTonight(const NightCopies& night,
                          const ActiveArticles& active, const StoryModel& model,
                          std::vector<TermCount> counts) {
  NightTerms terms;
  terms.counts = std::move(counts);
  for (size_t node = 0; node < model.articles.size(); ++node) {
    const ArticleId a = active.in_batch[model.articles[node]];
    if (night.batch.in_crawl[a] == NightBatch::kStored) continue;
    ++terms.num_articles;
    AppendHeavyTerms(model.vectors, node, night.numbers[a], terms.heavy);
  }
  std::ranges::sort(terms.heavy, std::less<HeavyTerm>());
  return terms;
}

// A story that merged tonight lives on in another: so do the articles that are
// not looked at again, of before the window or bound to a copy of then.
void FollowMerges(const LastingIds& stories, std::vector<ArticleRow>& rows) {
  std::map<uint32_t, uint32_t> lives_in;
  for (const LastingIds::Move& move : stories.moves) {
    if (move.merged) lives_in.emplace(move.from, move.to);
  }
  for (ArticleRow& row : rows) {
    const auto merged = lives_in.find(row.story);
    if (merged != lives_in.end()) row.story = merged->second;
  }
}

// Adds to stories that merge the articles that go along without being looked
// at: of before the window, or bound to one of then.
void AddFollowers(const NightBatch& batch, std::span<const ArticleRow> after,
                  Database& database, std::vector<StoryChange>& changes) {
  absl::flat_hash_map<int64_t, uint32_t> story_now;  // of stored articles
  for (ArticleId a = 0; a < batch.size(); ++a) {
    if (batch.IsNew(a)) continue;
    story_now.emplace(batch.rows[a].number, after[a].story);
  }
  Statement members = database.Prepare(
      "SELECT number, id FROM articles WHERE story = ? ORDER BY number");
  for (StoryChange& change : changes) {
    if (change.event != StoryEvent::kMerged) continue;
    const absl::flat_hash_set<std::string> told(change.articles.begin(),
                                                change.articles.end());
    members.With(change.other);
    while (members.Next()) {
      const auto now = story_now.find(members.Int(0));
      if (now != story_now.end() && now->second != change.story) continue;
      std::string id(members.Text(1));
      if (!told.contains(id)) change.articles.push_back(std::move(id));
    }
  }
}

bool IsMerged(const LastingIds& stories, uint32_t from, uint32_t to) {
  return std::ranges::any_of(stories.moves, [&](const LastingIds::Move& move) {
    return move.merged && move.from == from && move.to == to;
  });
}

}  // namespace

NightStories FindStories(const NightCopies& night, const StoryBasis& basis,
                         Database& database, const StageListener& on_stage) {
  const auto& [window, options, embedder] = basis;
  NightStories result;
  result.active =
      ChooseActive(night.batch, night.clusters, night.removed, database);
  const ActiveArticles& active = result.active;
  DenseVectors dense;
  if (embedder != nullptr) {
    if (on_stage) on_stage(Stage::kVectors);
    dense = CollectVectors(active.articles, active.removed,
                           active.representative, embedder);
    result.vectors = ReportVectors(dense);
  }
  if (on_stage) on_stage(Stage::kStories);
  const std::vector<char> counted =
      CountedBefore(night.batch, active, window.nights);
  const std::vector<char> touched = TouchedArticles(night.batch, active);
  const StoryModel model = ClusterStories(
      active.articles, active.removed, active.representative, options,
      {.dense = std::move(dense),
       .earlier = {active.earlier, active.pinned, touched},
       .elsewhere = {window.counts, window.num_articles, counted}});
  if (on_stage) on_stage(Stage::kDescription);
  result.stories = DescribeStories(active.articles, model);
  result.first_new = NextId(database, "story");
  const std::vector<uint32_t> elsewhere = StoriesElsewhere(active, database);
  result.ids =
      KeepIds(active.earlier, result.stories.story_of, result.first_new,
              {.changes = active.changes, .elsewhere = elsewhere});
  // What the model counts beside the articles that are not tonight's.
  result.terms =
      TermsOfTonight(night, active, model,
                     Subtract(Subtract(model.vectors.vocabulary, window.counts),
                              UncountedTerms(night.batch, active, counted)));
  return result;
}

std::vector<ArticleRow> RowsAfter(const NightCopies& night,
                                  const NightStories& stories) {
  const auto& [batch, clusters, removed, numbers] = night;
  std::vector<ArticleRow> rows = batch.rows;
  for (ArticleId a = 0; a < batch.size(); ++a) {
    rows[a].cluster = clusters.ids.ids[a];
    rows[a].similarity = double{clusters.similarity[a]};
    rows[a].boilerplate = FormatLines(removed.Of(a));
    rows[a].bound = clusters.bound_story[a] != kNoId;
    if (rows[a].bound) rows[a].story = clusters.bound_story[a];
  }
  FollowMerges(stories.ids, rows);
  const auto& representative = stories.active.representative;
  for (size_t s = 0; s < stories.stories.stories.size(); ++s) {
    const Story& story = stories.stories.stories[s];
    const bool is_one_text =
        std::ranges::all_of(story.articles, [&](ArticleId a) {
          return representative[a] == representative[story.articles[0]];
        });
    for (size_t k = 0; k < story.articles.size(); ++k) {
      ArticleRow& row = rows[stories.active.in_batch[story.articles[k]]];
      const uint32_t before = row.story;
      row.story = stories.ids.ids[story.articles[k]];
      row.bound = false;
      if (story.scores.empty()) continue;
      // Who is left of a story, be it with copies, was compared with nobody of
      // it: as alike to it as it was.
      const bool is_left = is_one_text && row.story == before;
      if (!is_left) row.score = double{story.scores[k]};
    }
  }
  return rows;
}

std::vector<StoryChange> ChangesOf(const NightBatch& batch,
                                   const NightStories& stories,
                                   std::span<const ArticleRow> after,
                                   Database& database) {
  // Bound articles are part of it: they make stories grow.
  std::vector<std::string> ids;
  std::vector<uint32_t> earlier;
  std::vector<char> changed;
  LastingIds all = stories.ids;
  all.ids.clear();
  const auto add = [&](ArticleId a) {
    ids.emplace_back(batch.articles[a].id);
    earlier.push_back(batch.rows[a].story);
    changed.push_back(batch.HasChanged(a));
    all.ids.push_back(after[a].story);
  };
  // Moves name the active articles by their places.
  for (const ArticleId a : stories.active.in_batch) add(a);
  std::vector<char> is_active(batch.size(), false);
  for (const ArticleId a : stories.active.in_batch) is_active[a] = true;
  for (const ArticleId a : batch.of_tonight) {
    if (is_active[a]) continue;
    const uint32_t from = batch.rows[a].story;
    const uint32_t to = after[a].story;
    if (from != kNoId && from != to && !IsMerged(stories.ids, from, to)) {
      all.moves.push_back({from, to, {static_cast<uint32_t>(ids.size())}});
    }
    add(a);
  }
  std::vector<StoryChange> changes =
      DescribeChanges({ids, earlier, changed, all, stories.first_new});
  AddFollowers(batch, after, database, changes);
  return changes;
}

}  // namespace storyfold
