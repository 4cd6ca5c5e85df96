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
// Tested by: tests/boilerplate/guards_test.cc, tests/boilerplate/tables_test.cc

#include "boilerplate/table_rows.h"

#include <compare>

#include "base/hash.h"
#include "base/threads.h"

namespace storyfold {
namespace {

struct Row {
  uint64_t key = 0;    // of the source and the masked words
  uint64_t exact = 0;  // numbers as they are
  uint32_t text = 0;
  uint32_t position = 0;

  friend auto operator<=>(const Row&, const Row&) = default;
};

// Returns the rows of all articles, sorted.
std::vector<Row> FindRows(const LineTable& table,
                          std::span<const uint32_t> text_of,
                          std::span<const uint32_t> source_of) {
  std::vector<Row> rows;
  for (size_t a = 0; a < table.num_articles(); ++a) {
    for (size_t i = table.keys.offsets[a]; i < table.keys.offsets[a + 1]; ++i) {
      const LineKey& line = table.keys.values[i];
      if (!line.row || line.closed) continue;
      rows.push_back({CombineHashes(source_of[a], line.masked), line.exact,
                      text_of[a], static_cast<uint32_t>(i)});
    }
  }
  ParallelSort(rows);
  return rows;
}

// Returns the end of the run of rows from `begin` on that agree in a member.
size_t EndOfRun(std::span<const Row> rows, size_t begin,
                uint64_t Row::*member) {
  size_t end = begin + 1;
  while (end < rows.size() && rows[end].*member == rows[begin].*member) ++end;
  return end;
}

// Returns whether rows of one key have other numbers in half of their texts.
bool NumbersChange(std::span<const Row> of_key) {
  size_t fillings = 1;
  size_t texts = 1;  // of each filling
  for (size_t r = 1; r < of_key.size(); ++r) {
    const bool is_new = of_key[r].exact != of_key[r - 1].exact;
    fillings += is_new;
    texts += is_new || of_key[r].text != of_key[r - 1].text;
  }
  return 2 * fillings > texts;
}

}  // namespace

TableRows::TableRows(const LineTable& table, std::span<const uint32_t> text_of,
                     std::span<const uint32_t> source_of)
    : are_rows_(table.keys.values.size()) {
  const std::vector<Row> rows = FindRows(table, text_of, source_of);
  for (size_t begin = 0; begin < rows.size();) {
    const size_t end = EndOfRun(rows, begin, &Row::key);
    const std::span<const Row> of_key(rows.data() + begin, end - begin);
    const bool numbers_change = NumbersChange(of_key);
    for (size_t first = 0; first < of_key.size();) {
      const size_t last = EndOfRun(of_key, first, &Row::exact);
      const bool of_one_text = of_key[first].text == of_key[last - 1].text;
      for (; first < last; ++first) {
        const uint32_t i = of_key[first].position;
        are_rows_[i] =
            of_one_text || (numbers_change && table.keys.values[i].figures);
      }
    }
    begin = end;
  }
}

}  // namespace storyfold
