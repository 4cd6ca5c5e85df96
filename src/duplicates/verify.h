#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "duplicates/bands.h"
#include "storyfold/article.h"
#include "storyfold/duplicates.h"
#include "text/removed_lines.h"

namespace storyfold {

// A candidate and what was measured on it.
struct VerifiedPair {
  uint32_t a = 0;  // positions in DistinctTexts, a < b
  uint32_t b = 0;
  double jaccard = 0;      // of word 5-grams
  double containment = 0;  // share of the smaller set that is in the other
};

// Returns the exact similarity of two sorted shingle sets; a and b stay 0.
// REQUIRES: neither is empty
VerifiedPair CompareShingleSets(std::span<const uint64_t> x,
                                std::span<const uint64_t> y);

// Returns the candidates with an exact Jaccard similarity of at least
// `min_jaccard`, in their order. Candidates whose signatures put them far
// below the threshold are dropped without a look at the text.
//
// Shingles of a text are computed again from its article: kept for all texts
// they would be the largest thing in memory. Parallel.
std::vector<VerifiedPair> VerifyCandidates(
    std::span<const Article> articles, const RemovedLines& removed,
    const DistinctTexts& texts, std::span<const Sketch> sketches,
    std::span<const Candidate> candidates, double min_jaccard);

}  // namespace storyfold
