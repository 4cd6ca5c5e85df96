#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stories/graph.h"
#include "stories/topics.h"

namespace storyfold {

// Returns the weight of the edge between two nodes of `graph`; 0: they are no
// neighbours. O(log neighbours)
double EdgeBetween(const NeighbourGraph& graph, uint32_t a, uint32_t b);

// Returns the cosine that two articles need to be a story with nobody else,
// where any pair of a story needs `gate` (see GateComponents): from `gate` for
// short texts or two languages to .20 more for long texts, and 0 where names
// and other words together are clearly alike.
double GateOfPairAlone(double gate, const WordsOfKind& plain_words,
                       const WordsOfKind& names, uint32_t a, uint32_t b);

// Parts the stories of two nodes (with the same label, as no third has) that do
// not reach that, and returns the new labels. Parallel and deterministic;
// O(nodes), and a comparison of words for each such story.
std::vector<uint32_t> PartPairsAlone(std::span<const uint32_t> labels,
                                     const NeighbourGraph& graph, double gate,
                                     const WordsOfKind& plain_words,
                                     const WordsOfKind& names);

}  // namespace storyfold
