#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/csr.h"
#include "boilerplate/line_keys.h"
#include "storyfold/article.h"

namespace storyfold {

// Where else a line stands.
struct LineCount {
  uint32_t texts_of_source = 1;  // distinct texts of its source
  uint32_t texts = 1;            // distinct texts of all sources
  uint32_t sources = 1;

  // Where stories are known (else 0): distinct stories of its source, and the
  // least number of stories that are left when any one source, and with it the
  // stories no other source carries it in, is taken away.
  uint32_t stories_of_source = 0;
  uint32_t stories_anyway = 0;
};

// What lines are counted over. Spans have a value for each article.
struct CountedNames {
  std::span<const uint32_t> text_of;  // distinct texts; copies share a name
  std::span<const uint32_t> source_of;
  std::span<const uint32_t> story_of = {};  // where known
};

// The occurrences of the lines that occur more than once, grouped by masked
// key.
class LineIndex {
 public:
  // In parallel. 4 bytes a line are kept, and 24 more for each that is
  // repeated.
  // REQUIRES: fewer than 2^32 lines
  LineIndex(const Csr<LineKey>& keys, const CountedNames& names);

  // Returns the counts of the line at position `i` of keys.values.
  LineCount Count(size_t i) const;

  // Returns up to three articles beside `article` that carry the line at
  // position `i`, rather those of its source; ascending.
  std::vector<ArticleId> Examples(size_t i, ArticleId article) const;

 private:
  static constexpr uint32_t kOnce = ~uint32_t{0};

  struct Occurrence {
    uint64_t key = 0;
    uint32_t source = 0;
    uint32_t text = 0;
    ArticleId article = 0;
    uint32_t line = 0;  // position in keys.values

    friend auto operator<=>(const Occurrence&, const Occurrence&) = default;
  };

  // A key: its occurrences are [begin, end).
  struct Key {
    size_t begin = 0;
    size_t end = 0;
    size_t first_run = 0;
    uint32_t texts = 0;
    uint32_t sources = 0;
    uint32_t stories_anyway = 0;
  };

  // The occurrences of a key in one source, from `begin` on.
  struct Run {
    size_t begin = 0;
    std::array<ArticleId, 4> articles = {};  // the first ones, as many as
                                             // num_articles
    uint32_t num_articles = 0;
    uint32_t key = 0;
    uint32_t texts = 0;
    uint32_t stories = 0;
  };

  void AddKey(size_t begin, size_t end);
  void CountStories(size_t key, std::span<const uint32_t> story_of);

  std::vector<Occurrence> occurrences_;  // those of a key side by side,
                                         // ascending
  std::vector<Key> keys_;
  std::vector<Run> runs_;
  std::vector<uint32_t> run_of_line_;
};

}  // namespace storyfold
