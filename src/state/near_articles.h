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

// Stored articles, by number; ascending.
struct NearArticles {
  std::vector<int64_t> all;
  // Those among them that tonight's may be copies of: whole clusters, as far as
  // the window goes. The others stay copies of whom they are.
  std::vector<int64_t> compared;
  bool has_whole_window = false;
};

// Returns the stored articles of the window whose copies or stories tonight's
// articles may change; and pinned ones. Errors: of the catalogue and of
// segments.
absl::StatusOr<NearArticles> FindNearArticles(const StateFiles& files,
                                              Database& database,
                                              const NearSearch& search);

}  // namespace storyfold
