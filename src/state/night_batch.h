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

// The articles that are compared in one night: those of the window that were
// read, changed ones with their new text behind them, then the new ones.
struct NightBatch {
  static constexpr ArticleId kStored = ~ArticleId{0};

  std::vector<Article> articles;
  std::vector<ArticleRow> rows;       // as they were; number 0: new
  std::vector<ArticleId> in_crawl;    // of each; kStored for others
  std::vector<ArticleId> of_tonight;  // new or changed ones
  int64_t window_begin = 0;

  size_t size() const { return rows.size(); }
  bool IsNew(size_t i) const { return rows[i].number == 0; }
};

// `changed` are the rows of the articles that changed, in the window or not.
// The batch points at what the window and the crawl own.
NightBatch MakeNightBatch(const Window& window,
                          std::span<const ArticleRow> changed,
                          const Incoming& incoming, const Crawl& crawl,
                          const NightClock& clock);

// Clusters of copies, by lasting ids.
struct LastingClusters {
  LastingIds ids;
  // For each article the story it has because a copy of it from before the
  // window is in it; kNoId for others.
  std::vector<uint32_t> bound_story;
};

// Finds the ids of the clusters of a batch, those of before the window among
// them. Errors: of the catalogue and of segments.
absl::StatusOr<LastingClusters> KeepClusters(const StateFiles& files,
                                             Database& database,
                                             const NightBatch& batch,
                                             const CleanedCopies& found,
                                             const DuplicateOptions& options);

// The articles of a batch whose stories are looked for: not those that have one
// as a copy, nor new versions of articles from before the window.
struct ActiveArticles {
  std::vector<ArticleId> in_batch;
  std::vector<Article> articles;
  std::vector<ArticleId> representative;
  RemovedLines removed;
  std::vector<uint32_t> earlier;  // stories
  std::vector<PinnedPair> pinned;
};

ActiveArticles ChooseActive(const NightBatch& batch, const CleanedCopies& found,
                            const LastingClusters& clusters,
                            const RemovedLines& removed, Database& database);

}  // namespace storyfold
