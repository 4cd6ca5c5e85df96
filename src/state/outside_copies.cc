// Copies of what was printed before the window: tables of keys say who could be
// meant (copy_candidates.cc), and only these articles are read and compared, by
// the code that finds copies in a batch.
//
// Tested by: tests/state/update_test.cc

#include "state/outside_copies.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "duplicates/clusters.h"
#include "state/copy_candidates.h"
#include "state/window.h"

namespace storyfold {
namespace {

// Finds the clusters of stored and asked articles together; the stored ones
// stand first.
std::vector<std::optional<OutsideCopy>> Join(const Window& stored,
                                             const OutsideSearch& search,
                                             const DuplicateOptions& options) {
  std::vector<Article> articles = stored.articles;
  std::vector<std::vector<uint32_t>> lines;
  for (const ArticleRow& row : stored.rows) {
    lines.push_back(ParseLines(row.boilerplate));
  }
  for (const ArticleId a : search.asked) {
    articles.push_back(search.articles[a]);
    const auto removed = search.removed.Of(a);
    lines.emplace_back(removed.begin(), removed.end());
  }
  const RemovedLines removed(lines);
  const DuplicateClusters clusters = ClusterDuplicates(
      articles, removed, SketchArticles(articles, removed), options);

  // By representative; the similarity is that to it.
  std::map<ArticleId, OutsideCopy> of_cluster;
  for (ArticleId a = 0; a < stored.rows.size(); ++a) {
    of_cluster.try_emplace(
        clusters.representative[a],
        OutsideCopy{stored.rows[a].cluster, stored.rows[a].story,
                    clusters.similarity[a]});
  }
  std::vector<std::optional<OutsideCopy>> copies;
  for (size_t i = 0; i < search.asked.size(); ++i) {
    const size_t a = stored.rows.size() + i;
    const auto found = of_cluster.find(clusters.representative[a]);
    copies.push_back(found == of_cluster.end() ? std::nullopt
                                               : std::optional(found->second));
    if (copies[i]) copies[i]->similarity *= clusters.similarity[a];
  }
  return copies;
}

std::vector<SegmentToSearch> SegmentsBefore(int64_t time, Database& database) {
  Statement statement = database.Prepare(
      "SELECT segment, articles FROM segments WHERE earliest < ? "
      "ORDER BY segment");
  statement.With(time);
  std::vector<SegmentToSearch> segments;
  while (statement.Next()) {
    segments.push_back(
        {statement.Int(0), static_cast<uint32_t>(statement.Int(1))});
  }
  return segments;
}

}  // namespace

absl::StatusOr<std::vector<std::optional<OutsideCopy>>> FindOutsideCopies(
    const StateFiles& files, Database& database, const OutsideSearch& search,
    const DuplicateOptions& options) {
  std::vector<std::optional<OutsideCopy>> copies(search.asked.size());
  std::vector<const Sketch*> sketches;
  for (const ArticleId a : search.asked) {
    sketches.push_back(&search.sketches[a]);
  }
  const auto segments = SegmentsBefore(search.window_begin, database);
  if (!database.ok()) return database.status();
  if (segments.empty()) return copies;
  const auto candidates = FindCopyCandidates(
      files, database,
      {sketches,
       segments,
       {std::numeric_limits<int64_t>::min(), search.window_begin - 1}});
  if (!candidates.ok()) return candidates.status();
  if (candidates->numbers.empty()) return copies;
  const auto stored = LoadArticles(files, database, candidates->numbers);
  if (!stored.ok()) return stored.status();

  // Most of the asked articles are like nothing that is stored.
  OutsideSearch narrowed = search;
  std::vector<ArticleId> asked;
  for (const uint32_t place : candidates->asked) {
    asked.push_back(search.asked[place]);
  }
  narrowed.asked = asked;
  const auto found = Join(*stored, narrowed, options);
  for (size_t i = 0; i < found.size(); ++i) {
    copies[candidates->asked[i]] = found[i];
  }
  return copies;
}

}  // namespace storyfold
