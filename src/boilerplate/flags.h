#pragma once

#include <span>
#include <vector>

#include "boilerplate/line_evidence.h"
#include "boilerplate/line_table.h"
#include "storyfold/article.h"
#include "storyfold/boilerplate.h"
#include "text/removed_lines.h"

namespace storyfold {

// Returns the lines that recur, ordered by article, then line.
//
// The order of the articles changes nothing but the examples. In parallel.
std::vector<FlaggedLine> FlagLines(const LineEvidence& evidence);

// Returns the boilerplate among them without the evidence, in a tenth of the
// memory.
RemovedLines FindBoilerplateLines(const LineTable& table,
                                  const TextNames& names,
                                  const BoilerplateOptions& options);

// Returns the boilerplate among `flagged`, as rows for `num_articles`.
// REQUIRES: flagged is ordered by article, then line
RemovedLines BoilerplateLines(std::span<const FlaggedLine> flagged,
                              size_t num_articles);

}  // namespace storyfold
