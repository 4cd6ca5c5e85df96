#pragma once

#include <vector>

#include "base/average_linkage.h"
#include "duplicates/copy_checks.h"
#include "storyfold/duplicates.h"

namespace storyfold {

// Weighs edges that were found on a sample of the 3-grams again by all 3-grams
// of their texts: the weights become the CopySimilarity of those. Edges of
// less than `min_similarity` are dropped.
//
// Of more than 16 M words half the 3-grams are looked at; of more than 32 M the
// sample is all there is, and the edges stay as they are. 8 bytes a word; reads
// the texts that have edges once. Parallel but for a sort.
void WeighByAllShingles(const CheckedTexts& texts,
                        const DuplicateOptions& options, double min_similarity,
                        std::vector<WeightedEdge>& edges);

}  // namespace storyfold
