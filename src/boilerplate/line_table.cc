#include "boilerplate/line_table.h"

#include <absl/container/flat_hash_map.h>

#include <string_view>

#include "base/threads.h"
#include "text/text_reader.h"

namespace storyfold {
namespace {

// Numbers the sources in the order of their first article.
std::vector<uint32_t> NumberSources(std::span<const Article> articles) {
  absl::flat_hash_map<std::string_view, uint32_t> numbers;
  std::vector<uint32_t> source_of(articles.size());
  for (size_t a = 0; a < articles.size(); ++a) {
    const auto next = static_cast<uint32_t>(numbers.size());
    source_of[a] = numbers.try_emplace(articles[a].source, next).first->second;
  }
  return source_of;
}

}  // namespace

LineTable ReadLines(std::span<const Article> articles) {
  LineTable table;
  table.source_of = NumberSources(articles);
  table.title_keys.resize(articles.size());
  std::vector<std::vector<LineKey>> rows(articles.size());
  struct Scratch {
    TextReader reader;
    Analyzer analyzer;
  };
  ParallelForWithScratch<Scratch>(
      articles.size(), [&](size_t a, Scratch& scratch) {
        table.title_keys[a] = TitleKey(articles[a].title, scratch.analyzer);
        const std::string_view text = scratch.reader.Read(articles[a]);
        rows[a] = ComputeLineKeys(text, scratch.analyzer.Analyze(text));
      });
  table.keys = ToCsr(rows);
  return table;
}

}  // namespace storyfold
