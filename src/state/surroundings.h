#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "state/database.h"
#include "state/incoming.h"
#include "state/night_batch.h"
#include "state/night_terms.h"
#include "state/state_folder.h"
#include "storyfold/article.h"
#include "storyfold/stories.h"

namespace storyfold {

// Whose surroundings are looked for.
struct SurroundedNight {
  std::span<const Article> articles;  // of the crawl
  const Incoming& incoming;
  int64_t window_begin = 0;
  bool takes_all = false;  // of the window, not only what is near by words
  const StoryOptions& options;
};

// The stored articles that tonight's are compared with, with the words of all
// that could have been.
struct Surroundings {
  NightSurroundings stored;
  WindowTerms terms;
};

// Errors: of the catalogue and of segments.
absl::StatusOr<Surroundings> FindSurroundings(const StateFiles& files,
                                              Database& database,
                                              const SurroundedNight& night);

}  // namespace storyfold
