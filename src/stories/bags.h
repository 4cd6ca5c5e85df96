#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/csr.h"
#include "stories/compounds.h"
#include "storyfold/article.h"
#include "text/removed_lines.h"

namespace storyfold {

// A term and its use in a batch.
struct TermCount {
  uint64_t term = 0;
  uint32_t articles = 0;  // bags that have it
  // In their texts; in the title where there is none. Uses in a language that
  // gives capitals to all nouns tell of no names: none count.
  uint32_t uses = 0;
  uint32_t capitalised = 0;  // of these uses

  friend bool operator==(const TermCount&, const TermCount&) = default;
};

struct WeightedTerm {
  uint32_t term = 0;  // place in TermBags::vocabulary
  float weight = 0;
};

// What articles are about, before anything is known of the others. A bag of 500
// words takes 1.6 kB, so they are kept in blocks that can be given up one by
// one.
struct TermBags {
  static constexpr size_t kBlockSize = 256;

  std::vector<TermCount> vocabulary;  // ascending by term
  // Each has `kBlockSize` bags, the last one the rest; each term of a bag once,
  // in the order of the texts. Weight: 2 for each time in the title, and
  // 1 / (1 + i/100) for each time in the body with i words before it; the mean
  // over the texts of the bag.
  std::vector<Csr<WeightedTerm>> blocks;
  std::vector<uint32_t> num_tokens;  // of title and body of each bag's first
                                     // article, with stop words
  size_t num_elsewhere = 0;          // articles that only `vocabulary` counts
  // Ascending by term: those that bags have, whether or not their texts use
  // them on their own. See SplitCompounds.
  std::vector<CompoundPart> compound_parts;

  size_t size() const { return num_tokens.size(); }
  std::span<const WeightedTerm> Row(size_t i) const {
    return blocks[i / kBlockSize].Row(i % kBlockSize);
  }
};

// Returns rows of one article each, for ReadBags.
Csr<ArticleId> OneEach(std::span<const ArticleId> articles);

// Returns a bag for each row of `texts`, which names articles, one to
// `kMostTextsOfBag`: copies of one text, say. `languages` are those of the
// rows, ISO 639 codes, and give the stop words: those of all languages where
// one is empty or has no list. Parts of compounds are in the bags, too (see
// SplitCompounds). Parallel and deterministic; O(words + v log v) for v
// different terms.
inline constexpr size_t kMostTextsOfBag = 4;
TermBags ReadBags(std::span<const Article> articles,
                  const Csr<ArticleId>& texts,
                  std::span<const std::string_view> languages,
                  const RemovedLines& removed);

// Articles that are not in a batch, but are asked how common a term is.
struct TermsElsewhere {
  std::span<const TermCount> counts = {};  // ascending by term
  size_t num_articles = 0;
};

// Counts them for the terms of the batch.
void AddElsewhere(const TermsElsewhere& elsewhere, TermBags& bags);

}  // namespace storyfold
