#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace storyfold {

// Connected components of a graph given edge by edge (union-find with path
// halving; the lowest node of a component is its root).
class Components {
 public:
  explicit Components(size_t num_nodes);

  // Says that `a` and `b` belong together. Nearly constant time.
  void Connect(uint32_t a, uint32_t b);

  // Returns the lowest node of the component of `node`.
  uint32_t Find(uint32_t node);

  // Returns Find(i) for every node i.
  std::vector<uint32_t> Labels();

 private:
  std::vector<uint32_t> parent_;
};

}  // namespace storyfold
