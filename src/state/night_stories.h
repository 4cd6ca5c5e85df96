#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "state/database.h"
#include "state/lasting_ids.h"
#include "state/night_batch.h"
#include "state/night_terms.h"
#include "state/window.h"
#include "storyfold/pipeline.h"
#include "storyfold/state.h"
#include "storyfold/stories.h"
#include "text/removed_lines.h"

namespace storyfold {

// What is known of the articles of a night before their stories are.
struct NightCopies {
  const NightBatch& batch;
  const LastingClusters& clusters;
  const RemovedLines& removed;
  std::span<const uint32_t> numbers;  // of the batch, new ones included
};

// The stories of a night, by lasting ids.
struct NightStories {
  ActiveArticles active;
  Stories stories;  // of the active articles
  LastingIds ids;
  uint32_t first_new = 0;
  NightTerms terms;  // of tonight's articles
  VectorReport vectors;
};

// What the stories of a night go by beside its articles.
struct StoryBasis {
  const WindowTerms& window;  // the words of the nights before
  const StoryOptions& options;
  Embedder* embedder = nullptr;  // null: no dense vectors
};

// Clusters the active articles of a night.
NightStories FindStories(const NightCopies& night, const StoryBasis& basis,
                         Database& database, const StageListener& on_stage);

// Returns the rows of the batch as they are after the night.
std::vector<ArticleRow> RowsAfter(const NightCopies& night,
                                  const NightStories& stories);

// Returns what the night did to stories. REQUIRES: the catalogue is as it was
// before
std::vector<StoryChange> ChangesOf(const NightBatch& batch,
                                   const NightStories& stories,
                                   std::span<const ArticleRow> after,
                                   Database& database);

}  // namespace storyfold
