// Tested by: tests/state/night_batch_test.cc, tests/state/update_test.cc

#include "state/night_batch.h"

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <map>
#include <utility>

#include "state/catalogue.h"
#include "state/outside_copies.h"
#include "stories/earlier.h"

namespace storyfold {
namespace {

void AddStored(const Window& window, size_t i, NightBatch& batch) {
  batch.articles.push_back(window.articles[i]);
  batch.rows.push_back(window.rows[i]);
  batch.in_crawl.push_back(NightBatch::kStored);
}

void AddTonight(const Article& article, ArticleId in_crawl, ArticleRow row,
                const NightClock& clock, NightBatch& batch) {
  row.published = article.published;
  row.time = clock.TimeOf(article.published);
  batch.of_tonight.push_back(static_cast<ArticleId>(batch.size()));
  batch.articles.push_back(article);
  batch.articles.back().published = row.CredibleTime();
  batch.rows.push_back(std::move(row));
  batch.in_crawl.push_back(in_crawl);
}

// Adds the articles that were not compared: of each cluster the one that stood
// for the others still does, or the first where it is not looked at.
void KeepUncompared(const NightBatch& batch, LastingClusters& clusters) {
  absl::flat_hash_map<uint32_t, ArticleId> stands_for;
  for (auto a = static_cast<ArticleId>(batch.num_compared); a < batch.size();
       ++a) {
    const ArticleRow& row = batch.rows[a];
    ArticleId& representative =
        stands_for.try_emplace(row.cluster, a).first->second;
    if (row.is_representative) representative = a;
  }
  for (size_t a = batch.num_compared; a < batch.size(); ++a) {
    const ArticleRow& row = batch.rows[a];
    clusters.representative.push_back(stands_for.at(row.cluster));
    clusters.similarity.push_back(static_cast<float>(row.similarity));
  }
}

// Gives the articles that were not compared the ids of their clusters.
void KeepUncomparedIds(const NightBatch& batch, LastingIds& ids) {
  absl::flat_hash_map<uint32_t, uint32_t> lives_in;
  for (const LastingIds::Move& move : ids.moves) {
    if (move.merged) lives_in.emplace(move.from, move.to);
  }
  for (size_t a = batch.num_compared; a < batch.size(); ++a) {
    const auto merged = lives_in.find(batch.rows[a].cluster);
    ids.ids.push_back(merged == lives_in.end() ? batch.rows[a].cluster
                                               : merged->second);
  }
}

// Returns the clusters whose representative was compared.
absl::flat_hash_set<uint32_t> OpenClusters(const NightBatch& batch) {
  absl::flat_hash_set<uint32_t> open;
  for (ArticleId a = 0; a < batch.num_compared; ++a) {
    const ArticleRow& row = batch.rows[a];
    if (row.is_representative) open.insert(row.cluster);
  }
  return open;
}

// Where the representative of a cluster was not compared, or not with these,
// gives the similarity to it: stored articles have the one they had, others
// that to who stands for them tonight times its own, for new ones in
// `to_outside`.
void RelateToUncompared(const NightBatch& batch,
                        std::span<const float> to_outside,
                        LastingClusters& clusters) {
  const absl::flat_hash_set<uint32_t> open = OpenClusters(batch);
  for (ArticleId a = 0; a < batch.num_compared; ++a) {
    const uint32_t cluster = clusters.ids.ids[a];
    if (cluster >= clusters.first_new) continue;
    if (open.contains(cluster) && !clusters.ids.joined[a]) continue;
    const auto was_in = [&](ArticleId b) {
      return !batch.IsNew(b) && batch.rows[b].cluster == cluster;
    };
    const ArticleId r = clusters.representative[a];
    float& similarity = clusters.similarity[a];
    if (was_in(a)) {
      similarity = static_cast<float>(batch.rows[a].similarity);
    } else {
      similarity *= was_in(r) ? static_cast<float>(batch.rows[r].similarity)
                              : to_outside[r];
    }
  }
}

// Returns the representatives of clusters without an earlier member.
std::vector<ArticleId> NewClusters(const NightBatch& batch,
                                   std::span<const ArticleId> representative) {
  std::vector<char> is_known(batch.size(), false);
  for (ArticleId a = 0; a < batch.size(); ++a) {
    if (!batch.IsNew(a)) is_known[representative[a]] = true;
  }
  std::vector<ArticleId> clusters;
  for (ArticleId a = 0; a < batch.size(); ++a) {
    if (representative[a] == a && !is_known[a]) clusters.push_back(a);
  }
  return clusters;
}

// Returns all articles: stored ones by number, then those of tonight.
std::vector<ArticleId> StoredFirst(const NightBatch& batch) {
  std::vector<ArticleId> order;
  for (ArticleId a = 0; a < batch.size(); ++a) {
    if (batch.in_crawl[a] == NightBatch::kStored) order.push_back(a);
  }
  std::ranges::sort(order, {},
                    [&](ArticleId a) { return batch.rows[a].number; });
  order.insert(order.end(), batch.of_tonight.begin(), batch.of_tonight.end());
  return order;
}

// Returns the pins between active articles, by their places among those.
std::vector<PinnedPair> PinsAmong(const NightBatch& batch,
                                  const ActiveArticles& active,
                                  std::span<const PinnedNumbers> pins) {
  absl::flat_hash_map<int64_t, ArticleId> of_number;
  for (ArticleId a = 0; a < active.in_batch.size(); ++a) {
    of_number.emplace(batch.rows[active.in_batch[a]].number, a);
  }
  std::vector<PinnedPair> pinned;
  for (const PinnedNumbers& pin : pins) {
    const auto a = of_number.find(pin.a);
    const auto b = of_number.find(pin.b);
    if (a == of_number.end() || b == of_number.end()) continue;
    pinned.push_back({a->second, b->second, pin.same});
  }
  return pinned;
}

// Returns the groups of changed things that have more members in the catalogue
// than are given; ascending. `count` is how many articles a group has.
std::vector<uint32_t> GroupsElsewhere(std::span<const uint32_t> earlier,
                                      std::span<const Change> changes,
                                      Statement count) {
  std::map<uint32_t, int64_t> given;
  for (size_t i = 0; i < earlier.size(); ++i) {
    if (changes[i] != Change::kNone) given.emplace(earlier[i], 0);
  }
  for (const uint32_t id : earlier) {
    const auto group = given.find(id);
    if (group != given.end()) ++group->second;
  }
  std::vector<uint32_t> elsewhere;
  for (const auto& [id, size] : given) {
    count.With(id);
    if (count.Next() && count.Int(0) > size) elsewhere.push_back(id);
  }
  return elsewhere;
}

// What ties articles of a batch to ones from before the window.
struct OutsideTies {
  std::vector<uint32_t> joins;    // clusters, of those that were compared
  std::vector<uint32_t> stories;  // kNoId where there is none, like the former
  std::vector<float> similarity;  // to the copy
};

// `outside` has a value for each of the articles `asked`.
OutsideTies TiesOf(const NightBatch& batch, std::span<const ArticleId> asked,
                   std::span<const std::optional<OutsideCopy>> outside) {
  OutsideTies ties = {
      {},
      std::vector<uint32_t>(batch.size(), kNoId),
      std::vector<float>(batch.size(), 1),
  };
  for (ArticleId a = 0; a < batch.num_compared; ++a) {
    const bool stays =
        batch.in_crawl[a] == NightBatch::kStored && batch.rows[a].bound;
    ties.joins.push_back(stays ? batch.rows[a].cluster : kNoId);
  }
  for (size_t k = 0; k < asked.size(); ++k) {
    if (!outside[k]) continue;
    ties.joins[asked[k]] = outside[k]->cluster;
    ties.stories[asked[k]] = outside[k]->story;
    ties.similarity[asked[k]] = outside[k]->similarity;
  }
  return ties;
}

// Returns LastingClusters::bound_story.
std::vector<uint32_t> BoundStories(const NightBatch& batch,
                                   std::span<const ArticleId> representative,
                                   const OutsideTies& ties) {
  std::vector<uint32_t> of_cluster = ties.stories;  // by representative
  for (ArticleId a = 0; a < batch.size(); ++a) {
    uint32_t& story = of_cluster[representative[a]];
    if (batch.rows[a].bound && story == kNoId) story = batch.rows[a].story;
  }
  std::vector<uint32_t> bound;
  for (ArticleId a = 0; a < batch.size(); ++a) {
    const bool is_bound =
        batch.IsNew(a) || batch.HasChanged(a) || batch.rows[a].bound;
    bound.push_back(is_bound ? of_cluster[representative[a]] : kNoId);
  }
  return bound;
}

}  // namespace

NightBatch MakeNightBatch(const NightSurroundings& around,
                          const Incoming& incoming, const Crawl& crawl,
                          const NightClock& clock) {
  const Window& window = around.window;
  absl::flat_hash_map<int64_t, const Incoming::Change*> new_text;
  for (const Incoming::Change& change : incoming.changed) {
    new_text.emplace(change.number, &change);
  }
  NightBatch batch;
  const auto add_stored = [&](bool compared) {
    for (size_t i = 0; i < window.rows.size(); ++i) {
      const int64_t number = window.rows[i].number;
      if (new_text.contains(number)) continue;
      if (std::ranges::binary_search(around.compared, number) != compared) {
        continue;
      }
      AddStored(window, i, batch);
    }
  };
  add_stored(true);
  for (const ArticleRow& row : around.changed) {
    const Incoming::Change& change = *new_text.at(row.number);
    Article article = crawl.articles[change.article];
    article.id = change.id;
    AddTonight(article, change.article, row, clock, batch);
  }
  for (const ArticleId a : incoming.fresh) {
    AddTonight(crawl.articles[a], a, {}, clock, batch);
  }
  batch.num_compared = batch.size();
  batch.has_whole_window = around.has_whole_window;
  add_stored(false);
  const absl::flat_hash_set<std::string_view> replaced(around.replaced.begin(),
                                                       around.replaced.end());
  for (ArticleId a = 0; a < batch.size(); ++a) {
    batch.replaced.push_back(batch.HasChanged(a) &&
                             replaced.contains(batch.articles[a].id));
  }
  return batch;
}

absl::StatusOr<LastingClusters> KeepClusters(const StateFiles& files,
                                             Database& database,
                                             const NightBatch& batch,
                                             const CleanedCopies& found,
                                             const DuplicateOptions& options) {
  LastingClusters clusters;
  clusters.representative = found.copies.representative;
  clusters.similarity = found.copies.similarity;
  KeepUncompared(batch, clusters);
  const auto& representative = clusters.representative;
  const std::vector<ArticleId> asked = NewClusters(batch, representative);
  const auto outside =
      FindOutsideCopies(files, database,
                        {batch.articles, found.sketches, found.at_first, asked,
                         batch.window_begin},
                        options);
  if (!outside.ok()) return outside.status();
  const OutsideTies ties = TiesOf(batch, asked, *outside);
  clusters.bound_story = BoundStories(batch, representative, ties);
  std::vector<uint32_t> earlier;
  std::vector<Change> changes;
  for (ArticleId a = 0; a < batch.num_compared; ++a) {
    earlier.push_back(batch.rows[a].cluster);
    changes.push_back(batch.ChangeOf(a));
  }
  clusters.first_new = NextId(database, "cluster");
  const std::vector<uint32_t> elsewhere = GroupsElsewhere(
      earlier, changes,
      database.Prepare("SELECT count(*) FROM articles WHERE cluster = ?"));
  clusters.ids =
      KeepIds(earlier, std::span(representative).first(batch.num_compared),
              clusters.first_new, {ties.joins, changes, elsewhere});
  RelateToUncompared(batch, ties.similarity, clusters);
  KeepUncomparedIds(batch, clusters.ids);
  return clusters;
}

std::vector<ArticleId> NewRepresentatives(const NightBatch& batch,
                                          const LastingClusters& clusters) {
  const absl::flat_hash_set<uint32_t> open = OpenClusters(batch);
  std::vector<ArticleId> elected;
  for (ArticleId a = 0; a < batch.num_compared; ++a) {
    const uint32_t cluster = clusters.ids.ids[a];
    const bool is_open =
        cluster >= clusters.first_new || open.contains(cluster);
    if (clusters.representative[a] == a && is_open && !clusters.ids.joined[a]) {
      elected.push_back(a);
    }
  }
  return elected;
}

std::vector<uint32_t> StoriesElsewhere(const ActiveArticles& active,
                                       Database& database) {
  return GroupsElsewhere(
      active.earlier, active.changes,
      database.Prepare("SELECT count(*) FROM articles WHERE story = ?"));
}

ActiveArticles ChooseActive(const NightBatch& batch,
                            const LastingClusters& clusters,
                            const RemovedLines& removed, Database& database) {
  const std::vector<PinnedNumbers> pins = ReadPins(database);
  absl::flat_hash_set<int64_t> pinned;
  for (const PinnedNumbers& pin : pins) pinned.insert({pin.a, pin.b});

  ActiveArticles active;
  std::vector<std::vector<uint32_t>> lines;
  // For each article its place, and the first place of its cluster.
  std::vector<ArticleId> place(batch.size(), NightBatch::kStored);
  std::vector<ArticleId> first(batch.size(), NightBatch::kStored);
  for (const ArticleId a : StoredFirst(batch)) {
    const ArticleRow& row = batch.rows[a];
    const bool is_old = !batch.IsNew(a) && row.time < batch.window_begin;
    const bool is_settled = is_old || clusters.bound_story[a] != kNoId;
    if (is_settled && !pinned.contains(row.number)) continue;
    place[a] = static_cast<ArticleId>(active.in_batch.size());
    active.in_batch.push_back(a);
    active.articles.push_back(batch.articles[a]);
    active.earlier.push_back(row.story);
    active.changes.push_back(batch.ChangeOf(a));
    const auto of_article = removed.Of(a);
    lines.emplace_back(of_article.begin(), of_article.end());
    ArticleId& of_cluster = first[clusters.representative[a]];
    of_cluster = std::min(of_cluster, place[a]);
  }
  active.removed = RemovedLines(lines);
  for (const ArticleId a : active.in_batch) {
    const ArticleId r = clusters.representative[a];
    active.representative.push_back(place[r] != NightBatch::kStored ? place[r]
                                                                    : first[r]);
  }
  active.pinned = PinsAmong(batch, active, pins);
  PartPinnedCopies(active.pinned, active.representative);
  return active;
}

}  // namespace storyfold
