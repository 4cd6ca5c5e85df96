#pragma once

#include <cstdint>
#include <vector>

#include "stories/bags.h"
#include "support/corpus.h"

namespace storyfold {

struct LiteralTerm {
  uint64_t term = 0;
  float weight = 0;
};

// The terms of one article, each once.
using LiteralBag = std::vector<LiteralTerm>;

// Returns the bags of articles without uses and tokens.
TermBags MakeBags(const std::vector<LiteralBag>& bags);

// Returns the bags of all articles, each alone. `counted` says of each whether
// it was counted before (none: empty).
TermBags BagsOf(const Corpus& corpus, const std::vector<char>& counted = {});

}  // namespace storyfold
