#pragma once

#include <span>
#include <vector>

#include "boilerplate/line_table.h"
#include "storyfold/article.h"
#include "storyfold/boilerplate.h"
#include "text/removed_lines.h"

namespace storyfold {

// Returns the lines that recur, ordered by article, then line.
//
// text_of[a] names the distinct text of article a: articles that are copies of
// one another have the same. The order of the articles changes nothing but the
// examples. Parallel; O(lines log lines).
// REQUIRES: Validate(options).ok(); text_of has a value for each article
std::vector<FlaggedLine> FlagRepeatedLines(const LineTable& table,
                                           std::span<const uint32_t> text_of,
                                           const BoilerplateOptions& options);

// Returns the boilerplate among them without the evidence, in a tenth of the
// memory.
RemovedLines FindBoilerplateLines(const LineTable& table,
                                  std::span<const uint32_t> text_of,
                                  const BoilerplateOptions& options);

// Returns the boilerplate among `flagged`, as rows for `num_articles`.
RemovedLines BoilerplateLines(std::span<const FlaggedLine> flagged,
                              size_t num_articles);

}  // namespace storyfold
