#include "duplicates/copy_checks.h"

#include <numeric>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// The weight that an edge of weight 1 between two texts has afterwards.
double Lowered(const std::string& a, const std::string& b) {
  Corpus corpus;
  corpus.Add({"", "", a});
  corpus.Add({"", "", b});
  const std::vector<ArticleId> nodes = {0, 1};
  const std::vector<Sketch> sketches(2);
  std::vector<WeightedEdge> edges = {{0, 1, 1.0}};
  LowerByNumbers(ReadNumbers({corpus.articles(), {}, sketches, nodes}, edges),
                 edges);
  return edges[0].weight;
}

// Returns whether an edge between two texts outlives the check for quotes.
bool IsKept(const std::string& a, const std::string& b) {
  Corpus corpus;
  corpus.Add({"", "", a});
  corpus.Add({"", "", b});
  const std::vector<ArticleId> nodes = {0, 1};
  const auto sketches = SketchArticles(corpus.articles(), {});
  std::vector<WeightedEdge> edges = {{0, 1, 1.0}};
  const CheckedTexts texts{corpus.articles(), {}, sketches, nodes};
  DropQuotes(texts, ReadNumbers(texts, edges), edges);
  return !edges.empty();
}

TEST_CASE("a quote in two texts is no copy", "[duplicates]") {
  Random random(7);
  const auto own = [&] { return RandomText(random, 200, 100'000'000); };
  const std::string quote = RandomText(random, 40, 100'000'000);
  CHECK(!IsKept(own() + quote + own(), own() + quote + own()));
  CHECK(IsKept(own() + quote, quote));  // all of one stands in the other
}

TEST_CASE("reports that share names and set phrases are no copies",
          "[duplicates]") {
  Random random(9);
  const auto own = [&] { return RandomText(random, 60, 100'000'000) + " "; };
  std::string a = RandomText(random, 200, 100'000'000) + " ";
  std::string b = RandomText(random, 200, 100'000'000) + " ";
  for (int i = 0; i < 3; ++i) {
    const std::string phrase = RandomText(random, 6, 100'000'000) + " ";
    a += phrase + own();
    b += phrase + own();
  }
  CHECK(!IsKept(a, b));
}

TEST_CASE("copies with many misprints are no quote of one another",
          "[duplicates]") {
  Random random(8);
  const std::string original = RandomText(random, 300, 100'000'000);
  // A 3-gram outlives in both with a probability of .7^6 = .12.
  CHECK(IsKept(Edit(random, original, 0.3), Edit(random, original, 0.3)));
}

TEST_CASE("slides that share their numbering are no copies", "[duplicates]") {
  Random random(10);
  const auto show = [&] {
    std::string text;
    for (int slide = 1; slide <= 12; ++slide) {
      text += "Pictures: " + RandomText(random, 15, 100'000'000) +
              " Hide caption " + std::to_string(slide) + " of 12\n";
    }
    return text;
  };
  CHECK(!IsKept(show(), show()));
}

TEST_CASE("texts of a few words are no quotes for being short",
          "[duplicates]") {
  CHECK(IsKept("one two three four five six seven eight",
               "nine one two three ten eleven twelve four five six"));
}

TEST_CASE("texts with the same numbers keep their weight", "[duplicates]") {
  CHECK(Lowered("up 3.5 to 120 from 116 in Q4", "In Q4: 116, 120, 3 and 5") ==
        1.0);
}

TEST_CASE("texts with other numbers lose half of their weight",
          "[duplicates]") {
  CHECK(Lowered("up 11 12 13 14", "up 21 22 23 24") == Approx(0.5));
  CHECK(Lowered("up 11 12 13 14", "up 11 22 23 24") == Approx(0.7));
  CHECK(Lowered("up 11 12 13 14", "up 11 12 13 24") == 1.0);
}

