#pragma once

#include <span>

#include "sketch/sketch.h"
#include "storyfold/article.h"
#include "storyfold/duplicates.h"
#include "text/removed_lines.h"

namespace storyfold {

// Returns the clusters of copies. Deterministic at any number of threads.
// REQUIRES: Validate(options).ok(); sketches are of `articles`
DuplicateClusters ClusterDuplicates(std::span<const Article> articles,
                                    const RemovedLines& removed,
                                    std::span<const Sketch> sketches,
                                    const DuplicateOptions& options);

}  // namespace storyfold
