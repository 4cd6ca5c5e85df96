#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "boilerplate/line_counts.h"
#include "boilerplate/line_state.h"
#include "boilerplate/line_table.h"
#include "boilerplate/slots.h"
#include "boilerplate/table_rows.h"
#include "boilerplate/titles.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

// What is known of the texts of a batch. Spans have a value for each article.
struct TextNames {
  // Names of the distinct texts: articles that are copies of one another have
  // the same.
  std::span<const uint32_t> text_of;

  // Earlier nights, the batch added to them already, and the names it has in
  // them (LineBatch::texts).
  const LineState* past = nullptr;
  std::span<const uint64_t> names_in_past = {};
};

// Why a line is, or is not, boilerplate.
enum class LineReason : uint8_t {
  // It stays:
  kOneText,         // its source prints it under no other text
  kFewTexts,        // under too few for a line without a second sign
  kOwnTitle,        // it is the title of the article
  kWireCopy,        // a paragraph that other sources print, too
  kSpeech,          // quoted
  kBareNumbers,     // too few words, in the middle of the page
  kTableRow,        // a row of a table of numbers
  kBrokenSentence,  // a part of the sentence stays
  kPageSeenBefore,  // otherwise more of the paragraphs would go than stay
  // It goes:
  kManyTexts,       // its source prints it under many texts
  kBesideFlagged,   // two texts, beside a line of many
  kEdgeOfPage,      // two texts, at the top or the bottom
  kLabel,           // two texts, short and without closing punctuation
  kListOfTeasers,   // two texts, in a list with flagged lines
  kFillsTemplate,   // begins or ends as many lines of its source do
  kTitleOfAnother,  // the title of another article of its source
};

constexpr bool IsBoilerplate(LineReason reason) {
  return reason >= LineReason::kManyTexts;
}

// All that pages are judged by.
class LineEvidence {
 public:
  // Keeps references to `table` and the spans of `names`. In parallel.
  // REQUIRES: Validate(options).ok(); names have a value for each article
  LineEvidence(const LineTable& table, const TextNames& names,
               const BoilerplateOptions& options);

  // Returns the reason for each line of the article, in the order of its keys.
  std::vector<LineReason> Judge(ArticleId article) const;

  // Returns how often line `n` of the article's keys was printed.
  LineCount Count(ArticleId article, size_t n) const;

  // Returns other articles that carry it, rather those of its source.
  ExampleArticles Examples(ArticleId article, size_t n) const {
    return index_.Examples(Position(article, n), article);
  }

  const LineTable& table() const { return table_; }
  const BoilerplateOptions& options() const { return options_; }
  // The sources that lines were counted over: those of the table, and groups
  // of articles without a source that seem to be of one outlet.
  std::span<const uint32_t> source_of() const { return source_of_; }

 private:
  friend class PageJudge;

  size_t Position(ArticleId article, size_t n) const {
    return table_.keys.offsets[article] + n;
  }
  // Returns the count of each line of the article.
  std::vector<LineCount> Counts(ArticleId article) const;
  bool IsOtherTitle(ArticleId article, uint64_t exact_key) const;

  const LineTable& table_;
  TextNames names_;
  BoilerplateOptions options_;
  std::vector<uint32_t> source_of_;
  LineIndex index_;
  Titles titles_;
  Slots slots_;
  TableRows rows_;
};

}  // namespace storyfold
