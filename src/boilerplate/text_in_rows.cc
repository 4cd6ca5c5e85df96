// Where the text is in rows a row recurs by chance: "Year", "he said.". Text is
// in rows where sentences are broken into lines, where there are rows of
// tables, and where most of what stays is in lines that are no paragraphs.
// There lines that less than one in fifty of the source's texts print stay; of
// broken sentences, with a small letter first, less than one in ten: "said" is
// a part of one, whatever stands before it.
//
// Of tables of numbers more is known (table_rows.cc). A row stays beside
// another one, and what stands between two of them; so does a label among rows
// of figures, which are nothing but figures and what they count:
//
//   Net 117 mln vs 106 mln
//   Sales 2.1 mln vs 1.9 mln
//   Year                                stays, though in every tenth text
//   A share 2.10 vs nil
//   Net 402 mln vs 388 mln
//
// On a page without a paragraph that stays a table is the text: there each row
// stays, a line with one number beside one, and open lines among them
// that are longer than labels, or farther away:
//
//   Shr profit 39 cts vs loss six cts
//   Year
//   Net 835,010
//
// and a label right above one, unless a tenth of the source's texts print it:
// then it is the site's ("By our staff"). Rows are also told by new lines with
// numbers, where one of two side by side has little else.
//
// "Views: 12" above "Comments: 3", "Likes: 5" and "Shares: 2" look like a
// table, too. Behind the text, where each of the rows is one word and a number,
// no share ("Labour 42 %") and no sum, and nine tenths of the source's texts
// print each, they are counters and go.
//
// Of 489,614 lines of wire stories and their copies only the templates around
// them are flagged.
//
// Tested by: tests/boilerplate/guards_test.cc, tests/boilerplate/tables_test.cc

#include "boilerplate/text_in_rows.h"

#include <vector>

#include "boilerplate/line_looks.h"
#include "boilerplate/source_sizes.h"
#include "boilerplate/table_rows.h"

namespace storyfold {
namespace {

constexpr size_t kRowsOfTable = 3;
constexpr uint32_t kTextsPerRow = 50;
constexpr uint32_t kTokensOfOpenParagraph = 30;

// Where the table is the text a line is among its rows so many lines away.
constexpr size_t kLinesToRowsOfText = 3;

// Whether the text of the page is in rows.
bool IsInRows(const JudgedPage& page, bool are_broken) {
  size_t rows = 0;
  size_t in_paragraphs = 0;  // tokens that stay
  size_t in_other_lines = 0;
  for (size_t n = 0; n < page.size(); ++n) {
    const LineKey& line = page.lines[n];
    rows += line.row && !line.closed;
    if (page.Goes(n)) continue;
    (page.IsParagraph(n) ? in_paragraphs : in_other_lines) += line.num_tokens;
  }
  return are_broken || in_paragraphs <= in_other_lines || rows >= kRowsOfTable;
}

// Whether a row of figures stands in line n.
bool HasFigures(const JudgedPage& page, size_t n) {
  return page.IsRow(n) && page.lines[n].figures;
}

// Whether line n tells numbers that are news: a row, or a new open line with a
// number in it.
bool TellsNumbers(const JudgedPage& page, size_t n) {
  return page.IsRow(n) || (n < page.size() && TellsNumber(page.lines[n]) &&
                           !page.IsParagraph(n) && !page.Goes(n));
}

// Whether it tells little else.
bool IsNumbers(const JudgedPage& page, size_t n) {
  return HasFigures(page, n) ||
         (TellsNumbers(page, n) && IsCell(page.lines[n]));
}

// Whether line n is a row where a table is the text: one by itself, or by the
// numbers beside it.
bool IsRowOfText(const JudgedPage& page, size_t n) {
  if (page.IsParagraph(n)) return false;
  const bool beside_numbers =
      (n > 0 && IsNumbers(page, n - 1)) || IsNumbers(page, n + 1);
  return page.IsRow(n) || (beside_numbers && TellsNumbers(page, n));
}

// Whether line n is a paragraph that stays. Rows that were joined are open.
bool IsText(const JudgedPage& page, size_t n) {
  const LineKey& line = page.lines[n];
  return page.IsParagraph(n) && !page.Goes(n) &&
         (line.closed || line.num_tokens >= kTokensOfOpenParagraph);
}

// Whether the page has a table, and no paragraph that stays.
bool TableIsText(const JudgedPage& page) {
  size_t rows = 0;
  for (size_t n = 0; n < page.size(); ++n) {
    if (IsText(page, n)) return false;
    rows += IsRowOfText(page, n);
  }
  return rows >= kRowsOfTextTable;
}

// Whether line n looks like a row, but may be a counter of the site's.
bool MayCount(const JudgedPage& page, size_t n) {
  const LineKey& line = page.lines[n];
  return WordsBesideNumbers(line) == 1 && !line.row && !line.with_unit &&
         page.evidence.IsInNearlyAll(page.article, n);
}

// Returns for each line whether it is one of the site's counters.
std::vector<bool> FindCounters(const JudgedPage& page) {
  std::vector<bool> are_counters(page.size());
  for (size_t begin = page.LastOfText() + 1; begin < page.size();) {
    size_t end = begin;
    bool all_count = true;
    for (; page.IsRow(end); ++end) all_count = all_count && MayCount(page, end);
    for (size_t n = begin; n < end; ++n) are_counters[n] = all_count;
    begin = end + 1;
  }
  return are_counters;
}

// Looks for tables on one page.
class Tables {
 public:
  explicit Tables(const JudgedPage& page)
      : page_(page), are_text_(page.options.signs && TableIsText(page)) {
    if (!are_text_) are_counters_ = FindCounters(page);
  }

