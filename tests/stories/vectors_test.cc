#include "stories/vectors.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/bags.h"
#include "support/corpus.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

std::vector<LiteralBag> RandomBags(uint64_t seed, size_t num_bags) {
  Random random(seed);
  std::vector<LiteralBag> bags(num_bags);
  for (LiteralBag& bag : bags) {
    const uint64_t step = 1 + random.Below(40);
    const uint64_t num_terms = random.Below(400);
    for (uint64_t t = 0; t < num_terms; ++t) {
      const auto weight = static_cast<float>(0.01 + 5 * random.Unit());
      bag.push_back({1 + t * step, weight});
    }
  }
  return bags;
}

// With as many virtual articles as there are bags, and no word in them.
TermVectors Vectors(const std::vector<LiteralBag>& bags) {
  return ComputeVectors(MakeBags(bags), {static_cast<double>(bags.size())});
}

std::vector<uint64_t> Terms(const TermVectors& vectors) {
  std::vector<uint64_t> terms;
  for (const TermCount& t : vectors.vocabulary) terms.push_back(t.term);
  return terms;
}

double LengthOf(std::span<const VectorEntry> vector) {
  double squares = 0;
  for (const VectorEntry& e : vector) squares += double{e.value} * e.value;
  return std::sqrt(squares);
}

TEST_CASE("vectors are TF-IDF of length 1", "[stories]") {
  // N = 3 articles, K = 3 virtual ones: idf = ln(7 / (df + 1)).
  // Terms 11 and 33 stand in one article:    ln(7/2) = 1.2527630
  // Term 22 stands in all three:             ln(7/4) = 0.5596158
  //
  // Article 0: (1 + ln 2) * 1.2527630 = 2.1211121   0.5 * 0.5596158 = 0.2798079
  //            length 2.1394880
  // Article 1:          1 * 0.5596158 = 0.5596158
  //            (1 + ln 3) * 1.2527630 = 2.6290638   length 2.6879632
  // Article 2: one term
  std::vector<LiteralBag> bags(3);
  bags[0] = {{11, 2.0f}, {22, 0.5f}};
  bags[1] = {{22, 1.0f}, {33, 3.0f}};
  bags[2] = {{22, 1.0f}};

  const TermVectors vectors = Vectors(bags);

  REQUIRE(vectors.size() == 3);
  CHECK(Terms(vectors) == std::vector<uint64_t>{11, 22, 33});
  const auto a = vectors.rows.Row(0);
  REQUIRE(a.size() == 2);
  CHECK(a[0].term == 0);
  CHECK(a[0].value == Approx(0.9914110).margin(1e-5));
  CHECK(a[1].term == 1);
  CHECK(a[1].value == Approx(0.1307826).margin(1e-5));
  const auto b = vectors.rows.Row(1);
  REQUIRE(b.size() == 2);
  CHECK(b[0].term == 1);
  CHECK(b[0].value == Approx(0.2081932).margin(1e-5));
  CHECK(b[1].term == 2);
  CHECK(b[1].value == Approx(0.9780877).margin(1e-5));
  const auto c = vectors.rows.Row(2);
  REQUIRE(c.size() == 1);
  CHECK(c[0].value == Approx(1).margin(1e-5));

  // 0.1307826 * 0.2081932, the one term they share
  CHECK(Cosine(a, b) == Approx(0.0272281).margin(1e-5));
  CHECK(Cosine(b, c) == Approx(0.2081932).margin(1e-5));
  CHECK(Cosine(a, a) == Approx(1).margin(1e-5));
}

TEST_CASE("virtual articles use words as often as the table says",
          "[stories]") {
  const WordTable words(std::vector<WordShare>{{"visit", 0.4}});
  TermCount count;
  count.term = HashWord("visit");
  count.articles = 2;
  // 10 articles, 30 virtual ones, of which half use words: 41 / (30/2 * .4 + 3)
  CHECK(InverseDocumentFrequency(count, 10, {30, 0.5, &words}) ==
        Approx(std::log(41.0 / 9)));
  CHECK(InverseDocumentFrequency(count, 10, {30, 1, &words}) ==
        Approx(std::log(41.0 / 15)));
  CHECK(InverseDocumentFrequency(count, 10, {30}) ==
        Approx(std::log(41.0 / 3)));
  count.term = HashWord("corvane");
  CHECK(InverseDocumentFrequency(count, 10, {30, 1, &words}) ==
        Approx(std::log(41.0 / 3)));
}

