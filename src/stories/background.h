#pragma once

#include <span>
#include <vector>

#include "storyfold/article.h"
#include "storyfold/word_table.h"
#include "text/removed_lines.h"

namespace storyfold {

// Returns the `most` terms that most of the articles `chosen` names use, with
// the share that does, most common first, then by their spelling. A term of
// one article alone is none of them. Reads as TermReader does. Parallel and
// deterministic.
std::vector<WordShare> CountWords(std::span<const Article> articles,
                                  std::span<const ArticleId> chosen,
                                  const RemovedLines& removed, size_t most);

}  // namespace storyfold
