#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_counts.h"
#include "boilerplate/line_table.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

// A long line that many texts of its source have, or a line near it: one that
// differs in few words.
struct NearLine {
  size_t position = 0;       // among the key values of the table
  uint32_t texts = 0;        // distinct ones of the source, 256 at most
  ExampleArticles examples;  // other articles
};

// The long lines of a batch that are near to many of their source. Earlier
// nights are not asked: the state of lines knows keys, no fingerprints.
class NearLines {
 public:
  // No lines.
  NearLines() = default;

  // Finds the LongLines of the table that stand, or have lines near them, in at
  // least `min_texts` distinct texts of their source and in a tenth of all of
  // them; in 128 if that is less. texts_of_source is CountTextsOfSources of the
  // names. In parallel; the order of the articles changes nothing but the
  // examples. O(lines)
  NearLines(const LineTable& table, const CountedNames& names,
            std::span<const uint32_t> texts_of_source, uint32_t min_texts);

  // Returns the line at this position of the table's key values; null where it
  // is none of them.
  const NearLine* Find(size_t position) const {
    return are_near_.empty() || !are_near_[position] ? nullptr : Get(position);
  }

 private:
  const NearLine* Get(size_t position) const;

  std::vector<NearLine> lines_;  // by position
  std::vector<bool> are_near_;   // of each line
};

}  // namespace storyfold
