#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "boilerplate/line_counts.h"
#include "boilerplate/line_state.h"
#include "boilerplate/line_table.h"
#include "boilerplate/near_lines.h"
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
  // them (LineBatch::texts). They must stay as they are.
  const LineState* past = nullptr;
  std::span<const uint64_t> names_in_past = {};
};

// All that pages are judged by.
class LineEvidence {
 public:
  // Keeps references to `table` and all that `names` points to. In parallel.
  // REQUIRES: Validate(options).ok(); names have a value for each article
  LineEvidence(const LineTable& table, const TextNames& names,
               const BoilerplateOptions& options);

  // Returns how often line `n` of the article's keys was printed.
  LineCount Count(ArticleId article, size_t n) const;

  // Returns other articles that carry it, rather those of its source.
  ExampleArticles Examples(ArticleId article, size_t n) const {
    return index_.Examples(Position(article, n), article);
  }

  const LineTable& table() const { return table_; }
  const BoilerplateOptions& options() const { return options_; }
  // The pages, those of a source one after the other: they ask for the same
  // lines of earlier nights.
  std::span<const ArticleId> pages_by_source() const {
    return pages_by_source_;
  }
  // The sources that lines were counted over: those of the table, and groups
  // of articles without a source that seem to be of one outlet.
  std::span<const uint32_t> source_of() const { return source_of_; }

  // Returns the count of each line of the article.
  std::vector<LineCount> Counts(ArticleId article) const;

  // Returns whether line `n`, whose count is given, stands in one of so many
  // texts of its source, or more; roughly, where earlier nights are asked.
  bool IsOfShare(ArticleId article, size_t n, const LineCount& count,
                 uint32_t one_of_texts) const;

  // Returns the texts of the source with line `n` that earlier nights remember
  // and that are of none of `articles`; see LineState::OtherTexts.
  std::vector<uint32_t> EarlierTexts(ArticleId article, size_t n,
                                     std::span<const ArticleId> articles) const;

  // Returns whether it is sure that nine tenths of the texts of its source have
  // line `n`: of five or more in the batch, or else all that earlier nights
  // remember.
  bool IsInNearlyAll(ArticleId article, size_t n) const;

  // Returns whether line `n` fills a template (slots.h).
  bool FillsTemplate(ArticleId article, size_t n) const {
    return slots_.Fills(Position(article, n));
  }

  // Returns line `n`, whose count is given, where it is in too few texts itself
  // but many of its source have it nearly alike; else null (near_lines.h).
  const NearLine* FindNear(ArticleId article, size_t n,
                           const LineCount& count) const {
    return count.texts_of_source < options_.min_texts
               ? near_.Find(Position(article, n))
               : nullptr;
  }

  // Returns whether line `n` looks like a row of a table whose numbers change.
  bool IsTableRow(ArticleId article, size_t n) const {
    return rows_.Contain(Position(article, n));
  }

  // Returns whether line `n` is the title of another article of the source.
  bool IsOtherTitle(ArticleId article, size_t n) const;

 private:
  size_t Position(ArticleId article, size_t n) const {
    return table_.keys.offsets[article] + n;
  }
  // Returns the source that earlier nights know the article's lines by; none
  // where there are no earlier nights, or it has no source.
  std::optional<uint64_t> SourceInPast(ArticleId article) const;

  const LineTable& table_;
  TextNames names_;
  BoilerplateOptions options_;
  std::vector<uint32_t> source_of_;
  std::vector<uint32_t> texts_of_source_;
  std::vector<ArticleId> pages_by_source_;
  LineIndex index_;
  std::vector<uint8_t> texts_in_past_;  // of each line; none without a past
  Titles titles_;
  Slots slots_;
  NearLines near_;
  TableRows rows_;
};

}  // namespace storyfold
