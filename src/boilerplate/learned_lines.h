#pragma once

#include <span>
#include <vector>

#include "boilerplate/line_evidence.h"
#include "boilerplate/line_features.h"
#include "storyfold/article.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

// Returns `flags` with the lines that a model takes for boilerplate by their
// looks, their place and what is around them, though nothing else repeats them:
// captions, share prompts, bylines (LineClass::kLearned); ordered by article,
// then line. In parallel; reads the texts twice.
// REQUIRES: flags are those of the evidence
std::vector<FlaggedLine> AddLearnedLines(std::span<const Article> articles,
                                         std::span<const uint32_t> text_of,
                                         const LineEvidence& evidence,
                                         std::vector<FlaggedLine> flags);

// Returns the probability the model gives the line, in (0, 1).
double LearnedProbability(const LineFeatures& features);

}  // namespace storyfold
