#include "duplicates/all_shingles.h"

#include <numeric>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

std::vector<WeightedEdge> Weigh(const std::vector<std::string>& texts,
                                std::vector<WeightedEdge> edges,
                                double min_similarity = 0.3,
                                const RemovedLines& removed = {}) {
  Corpus corpus;
  for (const std::string& text : texts) corpus.Add({.text = text});
  const auto& articles = corpus.articles();
  const auto sketches = SketchArticles(articles, removed);
  std::vector<ArticleId> nodes(articles.size());
  std::iota(nodes.begin(), nodes.end(), 0);
  WeighByAllShingles({articles, removed, sketches, nodes}, {}, min_similarity,
                     edges);
  return edges;
}

TEST_CASE("a share is weighed by all 3-grams", "[duplicates]") {
  // 0 and 1 share 30 words of 60; the rest of 0 is shared with 2. In 3-grams:
  // 28 of the 56 that 0 shares with any, and of the 58 of the longer text.
  const auto edges = Weigh({Numbered(0, 60), Numbered(30, 60), Numbered(0, 30)},
                           {{0, 1, 0.9}, {0, 2, 0.4}});
  REQUIRE(edges.size() == 2);
  CHECK(edges[0].a == 0);
  CHECK(edges[0].b == 1);
  // 1 has 28 rare ones, all shared with 0: it shares nothing else.
  CHECK(edges[0].weight == Approx(0.9 + 0.1 * 28 / 58));
  CHECK(edges[1].weight == Approx(0.9 + 0.1 * 28 / 58));
}

TEST_CASE("edges that the sample took for more are dropped", "[duplicates]") {
  // What 0 and 1 share is a quarter of what they share with 2 and 3.
  const std::vector<std::string> texts = {Numbered(0, 80), Numbered(60, 80),
                                          Numbered(0, 70), Numbered(70, 70)};
  const std::vector<WeightedEdge> edges = {
      {0, 1, 0.6}, {0, 2, 0.6}, {1, 3, 0.6}};
  CHECK(Weigh(texts, edges, 0.1).size() == 3);
  CHECK(Weigh(texts, edges, 0.3).size() == 2);
}

TEST_CASE("only texts with edges count for what is rare", "[duplicates]") {
  std::vector<std::string> texts = {Numbered(0, 60), Numbered(0, 60)};
  // Ten more copies: their 3-grams are not rare, but for nobody who has edges.
  for (int i = 0; i < 10; ++i) texts.push_back(Numbered(0, 60));
  CHECK(Weigh(texts, {{0, 1, 0.9}}).size() == 1);
  std::vector<WeightedEdge> star;
  for (uint32_t b = 1; b < texts.size(); ++b) star.push_back({0, b, 0.9});
  CHECK(Weigh(texts, star).empty());
}

TEST_CASE("words of removed lines are not weighed", "[duplicates]") {
  const std::string menu = Numbered(500, 60) + "\n";
  const std::vector<std::string> texts = {menu + Numbered(0, 60),
                                          menu + Numbered(200, 60)};
  CHECK(Weigh(texts, {{0, 1, 0.9}}).size() == 1);
  CHECK(Weigh(texts, {{0, 1, 0.9}}, 0.3, RemovedLines({{1}, {1}})).empty());
}

TEST_CASE("weights are equal at 1 and 4 threads",
          "[duplicates][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(47, 40);
  std::vector<std::string> texts;
  for (const Article& article : made.corpus.articles()) {
    texts.emplace_back(article.text);
  }
  std::vector<WeightedEdge> edges;
  for (uint32_t a = 0; a < texts.size(); ++a) {
    for (uint32_t b = a + 1; b < texts.size(); b += 5) {
      edges.push_back({a, b, 0.9});
    }
  }
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return Weigh(texts, edges, 0.05);
  };
  CHECK(!run(1).empty());
  CHECK(run(4) == run(1));
}

}  // namespace
}  // namespace storyfold
