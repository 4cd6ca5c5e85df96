// "Net 117 mln vs 106 mln" has one masked key with the rows of every other
// company, and is news all the same. What tells it from "3 comments, 12 likes"
// is that it stands among other such rows; and from a list of teasers with
// their times, which is printed again as it is, that its numbers change from
// text to text.
//
// Tested by: tests/boilerplate/guards_test.cc

#include "boilerplate/table_rows.h"

#include <compare>

#include "base/hash.h"
#include "base/threads.h"

namespace storyfold {
namespace {

struct Row {
  uint64_t key = 0;  // of the source and the words, numbers as they are
  uint32_t text = 0;
  uint32_t position = 0;

  friend auto operator<=>(const Row&, const Row&) = default;
};

}  // namespace

TableRows::TableRows(const LineTable& table, std::span<const uint32_t> text_of,
                     std::span<const uint32_t> source_of)
    : are_rows_(table.keys.values.size()) {
  std::vector<Row> rows;
  for (size_t a = 0; a < table.num_articles(); ++a) {
    for (size_t i = table.keys.offsets[a]; i < table.keys.offsets[a + 1]; ++i) {
      const LineKey& line = table.keys.values[i];
      if (!line.row || line.closed) continue;
      rows.push_back({CombineHashes(source_of[a], line.exact), text_of[a],
                      static_cast<uint32_t>(i)});
    }
  }
  ParallelSort(rows);
  for (size_t begin = 0; begin < rows.size();) {
    size_t end = begin + 1;
    while (end < rows.size() && rows[end].key == rows[begin].key) ++end;
    const bool of_one_text = rows[begin].text == rows[end - 1].text;
    for (size_t r = begin; r < end; ++r) {
      are_rows_[rows[r].position] = of_one_text;
    }
    begin = end;
  }
}

}  // namespace storyfold
