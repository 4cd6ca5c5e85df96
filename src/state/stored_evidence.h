#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "state/database.h"
#include "state/window.h"
#include "stories/cluster.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// Stored articles with all that is needed to compare them again.
struct StoredEvidence {
  Window window;
  std::vector<uint32_t> earlier;  // story of each article
  std::vector<PinnedPair> pinned;
  PipelineOptions options;  // of the last night, without its embedder
  std::string model;        // see StateSettings

  // Returns the place of the article with this number, if it is there.
  std::optional<ArticleId> PlaceOf(int64_t number) const;
};

// Takes over what the last night went by.
absl::Status SetOptions(Database& database, StoredEvidence& evidence);

// Takes over the articles, and what is known of them.
void SetWindow(Window window, Database& database, StoredEvidence& evidence);

}  // namespace storyfold
