#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_evidence.h"
#include "boilerplate/line_reason.h"
#include "storyfold/article.h"

namespace storyfold {

// A page while its lines are judged: each rule reads what the rules before it
// found, and changes `reasons`. Lines are meant by their place among the keys.
struct JudgedPage {
  // No line is judged yet. Keeps references.
  JudgedPage(const LineEvidence& evidence, ArticleId article);

  const LineEvidence& evidence;
  const BoilerplateOptions& options;
  ArticleId article = 0;
  std::span<const LineKey> lines;
  size_t longest = 0;             // line
  std::vector<LineCount> counts;  // of each line
  std::vector<LineReason> reasons;

  size_t size() const { return lines.size(); }

  bool Goes(size_t n) const { return IsBoilerplate(reasons[n]); }
  bool AnyGoes() const;
  // Returns the last closed paragraph that stays, however short it is beside
  // the others; the longest line, if that stands behind it.
  size_t LastOfText() const;

  // Whether a line is among the first or the last so many of the page.
  bool Within(size_t n, size_t top, size_t bottom) const {
    return n < top || n + bottom >= size();
  }
  bool IsOwnTitle(size_t n) const {
    return lines[n].num_tokens > 0 &&
           lines[n].exact == evidence.table().title_keys[article];
  }
  bool IsParagraph(size_t n) const {
    return lines[n].num_tokens >= options.long_line_tokens;
  }
  // Whether it is a paragraph as the body has them.
  bool IsLikeBody(size_t n) const {
    return IsParagraph(n) && lines[n].closed &&
           lines[n].num_tokens >= lines[longest].num_tokens / 2;
  }
  // Whether it is a row of a table of numbers; false behind the last line.
  bool IsRow(size_t n) const {
    return n < size() && evidence.IsTableRow(article, n);
  }
  // Whether one of so many texts of the source has the line, or more.
  bool IsOfShare(size_t n, uint32_t one_of_texts) const {
    return evidence.IsOfShare(article, n, counts[n], one_of_texts);
  }
  // Whether the line may go though no other text has it. Pages without a source
  // are taken for one outlet by what they print, which anybody can print, too.
  bool MayGoAlone(size_t n) const {
    return counts[n].texts_of_source > 1 || evidence.table().HasSource(article);
  }
  // Whether a second sign would make it boilerplate.
  bool NeedsSecondSign(size_t n) const {
    return (reasons[n] == LineReason::kFewTexts ||
            reasons[n] == LineReason::kBareNumbers) &&
           lines[n].num_tokens > 0 &&
           counts[n].texts_of_source >= (options.signs
                                             ? options.min_texts_with_sign
                                             : options.min_texts);
  }
};

}  // namespace storyfold