TEST_CASE("the numbers of the text that has fewer are looked for",
          "[duplicates]") {
  CHECK(Lowered("11 12 13 14", "10 11 12 13 14 15 16 17 18 19") == 1.0);
  CHECK(Lowered("10 11 12 13 14 15 16 17 18 19", "11 12 13 14") == 1.0);
}

TEST_CASE("fewer than four numbers say nothing", "[duplicates]") {
  CHECK(Lowered("11 12 13", "21 22 23 24 25") == 1.0);
  CHECK(Lowered("no number", "none") == 1.0);
  CHECK(Lowered("", "") == 1.0);
  CHECK(Lowered("11 11 11 11 11", "21 22 23 24 25") == 1.0);  // one, often
}

TEST_CASE("numbers in removed lines do not count", "[duplicates]") {
  Corpus corpus;
  corpus.Add({"", "", "1 2 3 4 5 6 7 8\n11 12 13 14"});
  corpus.Add({"", "", "1 2 3 4 5 6 7 8\n21 22 23 24"});
  const std::vector<ArticleId> nodes = {0, 1};
  const std::vector<Sketch> sketches(2);
  std::vector<WeightedEdge> edges = {{0, 1, 1.0}};
  const RemovedLines removed({{1}, {1}});
  LowerByNumbers(
      ReadNumbers({corpus.articles(), removed, sketches, nodes}, edges), edges);
  CHECK(edges[0].weight == Approx(0.5));
}

// The weight that an edge of weight 1 between two articles has afterwards.
double LoweredByTitles(const Corpus& corpus) {
  const std::vector<ArticleId> nodes = {0, 1};
  const auto sketches = SketchArticles(corpus.articles(), {});
  std::vector<WeightedEdge> edges = {{0, 1, 1.0}};
  LowerByTitles({corpus.articles(), {}, sketches, nodes}, edges);
  return edges[0].weight;
}

TEST_CASE("short texts under other titles lose half of their weight",
          "[duplicates]") {
  Corpus corpus;
  corpus.Add({.title = "Ferry aground at Ansel", .text = "Sign in to read"});
  SECTION("no word of the title") {
    corpus.Add({.title = "Bank keeps rate", .text = "Sign in to read"});
    CHECK(LoweredByTitles(corpus) == Approx(0.5));
  }
  SECTION("a third of the shorter title") {
    corpus.Add({.title = "Ferry fares rise", .text = "Sign in to read"});
    CHECK(LoweredByTitles(corpus) == Approx(0.5 + 1 / 3.0));
  }
  SECTION("half of it") {
    corpus.Add({.title = "Ansel: ferry stuck, again", .text = "Sign in"});
    CHECK(LoweredByTitles(corpus) == 1.0);
  }
  SECTION("without a title") {
    corpus.Add({.text = "Sign in to read"});
    CHECK(LoweredByTitles(corpus) == 1.0);
  }
}

TEST_CASE("checks of edges are equal at 1 and 4 threads",
          "[duplicates][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(46, 40);
  const std::vector<Article>& articles = made.corpus.articles();
  const std::vector<Sketch> sketches = SketchArticles(articles, {});
  std::vector<ArticleId> nodes(articles.size());
  std::iota(nodes.begin(), nodes.end(), 0);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    std::vector<WeightedEdge> edges;
    for (uint32_t a = 0; a < nodes.size(); ++a) {
      for (uint32_t b = a + 1; b < nodes.size(); b += 7) {
        edges.push_back({a, b, 0.9});
      }
    }
    const CheckedTexts texts{articles, {}, sketches, nodes};
    const TextNumbers numbers = ReadNumbers(texts, edges);
    DropQuotes(texts, numbers, edges);
    LowerByNumbers(numbers, edges);
    return edges;
  };
  const std::vector<WeightedEdge> edges = run(1);
  CHECK(!edges.empty());
  CHECK(run(4) == edges);
}

}  // namespace
}  // namespace storyfold
