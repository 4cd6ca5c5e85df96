#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/csr.h"
#include "sketch/sketch.h"
#include "storyfold/article.h"

namespace storyfold {

// Articles folded by equal text, so that what follows handles each text once:
// a text is named by its position in `articles`.
struct DistinctTexts {
  // Row t: the articles with text t, ascending. Texts stand in the order of
  // their first article. Articles without words are in no row.
  Csr<ArticleId> articles;

  size_t size() const { return articles.size(); }
  ArticleId First(size_t text) const { return articles.Row(text)[0]; }
};

// Returns the distinct texts. O(n).
DistinctTexts FoldEqualTexts(std::span<const Sketch> sketches);

// Returns for every article the first one with an equal text; its own id for
// an article without words.
std::vector<ArticleId> EqualTexts(std::span<const Sketch> sketches);

}  // namespace storyfold
