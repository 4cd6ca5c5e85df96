#pragma once

#include "stories/article_vectors.h"

namespace storyfold {

// Subtracts from each vector the mean of its language and scales what is left
// to length 1. What vectors of one language have in common says nothing of the
// event, and is much of what their cosines consist of. A language with fewer
// than 20 vectors is given those that it lacks from the mean of all.
// O(values); deterministic.
void SubtractLanguageMeans(DenseVectors& vectors);

}  // namespace storyfold
