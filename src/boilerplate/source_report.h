#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_evidence.h"
#include "storyfold/article.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

// Returns what each source prints on many pages: sources with most articles
// first, the earlier first article deciding; lines likewise. Sources without
// boilerplate have no lines. text_of[a] names the distinct text of article a.
// O(lines log lines).
// REQUIRES: flags are those of the evidence, by article, then line
std::vector<SourceReport> ReportLines(std::span<const Article> articles,
                                      std::span<const uint32_t> text_of,
                                      const LineEvidence& evidence,
                                      std::span<const FlaggedLine> flags);

}  // namespace storyfold
