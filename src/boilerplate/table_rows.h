#pragma once

#include <absl/functional/function_ref.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_table.h"

namespace storyfold {

// A page without a paragraph is a table where it has so many rows.
inline constexpr size_t kRowsOfTextTable = 2;

// Returns whether a line is open and holds a number and a word.
inline bool TellsNumber(const LineKey& line) {
  return line.numbered && line.num_words > 0 && !line.closed;
}

// Returns how many words stand beside its numbers; two characters count as one
// in scripts without spaces. There a line has as many words as tokens or more.
inline uint32_t WordsBesideNumbers(const LineKey& line) {
  const uint32_t words = line.num_words;
  return words >= line.num_tokens ? (words + 1) / 2 : words;
}

// Returns whether it holds no more than a name, a number and its unit:
// "Alpha Steel 12 %".
inline bool IsCell(const LineKey& line) {
  constexpr uint32_t kMostWordsOfCell = 3;
  return TellsNumber(line) && WordsBesideNumbers(line) <= kMostWordsOfCell;
}

// A label is among rows of figures where they are so many lines away.
inline constexpr size_t kLinesToFigures = 2;

// Returns whether `is_row` is true of one of so many lines above line `n`, and
// of one of as many below.
bool IsAmongRows(size_t n, size_t num_lines,
                 absl::FunctionRef<bool(size_t n)> is_row);

// Finds the lines of a page that look like rows of a table: open, with two
// numbers or more and words between; or cells, in a run of four or more. In no
// order, each once.
void FindLinesLikeRows(std::span<const LineKey> page,
                       std::vector<uint32_t>& rows);

// Lines whose numbers are their news.
class TableRows {
 public:
  // text_of[a] names the distinct text of article a, source_of[a] its source.
  // In parallel; a bit a line is kept.
  TableRows(const LineTable& table, std::span<const uint32_t> text_of,
            std::span<const uint32_t> source_of);

  // Returns whether the line at `position` of the table's key values looks
  // like a row of a table, and its source prints it with
  // these numbers under no other text; or, if it is of figures, with others in
  // half of the texts that have it; or, if it has one number, all of its run
  // under no other.
  bool Contain(size_t position) const { return are_rows_[position]; }

 private:
  std::vector<bool> are_rows_;
};

}  // namespace storyfold
