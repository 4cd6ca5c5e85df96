#include "base/components.h"

#include <numeric>
#include <utility>

namespace storyfold {

Components::Components(size_t num_nodes) : parent_(num_nodes) {
  std::iota(parent_.begin(), parent_.end(), 0);
}

void Components::Connect(uint32_t a, uint32_t b) {
  a = Find(a);
  b = Find(b);
  if (a > b) std::swap(a, b);
  parent_[b] = a;
}

uint32_t Components::Find(uint32_t node) {
  while (parent_[node] != node) {
    parent_[node] = parent_[parent_[node]];
    node = parent_[node];
  }
  return node;
}

std::vector<uint32_t> Components::Labels() {
  std::vector<uint32_t> labels(parent_.size());
  for (uint32_t i = 0; i < labels.size(); ++i) labels[i] = Find(i);
  return labels;
}

}  // namespace storyfold
