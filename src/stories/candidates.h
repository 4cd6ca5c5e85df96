#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/csr.h"
#include "stories/vectors.h"

namespace storyfold {

// Pairs of nodes worth comparing: row i lists the nodes after i, ascending.
using CandidatePairs = Csr<uint32_t>;

// Returns the pairs that may have a cosine similarity of .10 or more and are at
// most `window_seconds` apart (0: any distance; a node without a time is near
// to all). They share some of their 20 heaviest terms, the rarest of them
// within a budget: so the cost of a node is bounded, and so is the number of
// its candidates (40 to 50 of a full text, hundreds of a headline). Parallel
// and deterministic.
// REQUIRES: times.size() == vectors.size()
CandidatePairs FindCandidates(const TermVectors& vectors,
                              std::span<const std::optional<int64_t>> times,
                              int64_t window_seconds);

}  // namespace storyfold
