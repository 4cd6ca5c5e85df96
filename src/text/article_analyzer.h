#pragma once

#include <string_view>

#include "storyfold/article.h"
#include "text/analysis.h"
#include "text/text_reader.h"

namespace storyfold {

// An Analyzer of texts wherever they stand. One object a thread.
class ArticleAnalyzer {
 public:
  // Returns the analysis of the article's text. Good until the next call.
  const Analysis& Analyze(const Article& article) {
    text_ = reader_.Read(article);
    return analyzer_.Analyze(text_);
  }

  // Returns the text analysed last.
  std::string_view text() const { return text_; }

  // For other strings of the article; using it ends the last analysis.
  Analyzer& analyzer() { return analyzer_; }

 private:
  TextReader reader_;
  Analyzer analyzer_;
  std::string_view text_;
};

}  // namespace storyfold
