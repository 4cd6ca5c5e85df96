#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace storyfold {

// An undirected edge between two different nodes.
struct WeightedEdge {
  uint32_t a = 0;
  uint32_t b = 0;
  double weight = 0;

  friend bool operator==(const WeightedEdge&, const WeightedEdge&) = default;
};

// Returns a label for each of `num_nodes` nodes: the lowest node of its
// cluster.
//
// Average linkage (UPGMA): the two clusters with the highest mean weight over
// all pairs between them are joined, again and again, until no mean reaches
// `cut`. A pair without an edge weighs 0, so a cluster does not chain; a large
// negative weight keeps two nodes apart.
//
// Components of the edges that reach `cut` are clustered in parallel; the
// result does not depend on the number of threads. O(sum over merges of the
// neighbours of the merged cluster) time, O(edges) memory.
//
// REQUIRES: each pair stands in `edges` at most once; cut > 0
std::vector<uint32_t> AverageLinkage(size_t num_nodes,
                                     std::vector<WeightedEdge> edges,
                                     double cut);

// The same where node i stands for node_sizes[i] alike ones: an edge then
// counts for every pair of them. REQUIRES: sizes are at least 1
std::vector<uint32_t> AverageLinkage(std::span<const uint32_t> node_sizes,
                                     std::vector<WeightedEdge> edges,
                                     double cut);

}  // namespace storyfold
