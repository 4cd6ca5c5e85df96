#pragma once

#include <vector>

#include "boilerplate/line_evidence.h"
#include "boilerplate/line_reason.h"
#include "storyfold/article.h"

namespace storyfold {

// Returns the reason for each line of the article, in the order of its keys.
std::vector<LineReason> JudgePage(const LineEvidence& evidence,
                                  ArticleId article);

}  // namespace storyfold
