#pragma once

#include <span>
#include <string_view>

#include "base/csr.h"
#include "stories/bags.h"
#include "storyfold/article.h"
#include "text/removed_lines.h"

namespace storyfold {

// Adds to the bags of articles in languages that write compounds as one word
// the parts of these, each with half of the compound's weight, and counts them
// (see FindCompounds, over all articles of a language). Arguments as for
// ReadBags, which made `bags`. Bags of other languages stay as they are, and
// cost nothing; others are read once more. Parallel and deterministic.
void SplitCompounds(std::span<const Article> articles,
                    const Csr<ArticleId>& texts,
                    std::span<const std::string_view> languages,
                    const RemovedLines& removed, TermBags& bags);

}  // namespace storyfold
