#include "boilerplate/line_table.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <string_view>

#include "base/hash.h"
#include "base/threads.h"
#include "text/text_reader.h"

namespace storyfold {
namespace {

constexpr size_t kArticlesAtOnce = size_t{1} << 14;

// Numbers the sources in the order of their first article.
void NumberSources(std::span<const Article> articles, LineTable& table) {
  absl::flat_hash_map<std::string_view, uint32_t> numbers;
  table.source_of.resize(articles.size());
  for (size_t a = 0; a < articles.size(); ++a) {
    const std::string_view source = articles[a].source;
    const auto next = static_cast<uint32_t>(numbers.size());
    const auto [at, is_new] = numbers.try_emplace(source, next);
    if (is_new) {
      table.source_hashes.push_back(source.empty() ? 0 : HashBytes(source));
    }
    table.source_of[a] = at->second;
  }
}

// Appends the rows of a block to those of the blocks before it; there will be
// `num_rows` in all.
void AppendRows(const std::vector<std::vector<LineKey>>& rows, size_t num_rows,
                Csr<LineKey>& keys) {
  for (const auto& row : rows) {
    keys.offsets.push_back(keys.offsets.back() + row.size());
  }
  if (keys.offsets.back() > keys.values.capacity()) {
    // As many lines a row as so far, and some more: room that is not written
    // to costs nothing, doubling would.
    const size_t expected =
        keys.offsets.back() / (keys.offsets.size() - 1) * num_rows;
    keys.values.reserve(expected + expected / 8 + keys.offsets.back());
  }
  for (const auto& row : rows) {
    keys.values.insert(keys.values.end(), row.begin(), row.end());
  }
}

}  // namespace

LineTable ReadLines(std::span<const Article> articles) {
  LineTable table;
  NumberSources(articles, table);
  table.title_keys.resize(articles.size());
  struct Scratch {
    TextReader reader;
    LineKeyer keyer;
  };
  // In blocks, so that only the rows of one are in memory twice.
  std::vector<std::vector<LineKey>> rows(
      std::min(articles.size(), kArticlesAtOnce));
  for (size_t first = 0; first < articles.size(); first += rows.size()) {
    rows.resize(std::min(rows.size(), articles.size() - first));
    ParallelForWithScratch<Scratch>(
        rows.size(), [&](size_t i, Scratch& scratch) {
          const Article& article = articles[first + i];
          table.title_keys[first + i] = scratch.keyer.TitleKey(article.title);
          const auto keys = scratch.keyer.Keys(scratch.reader.Read(article));
          rows[i].assign(keys.begin(), keys.end());
        });
    AppendRows(rows, articles.size(), table.keys);
  }
  return table;
}

}  // namespace storyfold
