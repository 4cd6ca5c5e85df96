#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sketch/sketch.h"
#include "storyfold/article.h"
#include "text/removed_lines.h"

namespace storyfold {

// Articles with groups of similar ones that may be copies or pages of one
// template: alike[a] names the group of article a, source_of[a] its source.
struct AlikePages {
  std::span<const Article> articles;
  const RemovedLines& removed;
  std::span<const Sketch> sketches;  // of articles without removed lines
  std::span<const uint32_t> source_of;
  std::span<const ArticleId> alike;
};

// Returns for every article the name of its distinct text: articles have the
// same name when they are copies, and the pages of one source that only have
// their template in common have different ones.
//
// The order of the articles changes nothing but the names. Parallel; pages
// that are alone in their group or equal to the rest of it are not read.
std::vector<ArticleId> NameDistinctPages(const AlikePages& pages);

}  // namespace storyfold
