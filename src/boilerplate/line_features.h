#pragma once

#include <absl/container/flat_hash_map.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "boilerplate/page_judge.h"
#include "storyfold/article.h"
#include "text/article_analyzer.h"

namespace storyfold {

// What the model of learned_lines.h sees of a line: shape, place, reuse.
enum class LineFeature : uint8_t {
  kBias,
  kFlagged,  // by the rules
  // Lengths in words by powers of two, open and closed lines apart; 0: none.
  kOpen0,
  kOpen1,
  kOpen2,
  kOpen4,
  kOpen8,
  kOpen16,
  kOpen32,
  kClosed0,
  kClosed1,
  kClosed2,
  kClosed4,
  kClosed8,
  kClosed16,
  kClosed32,
  kEndsInColon,
  kHoldsColon,  // of up to 25 words
  kHoldsDigit,  // of up to 25 words
  kOnlyNumbers,
  kHoldsSymbol,  // one of | © @ » > / [ ] _ # * • or www
  kInBrackets,   // begins with one
  kQuoted,
  kCapitalised,  // three words in four, and more than one
  kStartsLow,
  kLikeTitle,  // Jaccard similarity of the words
  kFirst,
  kSecond,
  kThirdToFifth,
  kLast,
  kNearLast,  // line of the page
  // Paragraphs are closed lines of 15 words that the rules keep.
  kBeforeText,
  kShortBeforeText,
  kDistanceBeforeText,
  kAfterText,
  kShortAfterText,
  kDistanceAfterText,
  kShortInText,
  kFlaggedBeside,
  kFlaggedNear,  // next to it, one further
  kLabelBeside,
  kLabelNear,  // open lines of up to eight words
  kParagraphBeside,
  kFlaggedAround,
  kParagraphsAround,  // share of nine lines
  kSharedFirstWord,   // of open lines, with other texts of its source
  kSharedFirstWords,  // two
};

inline constexpr size_t kNumLineFeatures =
    static_cast<size_t>(LineFeature::kSharedFirstWords) + 1;

using LineFeatures = std::array<float, kNumLineFeatures>;

// Computes the features of the lines of one article after the other.
class LineFeatureReader {
 public:
  // Keeps references to both. Reads all articles.
  LineFeatureReader(std::span<const Article> articles,
                    std::span<const uint32_t> text_of,
                    const LineEvidence& evidence);

  // Returns the features of every line of the article's keys.
  // REQUIRES: reasons are those of the article
  std::vector<LineFeatures> Read(ArticleId article,
                                 std::span<const LineReason> reasons,
                                 ArticleAnalyzer& analyzer) const;

 private:
  std::span<const Article> articles_;
  const LineEvidence& evidence_;
  // Texts that have open lines with these first words, by source and words.
  absl::flat_hash_map<uint64_t, uint32_t> openings_;
};

}  // namespace storyfold
