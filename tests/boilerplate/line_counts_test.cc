#include "boilerplate/line_counts.h"

#include <algorithm>
#include <set>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Ids = std::vector<ArticleId>;

// Pages of lines that are given by their keys.
struct KeyedPages {
  Csr<LineKey> keys;
  std::vector<uint32_t> text_of;
  std::vector<uint32_t> source_of;

  void Add(uint32_t source, uint32_t text, const std::vector<uint64_t>& lines) {
    for (const uint64_t key : lines) {
      LineKey line;
      line.masked = key;
      keys.values.push_back(line);
    }
    keys.offsets.push_back(keys.values.size());
    source_of.push_back(source);
    text_of.push_back(text);
  }

  LineIndex Index() const { return LineIndex(keys, {text_of, source_of}); }
};

void CheckCount(const LineCount& count, uint32_t texts_of_source,
                uint32_t texts, uint32_t sources) {
  CHECK(count.texts_of_source == texts_of_source);
  CHECK(count.texts == texts);
  CHECK(count.sources == sources);
}

TEST_CASE("copies of one text count once, sources and texts apart",
          "[boilerplate]") {
  constexpr uint64_t kLine = uint64_t{7} << 32;
  constexpr uint64_t kSameHalf = kLine + 1;  // told apart by the lower half
  KeyedPages pages;
  pages.Add(/*source=*/0, /*text=*/0, {kLine, 1});
  pages.Add(0, 1, {kLine, kLine});
  pages.Add(0, 1, {kLine});
  pages.Add(1, 2, {2, kLine, kSameHalf});
  pages.Add(1, 3, {kSameHalf});
  const LineIndex index = pages.Index();
  CheckCount(index.Count(0), 2, 3, 2);
  CheckCount(index.Count(2), 2, 3, 2);
  CheckCount(index.Count(6), 1, 3, 2);
  CheckCount(index.Count(1), 1, 1, 1);
  CheckCount(index.Count(7), 2, 2, 1);
  const auto examples = [&](size_t i, ArticleId article) {
    const ExampleArticles found = index.Examples(i, article);
    return Ids(found.begin(), found.end());
  };
  CHECK(examples(1, 0).empty());
  CHECK(examples(0, 0) == Ids{1, 2, 3});
  CHECK(examples(6, 3) == Ids{0, 1, 2});
  CHECK(examples(7, 3) == Ids{4});
}

TEST_CASE("random lines are counted as by sets", "[boilerplate]") {
  Random random(12);
  KeyedPages pages;
  std::vector<std::vector<uint64_t>> lines(300);
  for (uint32_t a = 0; a < lines.size(); ++a) {
    for (uint64_t n = random.Below(20); n > 0; --n) {
      // Few values in both halves: keys agree in one of them.
      lines[a].push_back(random.Below(9) << 32 | random.Below(30));
    }
    const auto text = static_cast<uint32_t>(random.Below(100));
    pages.Add(text % 7, text, lines[a]);
  }
  const LineIndex index = pages.Index();
  size_t i = 0;
  for (uint32_t a = 0; a < lines.size(); ++a) {
    for (const uint64_t key : lines[a]) {
      std::set<uint32_t> texts, of_source, sources;
      for (uint32_t b = 0; b < lines.size(); ++b) {
        if (std::ranges::count(lines[b], key) == 0) continue;
        texts.insert(pages.text_of[b]);
        sources.insert(pages.source_of[b]);
        if (pages.source_of[b] == pages.source_of[a]) {
          of_source.insert(pages.text_of[b]);
        }
      }
      const LineCount count = index.Count(i++);
      REQUIRE(count.texts_of_source == of_source.size());
      REQUIRE(count.texts == texts.size());
      REQUIRE(count.sources == sources.size());
    }
  }
}

}  // namespace
}  // namespace storyfold
