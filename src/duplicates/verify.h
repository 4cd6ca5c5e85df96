#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "duplicates/bands.h"
#include "sketch/shingle_table.h"
#include "sketch/sketch.h"
#include "storyfold/article.h"
#include "storyfold/duplicates.h"
#include "text/removed_lines.h"

namespace storyfold {

// A candidate and what was measured on it.
struct VerifiedPair {
  uint32_t a = 0;  // positions in DistinctTexts, a < b
  uint32_t b = 0;
  double jaccard = 0;      // of word 5-grams
  double containment = 0;  // share of the smaller set that is in the other
};

// Compares one text with others, without their titles however short they are.
// Not thread-safe.
class TextComparer {
 public:
  // Makes `article` without its removed lines the one to compare with.
  void SetFirst(const Article& article,
                std::span<const uint32_t> removed_lines);

  // Returns the exact similarity to the first text, all 0 where either has no
  // words; a and b stay 0.
  VerifiedPair Compare(const Article& article,
                       std::span<const uint32_t> removed_lines);

 private:
  Sketcher sketcher_{SketchUse::kPairs};
  ShingleDeduper deduper_;
  ShingleTable table_;
  size_t first_size_ = 0;
};

// Returns the exact similarity of two sets of `size_x` and `size_y` shingles
// that share `shared`; a and b stay 0. REQUIRES: neither is empty
VerifiedPair SimilarityOfSets(size_t size_x, size_t size_y, size_t shared);

// The texts that candidates name.
struct VerifiedTexts {
  std::span<const Article> articles;
  const RemovedLines& removed;
  const DistinctTexts& texts;
  std::span<const Sketch> sketches;
  SketchUse use = SketchUse::kClusters;  // what the sketches were made for
};

// Returns the candidates with an exact Jaccard similarity of at least
// `min_jaccard`, in their order. Candidates whose signatures put them far
// below the threshold are dropped without a look at the text.
//
// Shingles of a text are computed again from its article: kept for all texts
// they would be the largest thing in memory. About 16 MiB of them are held at
// a time. Parallel.
// REQUIRES: candidates are ascending
std::vector<VerifiedPair> VerifyCandidates(
    const VerifiedTexts& texts, std::span<const Candidate> candidates,
    double min_jaccard);

}  // namespace storyfold
