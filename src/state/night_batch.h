#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pipeline/fold.h"
#include "state/database.h"
#include "state/incoming.h"
#include "state/lasting_ids.h"
#include "state/night_clock.h"
#include "state/state_folder.h"
#include "state/window.h"
#include "stories/cluster.h"
#include "storyfold/crawl.h"

namespace storyfold {

// The stored articles that a night has to do with.
struct NightSurroundings {
  Window window;
  // Numbers, ascending: those of the window that tonight's may be copies of.
  std::vector<int64_t> compared;
  std::vector<ArticleRow> changed;  // as they were, in the window or not
  // Ids of changed ones; see FindReplaced.
  std::vector<std::string> replaced = {};
  bool has_whole_window = false;
};

// The articles that are looked at in one night. First those that may be copies
// of one another: stored ones, changed ones with their new text, new ones. The
// rest of the window behind them only has stories to offer.
struct NightBatch {
  static constexpr ArticleId kStored = ~ArticleId{0};

  std::vector<Article> articles;
  std::vector<ArticleRow> rows;       // as they were; number 0: new
  std::vector<ArticleId> in_crawl;    // of each; kStored for others
  std::vector<ArticleId> of_tonight;  // new or changed ones
  std::vector<char> replaced;         // by another article, of its id
  size_t num_compared = 0;            // how many come first
  int64_t window_begin = 0;
  bool has_whole_window = false;  // not only what is near

  size_t size() const { return rows.size(); }
  bool IsNew(size_t i) const { return rows[i].number == 0; }
  // Whether it is a stored article with a new text.
  bool HasChanged(size_t i) const {
    return in_crawl[i] != kStored && !IsNew(i);
  }
  Change ChangeOf(size_t i) const {
    if (!HasChanged(i)) return Change::kNone;
    return replaced[i] != 0 ? Change::kReplaced : Change::kChanged;
  }
  std::span<const Article> Compared() const {
    return std::span(articles).first(num_compared);
  }
};

// The batch points at what the window, `incoming` and the crawl own. Articles
// have the ids that they are stored under.
NightBatch MakeNightBatch(const NightSurroundings& around,
                          const Incoming& incoming, const Crawl& crawl,
                          const NightClock& clock);

// Clusters of copies of a whole batch, by lasting ids.
struct LastingClusters {
  // Of each article; see DuplicateClusters. Where the lasting representative of
  // a cluster was not compared, the similarity is that to it all the same, by
  // way of the article that stands for the others tonight.
  std::vector<ArticleId> representative;
  std::vector<float> similarity;
  // Who is in a cluster by way of an article from before the window, and is no
  // copy of those of it that are read, has joined it.
  LastingIds ids;
  uint32_t first_new = 0;  // the least id of new clusters
  // For each article the story it has because a copy of it from before the
  // window is in it; kNoId for others.
  std::vector<uint32_t> bound_story;
};

// Finds the ids of the clusters of a batch, those of before the window among
// them. `found` tells of the articles that were compared; the others stay
// copies of whom they were, under the id that their cluster has or was merged
// into. Errors: of the catalogue and of segments.
absl::StatusOr<LastingClusters> KeepClusters(const StateFiles& files,
                                             Database& database,
                                             const NightBatch& batch,
                                             const CleanedCopies& found,
                                             const DuplicateOptions& options);

// Returns the articles that stand for their clusters from now on: of new
// clusters, and of those whose former one was compared. Where it was not, as it
// is from before the window, it goes on to stand for the others; so it does for
// those that joined it.
std::vector<ArticleId> NewRepresentatives(const NightBatch& batch,
                                          const LastingClusters& clusters);

// The articles of a batch whose stories are looked for: not those that have one
// as a copy, nor new versions of articles from before the window.
struct ActiveArticles {
  std::vector<ArticleId> in_batch;
  std::vector<Article> articles;
  std::vector<ArticleId> representative;
  RemovedLines removed;
  std::vector<uint32_t> earlier;  // stories
  std::vector<Change> changes;    // what has become of each
  std::vector<PinnedPair> pinned;
};

// Returns the stories of changed active articles that others have, too, which
// are not active; ascending.
std::vector<uint32_t> StoriesElsewhere(const ActiveArticles& active,
                                       Database& database);

// Stored ones come first, by number.
ActiveArticles ChooseActive(const NightBatch& batch,
                            const LastingClusters& clusters,
                            const RemovedLines& removed, Database& database);

}  // namespace storyfold
