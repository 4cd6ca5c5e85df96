#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>

#include "stories/article_vectors.h"
#include "stories/graph.h"
#include "stories/neighbours.h"
#include "stories/vectors.h"

namespace storyfold {

// What a graph is mixed from: of each node the words, the vector with the mean
// of its language subtracted, and the length.
struct GraphChannels {
  const TermVectors& terms;
  NeighbourSpace space;
  std::span<const uint32_t> num_tokens;
};

// Returns the graph of words, as BuildGraph makes it, with what the dense
// vectors say: pairs in two languages by these alone, headlines in one language
// by both, full texts in one language, and articles without a vector, as they
// were. As in BuildGraph an edge weighs .10 or more, and is among the 200
// strongest of one of its ends. Parallel and deterministic.
// Errors: as FindDenseNeighbours.
absl::StatusOr<NeighbourGraph> MixGraph(const NeighbourGraph& of_words,
                                        const GraphChannels& channels);

}  // namespace storyfold
