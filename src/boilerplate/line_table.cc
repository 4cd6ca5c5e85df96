#include "boilerplate/line_table.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <string_view>

#include "base/hash.h"
#include "base/threads.h"
#include "text/text_reader.h"

namespace storyfold {
namespace {

// Articles whose lines a thread reads in one go, and groups of them that are
// in memory twice.
constexpr size_t kArticlesOfGroup = 16;
constexpr size_t kGroupsAtOnce = 128;

// The lines of some articles that stand side by side.
struct Group {
  std::vector<LineKey> keys;
  std::vector<size_t> num_lines;  // of each article
  std::vector<LongLine> long_lines;
  std::vector<size_t> num_long_lines;
};

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

// Appends rows of these sizes to those before them; there will be `num_rows` in
// all.
template <typename T>
void AppendRows(std::span<const T> values, std::span<const size_t> sizes,
                size_t num_rows, Csr<T>& rows) {
  for (const size_t size : sizes) {
    rows.offsets.push_back(rows.offsets.back() + size);
  }
  if (rows.offsets.back() > rows.values.capacity()) {
    // As many values a row as so far, and some more: room that is not written
    // to costs nothing, doubling would.
    const size_t expected =
        rows.offsets.back() / (rows.offsets.size() - 1) * num_rows;
    rows.values.reserve(expected + expected / 8 + rows.offsets.back());
  }
  rows.values.insert(rows.values.end(), values.begin(), values.end());
}

}  // namespace

LineTable ReadLines(std::span<const Article> articles) {
  LineTable table;
  NumberSources(articles, table);
  table.title_keys.resize(articles.size());
  table.keys.offsets.reserve(articles.size() + 1);
  table.long_lines.offsets.reserve(articles.size() + 1);
  struct Scratch {
    TextReader reader;
    LineKeyer keyer;
  };
  const auto read = [&](ArticleId a, Scratch& scratch, Group& group) {
    table.title_keys[a] = scratch.keyer.TitleKey(articles[a].title);
    const auto keys = scratch.keyer.Keys(scratch.reader.Read(articles[a]));
    group.keys.insert(group.keys.end(), keys.begin(), keys.end());
    group.num_lines.push_back(keys.size());
    const auto long_lines = scratch.keyer.LongLines();
    group.long_lines.insert(group.long_lines.end(), long_lines.begin(),
                            long_lines.end());
    group.num_long_lines.push_back(long_lines.size());
  };
  std::vector<Group> groups(kGroupsAtOnce);
  for (size_t first = 0; first < articles.size();
       first += kGroupsAtOnce * kArticlesOfGroup) {
    ParallelForWithScratch<Scratch>(groups.size(), [&](size_t g,
                                                       Scratch& scratch) {
      groups[g].keys.clear();
      groups[g].num_lines.clear();
      groups[g].long_lines.clear();
      groups[g].num_long_lines.clear();
      const size_t begin = first + g * kArticlesOfGroup;
      const size_t end = std::min(begin + kArticlesOfGroup, articles.size());
      for (size_t a = begin; a < end; ++a) {
        read(static_cast<ArticleId>(a), scratch, groups[g]);
      }
    });
    for (const Group& group : groups) {
      AppendRows<LineKey>(group.keys, group.num_lines, articles.size(),
                          table.keys);
      AppendRows<LongLine>(group.long_lines, group.num_long_lines,
                           articles.size(), table.long_lines);
    }
  }
  return table;
}

}  // namespace storyfold
