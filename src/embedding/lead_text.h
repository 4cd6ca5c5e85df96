#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "storyfold/article.h"
#include "text/article_analyzer.h"

namespace storyfold {

// Gives what an embedder sees of an article. One object a thread.
class LeadTextReader {
 public:
  // Returns the title and the first `max_words` words of both together, as they
  // stand, without the lines `removed`. A character of a script without spaces
  // is a word. Empty where the article has no word.
  std::string Read(const Article& article, std::span<const uint32_t> removed,
                   size_t max_words);

  // Returns how many words there were in what was read last.
  size_t num_words() const { return num_words_; }

 private:
  ArticleAnalyzer analyzer_;
  Analyzer title_analyzer_;
  size_t num_words_ = 0;
};

}  // namespace storyfold
