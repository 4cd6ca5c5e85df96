#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sketch/sketch.h"
#include "state/database.h"
#include "state/state_folder.h"
#include "storyfold/article.h"
#include "storyfold/duplicates.h"
#include "text/removed_lines.h"

namespace storyfold {

// An article of an earlier night that another is a copy of.
struct OutsideCopy {
  uint32_t cluster = 0;
  uint32_t story = 0;
  float similarity = 0;  // of the two, see DuplicateClusters
};

// What is compared with the articles of before `window_begin`: those of
// `articles` that `asked` names, without their removed lines.
struct OutsideSearch {
  std::span<const Article> articles;
  std::span<const Sketch> sketches;
  const RemovedLines& removed;
  std::span<const ArticleId> asked;
  int64_t window_begin = 0;
};

// Returns for each asked article what it is a copy of, if it is one. Tables of
// keys say who could be, ClusterDuplicates who is. Reads the tables of all
// segments with articles that have not expired, see FindCopyCandidates.
// Errors: of the catalogue and of segments.
absl::StatusOr<std::vector<std::optional<OutsideCopy>>> FindOutsideCopies(
    const StateFiles& files, Database& database, const OutsideSearch& search,
    const DuplicateOptions& options);

}  // namespace storyfold
