#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/csr.h"
#include "stories/terms.h"

namespace storyfold {

struct VectorEntry {
  uint32_t term = 0;  // place in TermVectors::terms
  float value = 0;
};

// One sparse vector of length 1 an article.
struct TermVectors {
  Csr<VectorEntry> rows;        // ascending by term
  std::vector<uint64_t> terms;  // hash of each numbered term, ascending

  size_t size() const { return rows.size(); }
};

// Returns the TF-IDF vectors of `bags`: (1 + ln w where w > 1, else w) * idf,
// the 150 largest values, scaled to length 1; an empty bag has an empty
// vector. idf = ln((K + N + 1) / (df + 1)) with K = min(N, 3000) virtual
// articles, so that in a small batch a word of two articles of ten still
// counts as rare. Deterministic; O(terms log terms).
TermVectors ComputeVectors(std::span<const TermBag> bags);

// Returns the sum of products over shared terms: the cosine similarity.
double Cosine(std::span<const VectorEntry> a, std::span<const VectorEntry> b);

}  // namespace storyfold
