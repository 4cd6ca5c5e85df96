#include "boilerplate/distinct_pages.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/threads.h"
#include "boilerplate/line_table.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/mapped.h"

namespace storyfold {
namespace {

using Ids = std::vector<ArticleId>;

// `lines` lines of `words` words that nothing else has.
std::string Own(Random& random, size_t lines, size_t words) {
  std::string text;
  for (size_t i = 0; i < lines; ++i) {
    std::string line = RandomText(random, words, 100'000'000);
    std::ranges::replace(line, '\n', ' ');
    text += line + "\n";
  }
  return text;
}

struct Page {
  std::string text;
  std::string source = "gazette";
};

// The names of pages of which all are taken for alike.
Ids NamesOf(const std::vector<Page>& pages, const RemovedLines& removed = {}) {
  Corpus corpus;
  for (const Page& page : pages) {
    corpus.Add({.text = page.text, .source = page.source});
  }
  const auto& articles = corpus.articles();
  return NameDistinctPages(
      {articles, removed, SketchArticles(articles, removed),
       ReadLines(articles).source_of, Ids(articles.size(), 0)});
}

// Leaves a text in a file, as ReadCrawl does.
class LeftText {
 public:
  explicit LeftText(const std::string& text) : file_(MapBytes(Escaped(text))) {}

  void PutInto(Article& article) const {
    article.text = file_->bytes();
    article.text_file = file_.get();
  }

 private:
  static std::string Escaped(const std::string& text) {
    std::string escaped;
    for (const char c : text) escaped += c == '\n' ? "\\n" : std::string(1, c);
    return escaped;
  }

  std::shared_ptr<const MappedFile> file_;
};

size_t NumNames(const std::vector<Page>& pages) {
  Ids names = NamesOf(pages);
  std::ranges::sort(names);
  return static_cast<size_t>(std::unique(names.begin(), names.end()) -
                             names.begin());
}

TEST_CASE("pages that share nothing but their template are distinct texts",
          "[boilerplate]") {
  Random random(1);
  const std::string menu = Own(random, 90, 8);
  CHECK(NamesOf({{menu + Own(random, 3, 40)},
                 {menu + Own(random, 3, 40)},
                 {menu + Own(random, 3, 40)}}) == Ids{0, 1, 2});
}

TEST_CASE("pages that were left in their file are told apart, too",
          "[boilerplate]") {
  Random random(1);
  const std::string menu = Own(random, 90, 8);
  std::vector<LeftText> texts;
  std::vector<Article> articles(3);
  for (Article& article : articles) {
    texts.emplace_back(menu + Own(random, 3, 40));
    texts.back().PutInto(article);
  }
  CHECK(NameDistinctPages({articles,
                           {},
                           SketchArticles(articles, {}),
                           ReadLines(articles).source_of,
                           Ids(3, 0)}) == Ids{0, 1, 2});
}

TEST_CASE("a page printed again among other teasers is one text",
          "[boilerplate]") {
  Random random(2);
  const std::string body = Own(random, 3, 40);
  CHECK(NamesOf({{Own(random, 60, 8) + body},
                 {Own(random, 60, 8) + body},
                 {Own(random, 60, 8) + Own(random, 3, 40)}}) == Ids{0, 0, 2});
}

TEST_CASE("a text cut short, wrapped elsewhere or wrapped in another is one",
          "[boilerplate]") {
  Random random(3);
  const std::string body = Own(random, 9, 30);
  std::string rewrapped = body;
  std::ranges::replace(rewrapped, '\n', ' ');
  for (size_t i = 50, at; (at = rewrapped.find(' ', i)) != std::string::npos;
       i = at + 50) {
    rewrapped[at] = '\n';
  }
  const std::string cut = body.substr(0, body.size() / 3);
  const std::string longer = body + Own(random, 20, 30);
  CHECK(NumNames({{body}, {rewrapped}, {cut}, {longer}}) == 1);
}

TEST_CASE("removed lines do not count as paragraphs", "[boilerplate]") {
  Random random(4);
  const std::string notice = Own(random, 1, 120);
  const std::vector<Page> pages = {{notice + Own(random, 2, 60)},
                                   {notice + Own(random, 2, 60)}};
  CHECK(NamesOf(pages) == Ids{0, 0});
  CHECK(NamesOf(pages, RemovedLines({{1}, {1}})) == Ids{0, 1});
}

TEST_CASE("copies of several sources are one text", "[boilerplate]") {
  Random random(5);
  const std::string wire = Own(random, 6, 30);
  CHECK(NamesOf({{wire, "gazette"},
                 {wire + Own(random, 1, 20), "courier"},
                 {Own(random, 1, 20) + wire, "herald"}}) == Ids{0, 0, 0});
}

TEST_CASE("alike pages of two sources are not compared", "[boilerplate]") {
  Random random(8);
  CHECK(NamesOf({{Own(random, 3, 40), "gazette"},
                 {Own(random, 3, 40), "courier"}}) == Ids{0, 0});
}

TEST_CASE("only alike pages are one text", "[boilerplate]") {
  Corpus corpus;
  corpus.Add({.text = "one text of a few words", .source = "gazette"});
  corpus.Add({.text = "one text of a few words", .source = "gazette"});
  const auto& articles = corpus.articles();
  const auto sketches = SketchArticles(articles, {});
  const std::vector<uint32_t> source_of = {0, 0};
  CHECK(NameDistinctPages({articles, {}, sketches, source_of, Ids{0, 0}}) ==
        Ids{0, 0});
  CHECK(NameDistinctPages({articles, {}, sketches, source_of, Ids{0, 1}}) ==
        Ids{0, 1});
}

TEST_CASE("many texts of one group stay distinct", "[boilerplate]") {
  Random random(6);
  std::vector<Page> pages;
  for (size_t i = 0; i < 40; ++i) pages.push_back({Own(random, 3, 40)});
  CHECK(NumNames(pages) == 40);
}

TEST_CASE("which pages are one text depends on no order and no threads",
          "[boilerplate][deterministic]") {
  Random random(7);
  std::vector<Page> pages;
  for (size_t text = 0; text < 20; ++text) {
    const std::string body = Own(random, 3, 40);
    for (size_t copy = 0; copy < 3; ++copy) {
      pages.push_back(
          {body + Own(random, copy, 9), text % 2 == 0 ? "gazette" : "courier"});
    }
  }
  const size_t names = NumNames(pages);
  for (size_t round = 0; round < 10; ++round) {
    const ThreadLimit limit(1 + round % 2);
    for (size_t i = pages.size() - 1; i > 0; --i) {
      std::swap(pages[i], pages[random.Next() % (i + 1)]);
    }
    CHECK(NumNames(pages) == names);
  }
}

}  // namespace
}  // namespace storyfold
