#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "state/database.h"
#include "state/night_terms.h"
#include "state/state_folder.h"
#include "storyfold/article.h"
#include "storyfold/stories.h"

namespace storyfold {

struct NearSearch {
  std::span<const Article> articles;  // of tonight
  std::span<const int64_t> changed;   // numbers of those that are stored
  int64_t window_begin = 0;
  const WindowTerms& terms;
  const StoryOptions& options;
};

// Returns the numbers of the stored articles of the window, ascending, whose
// copies or stories tonight's articles may change; and those of pinned
// articles. Errors: of the catalogue and of segments.
absl::StatusOr<std::vector<int64_t>> FindNearArticles(const StateFiles& files,
                                                      Database& database,
                                                      const NearSearch& search);

}  // namespace storyfold
