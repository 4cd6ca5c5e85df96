#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stories/article_vectors.h"
#include "stories/graph.h"

namespace storyfold {

// Among which nodes neighbours are looked for.
struct NeighbourSpace {
  const DenseVectors& vectors;
  std::span<const std::optional<int64_t>> times;  // of each node
  int64_t window_seconds = 0;                     // as BuildGraph
};

// How many neighbours a node wants, in its language and in all others together.
struct NeighbourCounts {
  uint32_t inside = 0;
  uint32_t outside = 0;
};

// Returns for each node those that are nearest by the cosine of their vectors,
// with that cosine, ascending by node; none where a node has no vector. At most
// window_seconds lie between two. Exact among up to 50,000 nodes of a language,
// from there on nearly so (exact without FAISS, in time that grows with the
// square). Parallel and deterministic.
// Errors: what FAISS says; no memory for the search.
// REQUIRES: wanted.size() == number of nodes
absl::StatusOr<std::vector<std::vector<Neighbour>>> FindDenseNeighbours(
    const NeighbourSpace& space, std::span<const NeighbourCounts> wanted);

}  // namespace storyfold
