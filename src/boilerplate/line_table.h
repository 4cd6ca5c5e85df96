#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/csr.h"
#include "boilerplate/line_keys.h"
#include "storyfold/article.h"

namespace storyfold {

// What is known of the lines of a batch before anything is counted.
struct LineTable {
  Csr<LineKey> keys;                // a row an article
  Csr<LongLine> long_lines;         // the same, of those that are long
  std::vector<uint32_t> source_of;  // of each article; sources are numbered in
                                    // the order of their first article, and
                                    // articles without one are one together
  std::vector<uint64_t> source_hashes;  // of the name of each source; 0 for the
                                        // one without a name
  std::vector<uint64_t> title_keys;  // LineKey::exact of a line that reads like
                                     // the article's title; 0: no title

  size_t num_articles() const { return source_of.size(); }
  // Returns the place of a line among the keys of its article, the number of
  // keys where it has none: there is no such line, or it is blank.
  size_t PlaceOf(ArticleId article, uint32_t number) const {
    const auto row = keys.Row(article);
    const auto at = std::ranges::lower_bound(row, number, {}, &LineKey::number);
    return at == row.end() || at->number != number
               ? row.size()
               : static_cast<size_t>(at - row.begin());
  }
  bool HasSource(ArticleId article) const {
    return source_hashes[source_of[article]] != 0;
  }
};

// Reads the lines of all articles. In parallel.
LineTable ReadLines(std::span<const Article> articles);

}  // namespace storyfold
