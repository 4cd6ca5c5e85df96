#include "sketch/sketch.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

Article WithText(std::string_view text, std::string_view title = "") {
  Article article;
  article.text = text;
  article.title = title;
  return article;
}

std::vector<uint64_t> HashesOf(const std::vector<std::string>& words) {
  std::vector<uint64_t> hashes;
  for (const std::string& word : words) hashes.push_back(HashWord(word));
  return hashes;
}

std::vector<uint64_t> WordsOf(const Article& article,
                              const std::vector<uint32_t>& removed = {},
                              SketchUse use = SketchUse::kClusters) {
  Sketcher sketcher(use);
  const auto words = sketcher.Words(article, removed);
  return {words.begin(), words.end()};
}

Sketch SketchWords(std::span<const uint64_t> words) {
  return Sketcher().SketchWords(words);
}

bool Same(const Sketch& a, const Sketch& b) {
  return a.text_hash == b.text_hash && a.num_words == b.num_words &&
         a.signature == b.signature && a.sampled_shingles == b.sampled_shingles;
}

bool Same(const std::vector<Sketch>& a, const std::vector<Sketch>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const Sketch& x, const Sketch& y) { return Same(x, y); });
}

TEST_CASE("pairs are judged by the words of the text", "[sketch]") {
  CHECK(WordsOf(WithText("One two.\nThree", "Title"), {}, SketchUse::kPairs) ==
        HashesOf({"one", "two", "three"}));
}

TEST_CASE("copies with little text are judged by their titles, too",
          "[sketch]") {
  CHECK(WordsOf(WithText("One two.\nThree", "A Title")) ==
        HashesOf({"a", "title", "one", "two", "three"}));
  CHECK(WordsOf(WithText("One two.\nThree", "Title"), {1}) ==
        HashesOf({"title", "three"}));
  const std::string short_text = Numbered(0, kLeastWordsWithoutTitle - 1);
  const std::string long_text = Numbered(0, kLeastWordsWithoutTitle);
  CHECK(WordsOf(WithText(short_text, "Title")).size() ==
        kLeastWordsWithoutTitle);
  CHECK(WordsOf(WithText(long_text, "Title")) == WordsOf(WithText(long_text)));
}

TEST_CASE("where there is no text the title is all there is", "[sketch]") {
  CHECK(WordsOf(WithText("", "The title")) == HashesOf({"the", "title"}));
  CHECK(WordsOf(WithText(" ... \n", "The title")) ==
        HashesOf({"the", "title"}));
  CHECK(WordsOf(WithText("", "")).empty());
}

TEST_CASE("a text that is boilerplate throughout has no words", "[sketch]") {
  CHECK(WordsOf(WithText("Subscribe now", "The title"), {1}).empty());
}

TEST_CASE("removed lines leave the words", "[sketch]") {
  const Article article = WithText("Home\nReal words\nSubscribe\nmore\n");
  CHECK(WordsOf(article, {1, 3}) == HashesOf({"real", "words", "more"}));
  CHECK(WordsOf(article, {2}) == HashesOf({"home", "subscribe", "more"}));
  CHECK(WordsOf(article, {4, 5}) ==
        HashesOf({"home", "real", "words", "subscribe"}));
}

TEST_CASE("an article without words has an empty sketch", "[sketch]") {
  const std::vector<Article> articles = {WithText("", "")};
  const std::vector<Sketch> sketches = SketchArticles(articles, {});
  REQUIRE(sketches.size() == 1);
  CHECK(sketches[0].empty());
  CHECK(sketches[0].text_hash == std::array<uint64_t, 2>{0, 0});
  CHECK(sketches[0].sampled_shingles.empty());
}

TEST_CASE("texts that differ in case, marks and spaces have equal sketches",
          "[sketch]") {
  const std::vector<Article> articles = {
      WithText("The mayor of Corvane resigned on Monday."),
      WithText("THE MAYOR\nof Corvane -- resigned, on  Monday"),
      WithText("The mayor of Corvane resigned on Tuesday.")};
  const std::vector<Sketch> sketches = SketchArticles(articles, {});
  CHECK(Same(sketches[0], sketches[1]));
  CHECK(sketches[0].num_words == 7);
  CHECK(sketches[0].text_hash != sketches[2].text_hash);
}

TEST_CASE("the order of words changes the hash of a text", "[sketch]") {
  const Sketch a = SketchWords(HashesOf({"one", "two"}));
  const Sketch b = SketchWords(HashesOf({"two", "one"}));
  CHECK(a.text_hash != b.text_hash);
}

TEST_CASE("about a quarter of the 3-grams is sampled, the same in each text",
          "[sketch][prop]") {
  Random random(12);
  std::vector<uint64_t> words(20'000);
  for (uint64_t& word : words) word = random.Next();
  const std::vector<uint32_t> sample = SketchWords(words).sampled_shingles;
  CHECK(sample.size() > 4'700);
  CHECK(sample.size() < 5'300);

  // Those of a part stand among those of the whole, in the same order.
  const std::vector<uint32_t> of_part =
      SketchWords(std::span(words).subspan(1000, 500)).sampled_shingles;
  CHECK(of_part.size() > 80);
  CHECK_FALSE(std::ranges::search(sample, of_part).empty());
}

TEST_CASE("a text of two words has no 3-gram to sample", "[sketch]") {
  for (const std::string last : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    CHECK(SketchWords(HashesOf({"the", last})).sampled_shingles.empty());
  }
}

// Removes the first and last line, which hold boilerplate, from every other
// article.
RemovedLines EveryOther(const std::vector<Article>& articles) {
  std::vector<std::vector<uint32_t>> rows(articles.size());
  for (size_t i = 0; i < articles.size(); i += 2) {
    const auto lines =
        1 + std::count(articles[i].text.begin(), articles[i].text.end(), '\n');
    rows[i] = {1, static_cast<uint32_t>(lines)};
  }
  return RemovedLines(rows);
}

TEST_CASE("refreshing sketches equals sketching anew", "[sketch][prop]") {
  const LabelledCorpus made = MakeLabelledCorpus(13, 60);
  const std::vector<Article>& articles = made.corpus.articles();
  const RemovedLines removed = EveryOther(articles);
  const std::vector<Sketch> before = SketchArticles(articles, {});
  std::vector<Sketch> refreshed = before;
  RefreshSketches(articles, removed, refreshed);
  CHECK(Same(refreshed, SketchArticles(articles, removed)));
  CHECK_FALSE(Same(refreshed[0], before[0]));
  CHECK(Same(refreshed[1], before[1]));
}

TEST_CASE("sketches for pairs have no sample and are the same else",
          "[sketch]") {
  const LabelledCorpus made = MakeLabelledCorpus(15, 10);
  std::vector<Sketch> sketches = SketchArticles(made.corpus.articles(), {});
  for (Sketch& sketch : sketches) sketch.sampled_shingles.clear();
  CHECK(Same(SketchArticles(made.corpus.articles(), {}, SketchUse::kPairs),
             sketches));
}

TEST_CASE("sketches are equal at 1 and 4 threads", "[sketch][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(14, 60);
  const RemovedLines removed = EveryOther(made.corpus.articles());
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return SketchArticles(made.corpus.articles(), removed);
  };
  CHECK(Same(run(1), run(4)));
}

}  // namespace
}  // namespace storyfold