TEST_CASE("virtual articles of headlines use words, of full texts none",
          "[stories]") {
  const WordTable words;
  const auto background = [&](std::vector<uint32_t> lengths) {
    const VirtualArticles more = VirtualArticlesFor(lengths, words);
    CHECK(more.number == 2.0 * static_cast<double>(lengths.size()));
    CHECK(more.words == &words);
    return more.background;
  };
  CHECK(background({9, 15, 600}) == Approx(1));
  CHECK(background({9, 60, 600}) == Approx(0).margin(1e-9));
  CHECK(background({30}) == Approx(0.5));
  CHECK(background({0, 20, 40, 600}) == Approx(0.5));  // median 30
  CHECK(VirtualArticlesFor({}, words).number == 0);
  CHECK(VirtualArticlesFor(std::vector<uint32_t>(4'000), words).number ==
        6'000);
}

TEST_CASE("a word that all articles use, here and elsewhere, counts nothing",
          "[stories]") {
  const WordTable words(std::vector<WordShare>{{"visit", 1.0}});
  std::vector<LiteralBag> bags(2);
  bags[0] = {{HashWord("visit"), 1.0f}};
  bags[1] = {{HashWord("visit"), 1.0f}};
  const TermVectors vectors = ComputeVectors(MakeBags(bags), {2, 1, &words});
  CHECK(vectors.rows.Row(0).empty());
  CHECK(vectors.rows.Row(1).empty());
}

TEST_CASE("the 150 heaviest terms stay", "[stories]") {
  std::vector<LiteralBag> bags(1);
  SECTION("by weight") {
    for (uint64_t t = 0; t < 200; ++t) {
      bags[0].push_back({1'000 + t, 0.001f * static_cast<float>(t + 1)});
    }
    const TermVectors vectors = Vectors(bags);
    const auto row = vectors.rows.Row(0);
    REQUIRE(row.size() == 150);
    CHECK(Terms(vectors)[row.front().term] == 1'050);
    CHECK(Terms(vectors)[row.back().term] == 1'199);
  }
  SECTION("the lower of equal ones") {
    for (uint64_t t = 0; t < 151; ++t) bags[0].push_back({t + 1, 1.0f});
    const auto vectors = Vectors(bags);
    const auto row = vectors.rows.Row(0);
    REQUIRE(row.size() == 150);
    CHECK(Terms(vectors)[row.back().term] == 150);
    CHECK(row[0].value == Approx(0.0816497).margin(1e-6));  // 1 / sqrt(150)
  }
}

TEST_CASE("vectors of random bags have length 1 and at most 150 terms",
          "[stories][prop]") {
  const std::vector<LiteralBag> bags = RandomBags(2, 200);
  const TermVectors vectors = Vectors(bags);
  REQUIRE(vectors.size() == 200);
  for (size_t i = 0; i < bags.size(); ++i) {
    const auto row = vectors.rows.Row(i);
    CHECK(row.size() == std::min<size_t>(150, bags[i].size()));
    if (!row.empty()) CHECK(LengthOf(row) == Approx(1).margin(1e-5));
    for (size_t k = 1; k < row.size(); ++k) {
      REQUIRE(row[k - 1].term < row[k].term);
    }
  }
}

TEST_CASE("entries of several rows are summed by term", "[stories]") {
  const auto sums =
      SumByTerm({{2, 0.5f}, {7, 0.25f}, {1, 1.0f}, {7, 0.5f}, {7, 0.25f}});
  REQUIRE(sums.size() == 3);
  CHECK(sums[0].term == 1);
  CHECK(sums[0].rows == 1);
  CHECK(sums[0].sum == 1);
  CHECK(sums[2].term == 7);
  CHECK(sums[2].rows == 3);
  CHECK(sums[2].sum == 1);
  CHECK(SumByTerm({}).empty());
}

TEST_CASE("an empty bag has an empty vector", "[stories]") {
  std::vector<LiteralBag> bags(2);
  bags[1] = {{5, 1.0f}};
  const TermVectors vectors = Vectors(bags);
  REQUIRE(vectors.size() == 2);
  CHECK(vectors.rows.Row(0).empty());
  CHECK(Cosine(vectors.rows.Row(0), vectors.rows.Row(1)) == 0);
  CHECK(Vectors({}).size() == 0);
}

TEST_CASE("vectors do not depend on the number of threads",
          "[stories][deterministic]") {
  const std::vector<LiteralBag> bags = RandomBags(3, 300);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    const TermVectors vectors = Vectors(bags);
    std::vector<std::pair<uint32_t, float>> entries;
    for (const VectorEntry& e : vectors.rows.values) {
      entries.emplace_back(e.term, e.value);
    }
    return std::pair(entries, vectors.vocabulary);
  };
  CHECK(run(1) == run(4));
}

}  // namespace
}  // namespace storyfold
