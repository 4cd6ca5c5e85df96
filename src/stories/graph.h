#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/csr.h"
#include "stories/vectors.h"
#include "text/editions.h"

namespace storyfold {

struct Neighbour {
  uint32_t node = 0;
  float weight = 0;
};

// An undirected graph: row i lists the neighbours of node i, ascending; an
// edge stands in both rows.
using NeighbourGraph = Csr<Neighbour>;

// Returns the graph of the pairs with a cosine similarity of at least .10 that
// are at most `window_seconds` apart (0: any distance; a node without a time
// is near to all). A node keeps its 200 strongest pairs, and those that are
// among the 200 of the other.
//
// Only candidates (stories/candidates.h) are compared: the cost of an article
// is bounded. Parallel and deterministic.
// REQUIRES: times.size() == vectors.size()
NeighbourGraph BuildGraph(const TermVectors& vectors,
                          std::span<const std::optional<int64_t>> times,
                          int64_t window_seconds);

// Returns the graph without the edges that are among the 200 strongest of
// neither of their nodes; of equal ones those with the lowest nodes stay.
// Parallel and deterministic.
NeighbourGraph KeepStrongest(NeighbourGraph graph);

// Takes the edges between other editions of one series out of `graph`.
void DropOtherEditions(const Editions& editions, NeighbourGraph& graph);

}  // namespace storyfold
