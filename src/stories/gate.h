#pragma once

#include <cstdint>
#include <vector>

#include "stories/graph.h"
#include "stories/topics.h"

namespace storyfold {

// A cosine that far below the gate is enough where both kinds of words agree.
inline constexpr double kWeakGate = 0.05;

// Returns the component of each node of `graph`, its lowest node, along the
// edges of weight `gate` or more, and of those that are weaker by up to
// kWeakGate the ones whose articles are in one language and alike enough for
// one story in plain words and in names; those too short to judge are.
// Parallel and deterministic; O(edges), and a comparison of words for each
// weak edge between two components of strong ones.
std::vector<uint32_t> GateComponents(const NeighbourGraph& graph, double gate,
                                     const WordsOfKind& plain_words,
                                     const WordsOfKind& names);

}  // namespace storyfold
