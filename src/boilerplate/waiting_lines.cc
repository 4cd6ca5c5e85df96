// A page is judged with all its lines before us; of a page of an earlier night
// two numbers are left, its own and the line's. So guards that look at a page
// look at it while it is there, and where they cannot tell yet, as they depend
// on what other lines will have become, the line does not wait:
//
//   the title, quoted speech, lines of fewer than two words
//   rows of a table, and what stands among them
//   lines of a sentence that is broken into rows
//   labels that stand three times on the page: who speaks in an interview
//   all lines where sentences are broken, or a table is the text
//   paragraphs like those of the body: of a story told three times most recur
//
// What is lost are late flags, so a line may stay that a batch removes (.896
// instead of .903 of what is reused on extracted pages is flagged in the end);
// none goes that a batch keeps by one of these guards. Rows of short lines that
// are no table are not known: there a line of three of thousands of texts goes
// late that a batch keeps.
//
// Tested by: tests/boilerplate/waiting_lines_test.cc

#include "boilerplate/waiting_lines.h"

#include <cstddef>

#include "boilerplate/broken_sentences.h"
#include "boilerplate/frequent_labels.h"
#include "boilerplate/line_looks.h"
#include "boilerplate/table_rows.h"

namespace storyfold {
namespace {

// One page, by the look of its lines.
class PageLooks {
 public:
  PageLooks(std::span<const LineKey> lines, uint64_t title_key,
            const BoilerplateOptions& options)
      : lines_(lines),
        title_key_(title_key),
        long_line_tokens_(options.long_line_tokens),
        longest_(LongestLine(lines)),
        are_broken_(SentencesAreBroken(lines)),
        look_like_rows_(lines.size()) {
    std::vector<uint32_t> rows;
    FindLinesLikeRows(lines, rows);
    for (const uint32_t n : rows) look_like_rows_[n] = true;
    is_in_rows_ = TextIsInRows();
  }

  bool GuardMayKeep(size_t n) const {
    const LineKey& line = lines_[n];
    return is_in_rows_ || line.num_words < 2 || line.exact == title_key_ ||
           (IsParagraph(n) && (IsSpeech(line) || IsLikeBody(n))) ||
           IsOfTable(n) || IsOfBrokenSentence(lines_, n, are_broken_);
  }
  bool IsParagraph(size_t n) const {
    return lines_[n].num_tokens >= long_line_tokens_;
  }

 private:
  bool IsLikeBody(size_t n) const {
    return lines_[n].closed &&
           lines_[n].num_tokens >= lines_[longest_].num_tokens / 2;
  }
  bool IsRow(size_t n) const { return n < lines_.size() && look_like_rows_[n]; }
  // Whether line n is a row of figures or beside another row, stands between
  // two rows, or is a label beside one or among some.
  bool IsOfTable(size_t n) const {
    const bool above = n > 0 && IsRow(n - 1);
    const bool below = IsRow(n + 1);
    if (IsRow(n)) return above || below || lines_[n].figures;
    return (above && below) ||
           (IsLabel(lines_[n]) && (above || below || IsAmongFigures(n)));
  }
  bool IsAmongFigures(size_t n) const {
    return IsAmongRows(n, kLinesToFigures, [&](size_t row) {
      return IsRow(row) && lines_[row].figures;
    });
  }
  bool IsCellOrFigures(size_t n) const {
    return n < lines_.size() && (IsCell(lines_[n]) || lines_[n].figures);
  }
  // Whether line n is a row where a table is the text.
  bool IsRowOfText(size_t n) const {
    const bool beside_numbers =
        (n > 0 && IsCellOrFigures(n - 1)) || IsCellOrFigures(n + 1);
    return IsRow(n) || (beside_numbers && TellsNumber(lines_[n]));
  }
  // Whether sentences are broken into rows, or a table is the text.
  bool TextIsInRows() const {
    size_t rows = 0;
    bool any_text = false;
    for (size_t n = 0; n < lines_.size(); ++n) {
      rows += IsRowOfText(n);
      any_text = any_text || (IsParagraph(n) && lines_[n].closed);
    }
    return are_broken_ || (!any_text && rows >= kRowsOfTextTable);
  }

  std::span<const LineKey> lines_;
  uint64_t title_key_;
  uint32_t long_line_tokens_;
  size_t longest_;
  bool are_broken_;
  std::vector<bool> look_like_rows_;
  bool is_in_rows_ = false;
};

}  // namespace

std::vector<Waiting> LinesThatWait(std::span<const LineKey> page,
                                   uint64_t title_key,
                                   const BoilerplateOptions& options) {
  const PageLooks looks(page, title_key, options);
  std::vector<bool> may_be_speaker(page.size());
  for (const uint32_t n : FrequentLabels(page)) may_be_speaker[n] = true;
  std::vector<Waiting> waiting(page.size(), Waiting::kNot);
  for (size_t n = 0; n < page.size(); ++n) {
    if (may_be_speaker[n] || looks.GuardMayKeep(n)) continue;
    // Paragraphs may be wire copy, so they have no sign.
    const bool has_sign =
        !looks.IsParagraph(n) && (IsAtEdge(n, page.size()) || IsLabel(page[n]));
    waiting[n] = has_sign ? Waiting::kWithSign : Waiting::kForMany;
  }
  return waiting;
}

}  // namespace storyfold
