#pragma once

#include <span>

#include "duplicates/distinct_texts.h"
#include "sketch/sketch.h"
#include "storyfold/article.h"
#include "storyfold/duplicates.h"
#include "text/removed_lines.h"

namespace storyfold {

// Returns the pairs of articles with a Jaccard similarity of at least
// options.min_jaccard, all of them true, with the recall options.h states.
// REQUIRES: Validate(options).ok(); sketches are of `articles`
DuplicatePairs FindDuplicatePairs(std::span<const Article> articles,
                                  const RemovedLines& removed,
                                  std::span<const Sketch> sketches,
                                  const DuplicateOptions& options);

}  // namespace storyfold
