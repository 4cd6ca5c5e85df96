#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stories/terms.h"

namespace storyfold {

// A term and its use in a batch.
struct TermCount {
  uint64_t term = 0;
  uint32_t articles = 0;     // that have it
  uint32_t uses = 0;         // in their texts
  uint32_t capitalised = 0;  // of these uses

  friend bool operator==(const TermCount&, const TermCount&) = default;
};

// Returns the terms of `bags`, ascending. Parallel and deterministic; O(terms
// of all bags + v log v) for v different terms.
std::vector<TermCount> CountTerms(std::span<const TermBag> bags);

}  // namespace storyfold
