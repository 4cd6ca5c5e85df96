#pragma once

#include <span>
#include <vector>

#include "sketch/sketch.h"
#include "storyfold/article.h"
#include "storyfold/duplicates.h"

namespace storyfold {

// Returns for every article the first one of its group of alike texts: texts
// whose estimated Jaccard similarity is at least min_jaccard, directly or over
// others. Its own id for an article without words.
//
// A first look without reading any text: it puts pages of one template
// together as well as copies. Parallel; the cost of the candidates.
std::vector<ArticleId> GroupAlike(std::span<const Sketch> sketches,
                                  const DuplicateOptions& options);

}  // namespace storyfold
