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

// What pairs are judged by; what it views must outlive it.
struct PairsAloneBasis {
  const NeighbourGraph& graph;
  double gate = 0;  // what any pair of a story needs, see GateComponents
  const WordsOfKind& plain_words;
  const WordsOfKind& names;
  // The earlier story of each node, EarlierStories::kNone for a new one; empty
  // where all are new.
  std::span<const uint32_t> earlier_story = {};
};

// Returns the cosine that two articles need to be a story with nobody else:
// from the gate for short texts or two languages to .20 more for long texts, at
// any granularity, and 0 where names and other words together are clearly
// alike.
double GateOfPairAlone(const PairsAloneBasis& basis, uint32_t a, uint32_t b);

// Parts the stories of two nodes (with the same label, as no third has) that do
// not reach that, and returns the new labels. Two that were one story before
// stay: they may be what is left of a larger one. Parallel and deterministic;
// O(nodes), and a comparison of words for each such story.
std::vector<uint32_t> PartPairsAlone(std::span<const uint32_t> labels,
                                     const PairsAloneBasis& basis);

}  // namespace storyfold
