// Prints what the model of --learned sees of every line, for
// benchmarks/train_boilerplate:
//
//   line_features FILE.jsonl
//
// A row a line: id, line, source, then index:value of the features that are
// not zero, with tabs between them.

#include <cstdio>
#include <vector>

#include "boilerplate/line_features.h"
#include "pipeline/fold.h"
#include "storyfold/crawl.h"

namespace storyfold {
namespace {

void Print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void PrintFeatures(std::span<const Article> articles) {
  const ExplainedLines lines = FindLineEvidence(articles, {});
  const LineFeatureReader reader(articles, lines.text_of, *lines.evidence);
  ArticleAnalyzer analyzer;
  for (ArticleId a = 0; a < articles.size(); ++a) {
    const auto features =
        reader.Read(a, JudgePage(*lines.evidence, a), analyzer);
    for (size_t n = 0; n < features.size(); ++n) {
      Print(articles[a].id);
      std::printf("\t%u\t", lines.table->keys.Row(a)[n].number);
      Print(articles[a].source);
      for (size_t f = 0; f < kNumLineFeatures; ++f) {
        if (features[n][f] != 0) {
          std::printf("\t%zu:%.6g", f, static_cast<double>(features[n][f]));
        }
      }
      std::printf("\n");
    }
  }
}

}  // namespace
}  // namespace storyfold

int main(int argc, char** argv) {
  using namespace storyfold;
  if (argc != 2) {
    std::fprintf(stderr, "usage: line_features FILE.jsonl\n");
    return 2;
  }
  ReadOptions options;
  options.keep_records = false;
  const auto crawl = ReadCrawl(std::vector<std::string>{argv[1]}, options);
  if (!crawl.ok()) {
    std::fprintf(stderr, "line_features: cannot read %s\n", argv[1]);
    return 1;
  }
  PrintFeatures(crawl->articles);
  return 0;
}