  // Whether line n stays for a table's sake.
  bool Keep(size_t n) const {
    const bool above = n > 0 && IsRow(n - 1);
    const bool below = IsRow(n + 1);
    if (IsRow(n)) return above || below || are_text_;
    return (above && below) || (CanBeOfTable(n) && IsAmongNumbers(n)) ||
           (are_text_ && below && IsHead(n)) ||
           (are_text_ && page_.lines[n].numbered &&
            page_.lines[n].num_words > 0 && IsBesideNumbers(n));
  }

 private:
  bool IsRow(size_t n) const {
    return page_.IsRow(n) && (are_text_ || !are_counters_[n]);
  }

  // Where a table is the text a label may be long.
  bool CanBeOfTable(size_t n) const {
    return are_text_ ? !page_.lines[n].closed && !page_.IsParagraph(n)
                     : IsLabel(page_.lines[n]);
  }

  // Whether line n, right above a row, is the table's rather than the site's.
  bool IsHead(size_t n) const {
    return CanBeOfTable(n) && !page_.IsOfShare(n, kTextsPerSiteLine);
  }

  bool IsAmongNumbers(size_t n) const {
    return IsAmongRows(n, are_text_ ? kLinesToRowsOfText : kLinesToFigures,
                       [&](size_t row) { return HasNumbers(row); });
  }

  bool HasNumbers(size_t n) const {
    return are_text_ ? TellsNumbers(page_, n) : HasFigures(page_, n);
  }

  bool IsBesideNumbers(size_t n) const {
    return (n > 0 && TellsNumbers(page_, n - 1)) || TellsNumbers(page_, n + 1);
  }

  const JudgedPage& page_;
  bool are_text_;
  std::vector<bool> are_counters_;  // unless a table is the text
};

}  // namespace

void KeepRareRows(JudgedPage& page, bool are_broken) {
  if (!IsInRows(page, are_broken)) return;
  for (size_t n = 0; n < page.size(); ++n) {
    const bool is_part = are_broken && page.lines[n].starts_low;
    const uint32_t one_of_texts = is_part ? kTextsPerSiteLine : kTextsPerRow;
    if (page.Goes(n) && !GoesAsTeaser(page.reasons[n]) &&
        !page.IsOfShare(n, one_of_texts)) {
      page.reasons[n] = LineReason::kRareRow;
    }
  }
}

void KeepTables(JudgedPage& page) {
  const Tables tables(page);
  for (size_t n = 0; n < page.size(); ++n) {
    if (page.Goes(n) && tables.Keep(n)) {
      page.reasons[n] = LineReason::kTableRow;
    }
  }
}

}  // namespace storyfold
