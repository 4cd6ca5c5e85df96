#pragma once

#include "score/size_census.h"

namespace storyfold {

// Returns the mutual information of the two clusterings, less its expectation
// under chance, divided by the most it could be: the arithmetic mean of the
// two entropies, less that same expectation.  At most 1.
//
// O(g * p * w) time for g distinct gold sizes, p distinct predicted sizes and
// w about twenty standard deviations of an overlap: a few dozen steps for small
// clusters, at most 5 * sqrt(items) for the biggest.
//
// REQUIRES: the clusterings are not equal (trivial ones would give 0 / 0)
double AdjustedMutualInformation(const SizeCensus& census);

}  // namespace storyfold
