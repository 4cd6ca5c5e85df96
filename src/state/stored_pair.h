#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/window.h"
#include "stories/cluster.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// Two articles of a state with those they were compared with, as far as they
// are stored: all that explains them.
struct StoredPair {
  Window window;
  std::vector<uint32_t> earlier;  // story of each article
  std::vector<PinnedPair> pinned;
  ArticleId a = 0;
  ArticleId b = 0;
  PipelineOptions options;          // of the last night, without its embedder
  std::string model;                // see StateSettings
  std::optional<bool> pinned_same;  // what a person said of the two
};

// Returns the articles within the window of either. Errors: an unknown id.
absl::StatusOr<StoredPair> LoadStoredPair(const std::string& folder,
                                          std::string_view a,
                                          std::string_view b);

}  // namespace storyfold
