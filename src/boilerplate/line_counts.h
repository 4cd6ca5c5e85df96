#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/csr.h"
#include "boilerplate/line_keys.h"
#include "storyfold/article.h"

namespace storyfold {

// Where else a line stands.
struct LineCount {
  uint32_t texts_of_source = 0;  // distinct texts of its source, >= 1
  uint32_t texts = 0;            // distinct texts of all sources, >= 1
  uint32_t sources = 0;          // >= 1
};

// The occurrences of all lines, grouped by masked key.
class LineIndex {
 public:
  // text_of[a] names the distinct text of article a (copies share a name),
  // source_of[a] its source.
  LineIndex(const Csr<LineKey>& keys, std::span<const uint32_t> text_of,
            std::span<const uint32_t> source_of);

  // Returns the counts of the line at position `i` of keys.values.
  const LineCount& Count(size_t i) const { return counts_[i]; }

  // Returns up to three articles beside `article` that carry the line at
  // position `i`, of the same source first, then ascending.
  std::vector<ArticleId> Examples(size_t i, ArticleId article) const;

 private:
  struct Occurrence {
    uint64_t key = 0;
    uint32_t source = 0;
    uint32_t text = 0;
    ArticleId article = 0;
    uint32_t line = 0;  // position in keys.values

    friend auto operator<=>(const Occurrence&, const Occurrence&) = default;
  };

  void CountKey(size_t begin, size_t end);

  std::vector<Occurrence> occurrences_;  // ascending
  std::vector<uint32_t> place_;          // of a line in occurrences_
  std::vector<LineCount> counts_;
};

}  // namespace storyfold
