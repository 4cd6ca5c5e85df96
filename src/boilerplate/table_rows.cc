// "Net 117 mln vs 106 mln" has one masked key with the rows of every other
// company, and is news all the same. What tells it from "3 comments, 12 likes"
// is that it stands among other such rows; and from a list of teasers with
// their times, which is printed again as it is, that its numbers change from
// text to text.
//
// Two companies earn the same by chance: "Shr 17 cts vs 13 cts". Where a row is
// nothing but figures, its numbers are said to change when those of half of the
// lines like it do. Not of others: a dateline with a telephone number in it is
// the site's, however its date changes.
//
// "Alpha Steel 12.30 +1.20" and "Labour 31 %" hold one number, as numbers side
// by side are one, and so do "Views: 12" and "Comments: 3" (text_in_rows.cc).
// Four of them and more, one below the other, are rows, and known together: of
// 120 polls nearly each has its "Labour 31 %" in common with another one, but
// no two have all their lines.
//
// Tested by: tests/boilerplate/guards_test.cc, tests/boilerplate/tables_test.cc

#include "boilerplate/table_rows.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <compare>

#include "base/hash.h"
#include "base/threads.h"

namespace storyfold {
namespace {

// So many cells, one below the other, are rows.
constexpr uint32_t kLinesOfRun = 4;

struct Row {
  // Of the source and the words, numbers as they are; of those of all of its
  // run where a row holds one number.
  uint64_t key = 0;
  ArticleId article = 0;
  uint32_t position = 0;

  friend auto operator<=>(const Row&, const Row&) = default;
};

// A row of figures, known by its words.
struct Figures {
  uint64_t key = 0;    // of the source and the masked words
  uint64_t exact = 0;  // numbers as they are
  uint32_t text = 0;
  uint32_t position = 0;

  friend auto operator<=>(const Figures&, const Figures&) = default;
};

// Returns the end of the run of one-number rows that begins at rows[begin], or
// of the one row that is no such row.
size_t EndOfRun(std::span<const LineKey> page, std::span<const uint32_t> rows,
                size_t begin) {
  size_t end = begin + 1;
  while (!page[rows[begin]].row && end < rows.size() && !page[rows[end]].row &&
         rows[end] == rows[end - 1] + 1) {
    ++end;
  }
  return end;
}

// Adds the rows of a page, given in order.
void AddRows(const LineTable& table, ArticleId article, uint32_t source,
             std::span<const uint32_t> of_page, std::vector<Row>& rows) {
  const std::span<const LineKey> page = table.keys.Row(article);
  for (size_t begin = 0; begin < of_page.size();) {
    const size_t end = EndOfRun(page, of_page, begin);
    uint64_t key = source;
    for (size_t k = begin; k < end; ++k) {
      key = CombineHashes(key, page[of_page[k]].exact);
    }
    for (; begin < end; ++begin) {
      const size_t position = table.keys.offsets[article] + of_page[begin];
      rows.push_back({key, article, static_cast<uint32_t>(position)});
    }
  }
}

// Returns the rows of all articles, sorted.
std::vector<Row> FindRows(const LineTable& table,
                          std::span<const uint32_t> source_of) {
  std::vector<Row> rows;
  std::vector<uint32_t> of_page;
  for (size_t a = 0; a < table.num_articles(); ++a) {
    FindLinesLikeRows(table.keys.Row(a), of_page);
    std::ranges::sort(of_page);
    AddRows(table, static_cast<ArticleId>(a), source_of[a], of_page, rows);
  }
  ParallelSort(rows);
  return rows;
}

// Calls visit(run) for every longest run of equal keys.
template <typename T, typename Visit>
void ForEachKey(const std::vector<T>& sorted, const Visit& visit) {
  for (size_t begin = 0; begin < sorted.size();) {
    size_t end = begin + 1;
    while (end < sorted.size() && sorted[end].key == sorted[begin].key) ++end;
    visit(std::span<const T>(sorted.data() + begin, end - begin));
    begin = end;
  }
}

// Returns whether lines of the same words have other numbers in half of their
// texts.
bool NumbersChange(std::span<const Figures> of_key) {
  size_t changes = 1;
  size_t texts = 1;  // with the same numbers
  for (size_t k = 1; k < of_key.size(); ++k) {
    const bool is_new = of_key[k].exact != of_key[k - 1].exact;
    changes += is_new;
    texts += is_new || of_key[k].text != of_key[k - 1].text;
  }
  return 2 * changes > texts;
}

// Marks the rows among `rows` of figures whose words are among `keys`, if their
// numbers change.
void MarkFigures(const LineTable& table, std::span<const uint32_t> text_of,
                 std::span<const uint32_t> source_of,
                 const std::vector<Row>& rows,
                 const absl::flat_hash_set<uint64_t>& keys,
                 std::vector<bool>& are_rows) {
  std::vector<Figures> figures;
  for (const Row& row : rows) {
    const LineKey& line = table.keys.values[row.position];
    const uint64_t key = CombineHashes(source_of[row.article], line.masked);
    if (line.figures && keys.contains(key)) {
      figures.push_back({key, line.exact, text_of[row.article], row.position});
    }
  }
  ParallelSort(figures);
  ForEachKey(figures, [&](std::span<const Figures> of_key) {
    if (!NumbersChange(of_key)) return;
    for (const Figures& f : of_key) are_rows[f.position] = true;
  });
}

}  // namespace

bool IsAmongRows(size_t n, size_t num_lines,
                 absl::FunctionRef<bool(size_t n)> is_row) {
  bool above = false;
  bool below = false;
  for (size_t lines = 1; lines <= num_lines; ++lines) {
    above = above || (n >= lines && is_row(n - lines));
    below = below || is_row(n + lines);
  }
  return above && below;
}

void FindLinesLikeRows(std::span<const LineKey> page,
                       std::vector<uint32_t>& rows) {
  rows.clear();
  uint32_t run = 0;
  for (uint32_t n = 0; n < page.size(); ++n) {
    const LineKey& line = page[n];
    if (!line.numbered || line.closed) {
      run = 0;
      continue;
    }
    run = IsCell(line) ? run + 1 : 0;
    if (run == kLinesOfRun) {
      for (uint32_t k = n + 1 - run; k < n; ++k) {
        if (!page[k].row) rows.push_back(k);
      }
    }
    if (line.row || run >= kLinesOfRun) rows.push_back(n);
  }
}

TableRows::TableRows(const LineTable& table, std::span<const uint32_t> text_of,
                     std::span<const uint32_t> source_of)
    : are_rows_(table.keys.values.size()) {
  const std::vector<Row> rows = FindRows(table, source_of);
  absl::flat_hash_set<uint64_t> doubtful;  // of figures in several texts
  ForEachKey(rows, [&](std::span<const Row> of_key) {
    const Row& first = of_key[0];
    const bool of_one_text = std::ranges::all_of(of_key, [&](const Row& row) {
      return text_of[row.article] == text_of[first.article];
    });
    for (const Row& row : of_key) are_rows_[row.position] = of_one_text;
    const LineKey& line = table.keys.values[first.position];
    if (!of_one_text && line.figures) {
      doubtful.insert(CombineHashes(source_of[first.article], line.masked));
    }
  });
  if (!doubtful.empty()) {
    MarkFigures(table, text_of, source_of, rows, doubtful, are_rows_);
  }
}

}  // namespace storyfold
