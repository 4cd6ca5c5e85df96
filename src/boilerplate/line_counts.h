#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/csr.h"
#include "boilerplate/line_key.h"
#include "storyfold/article.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

// Where else a line stands.
struct LineCount {
  uint32_t texts_of_source = 1;  // distinct texts of its source
  uint32_t texts = 1;            // distinct texts of all sources
  uint32_t sources = 1;
};

// What lines are counted over. Spans have a value for each article.
struct CountedNames {
  std::span<const uint32_t> text_of;  // distinct texts; copies share a name
  std::span<const uint32_t> source_of;
};

// How often lines occur that occur more than once, by their masked keys.
class LineIndex {
 public:
  // In parallel. 4 bytes a line are kept, and some 60 for each key that is
  // repeated; 20 a line are in use meanwhile.
  // REQUIRES: fewer than 2^32 lines
  LineIndex(const Csr<LineKey>& keys, const CountedNames& names);

  // Returns the counts of the line at position `i` of keys.values.
  LineCount Count(size_t i) const {
    return run_of_line_[i] == kOnce ? LineCount() : counts_[run_of_line_[i]];
  }

  // Returns articles beside `article` that carry the line at position `i`,
  // rather those of its source.
  ExampleArticles Examples(size_t i, ArticleId article) const;

 private:
  static constexpr uint32_t kOnce = ~uint32_t{0};

  // The first of the articles that carry a line: one more than examples are
  // told, as one of them may be the article that asks.
  struct FirstArticles {
    std::array<ArticleId, ExampleArticles::kMost + 1> articles = {};
    uint32_t size = 0;
  };

  // The articles of a key in one source.
  struct Run {
    uint32_t key = 0;  // place in articles_of_key_
    FirstArticles first;
  };

  class Part;

  std::vector<FirstArticles> articles_of_key_;
  std::vector<Run> runs_;
  std::vector<LineCount> counts_;  // of each run; apart, as pages are judged by
                                   // nothing else of it
  std::vector<uint32_t> run_of_line_;
};

}  // namespace storyfold
