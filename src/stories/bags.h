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

// Returns what of `count` is not in `less`, of the same term; no number is
// below 0.
TermCount Without(const TermCount& count, const TermCount& less);

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

  // What of the batch was counted before; see TextsOfBags.
  std::vector<TermCount> counted;  // ascending by term
  size_t num_counted = 0;          // bags

  size_t size() const { return num_tokens.size(); }
  std::span<const WeightedTerm> Row(size_t i) const {
    return blocks[i / kBlockSize].Row(i % kBlockSize);
  }
};

// Returns rows of one article each, for ReadBags.
Csr<ArticleId> OneEach(std::span<const ArticleId> articles);

// What bags are made of: each row of `texts` names the articles of one, up to
// `kMostTextsOfBag`: copies of one text, say.
inline constexpr size_t kMostTextsOfBag = 4;
struct TextsOfBags {
  std::span<const Article> articles;
  const Csr<ArticleId>& texts;
  // Of each row, ISO 639 codes; they give the stop words: those of all
  // languages where one is empty or has no list.
  std::span<const std::string_view> languages;
  const RemovedLines& removed;
  // For each article whether it was counted before; empty: none was. A bag was
  // if its first article was, with the words of those that were.
  std::span<const char> counted = {};
};

// Returns a bag for each row, with the parts of compounds (see SplitCompounds).
// Parallel and deterministic; O(words + v log v) for v different terms.
TermBags ReadBags(const TextsOfBags& texts);

// Articles that were counted before, be they in the batch or not.
struct TermsElsewhere {
  std::span<const TermCount> counts = {};  // ascending by term
  size_t num_articles = 0;
  std::span<const char> counted = {};  // of the batch, see TextsOfBags
};

// Counts those of them that are not in the batch for its terms.
void AddElsewhere(const TermsElsewhere& elsewhere, TermBags& bags);

}  // namespace storyfold
