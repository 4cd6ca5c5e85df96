#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "duplicates/distinct_texts.h"
#include "sketch/sketch.h"
#include "storyfold/duplicates.h"

namespace storyfold {

// Two texts worth comparing.
struct Candidate {
  uint32_t a = 0;  // positions in DistinctTexts, a < b
  uint32_t b = 0;

  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

struct Candidates {
  std::vector<Candidate> pairs;  // ascending, each once
  size_t oversize_buckets = 0;
  std::vector<uint32_t> crowded;  // texts in one of those, ascending
};

// Returns the pairs of texts whose signatures agree in all rows of at least
// one band: a pair of Jaccard similarity J with a probability of about
// 1 - (1 - J^rows)^bands. Parallel; O(bands n) time beside the pairs.
// REQUIRES: Validate(options).ok()
Candidates FindBandCandidates(const DistinctTexts& texts,
                              std::span<const Sketch> sketches,
                              const DuplicateOptions& options);

}  // namespace storyfold
