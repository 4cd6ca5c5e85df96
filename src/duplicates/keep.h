#pragma once

#include <cstdint>
#include <span>

#include "sketch/sketch.h"
#include "storyfold/article.h"
#include "storyfold/duplicates.h"

namespace storyfold {

// Returns when an article was published; one without a time comes after all
// others.
int64_t PublishedOrLast(const Article& article);

// Returns the article of `members` that options.keep chooses. kCentral, which
// takes more than the articles to decide, is the cluster's own affair
// (clusters.cc); here it is as kEarliest.
// REQUIRES: `members` is not empty; sketches are of `articles`
ArticleId ChooseKept(std::span<const ArticleId> members,
                     std::span<const Article> articles,
                     std::span<const Sketch> sketches,
                     const DuplicateOptions& options);

}  // namespace storyfold
