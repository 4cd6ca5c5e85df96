#include "stories/split_compounds.h"

#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "stories/cluster.h"
#include "stories/describe.h"
#include "stories/terms.h"
#include "support/bags.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

double WeightOfSpelling(const TermBags& bags, size_t row,
                        std::string_view spelling) {
  for (const WeightedTerm& t : bags.Row(row)) {
    if (bags.vocabulary[t.term].term == TermOfSpelling(spelling)) {
      return double{t.weight};
    }
  }
  return 0;
}

uint32_t ArticlesWith(const TermBags& bags, std::string_view spelling) {
  for (const TermCount& count : bags.vocabulary) {
    if (count.term == TermOfSpelling(spelling)) return count.articles;
  }
  return 0;
}

Corpus Strikes(const std::string& language) {
  Corpus corpus;
  corpus.Add({.text = "Bahnstreik beginnt", .language = language});
  corpus.Add({.text = "Streik der Bahn", .language = language});
  corpus.Add({.text = "Wetter", .language = language});
  return corpus;
}

TEST_CASE("a compound counts half as its parts", "[stories]") {
  const TermBags bags = BagsOf(Strikes("de"));
  CHECK(WeightOfSpelling(bags, 0, "bahnstreik") == Approx(1));
  CHECK(WeightOfSpelling(bags, 0, "bahn") == Approx(0.5));
  CHECK(WeightOfSpelling(bags, 0, "streik") == Approx(0.5));
  CHECK(WeightOfSpelling(bags, 1, "streik") == Approx(1));
  CHECK(WeightOfSpelling(bags, 2, "bahn") == 0);
  CHECK(ArticlesWith(bags, "bahn") == 2);
  CHECK(ArticlesWith(bags, "bahnstreik") == 1);
  REQUIRE(bags.compound_parts.size() == 2);
  CHECK(bags.compound_parts[0].term < bags.compound_parts[1].term);
}

TEST_CASE("the parts of an article that was counted before count no more",
          "[stories]") {
  const TermBags bags = BagsOf(Strikes("de"), {1, 0, 0});
  CHECK(WeightOfSpelling(bags, 0, "bahn") == Approx(0.5));
  CHECK(ArticlesWith(bags, "bahn") == 1);
}

TEST_CASE("a part that stands on its own, too, weighs both", "[stories]") {
  Corpus corpus;
  corpus.Add({.text = "Bahn Bahnstreik Streik", .language = "de"});
  const TermBags bags = BagsOf(corpus);
  CHECK(WeightOfSpelling(bags, 0, "bahn") == Approx(1 + 0.5 / 1.01));
  CHECK(ArticlesWith(bags, "bahn") == 1);
}

TEST_CASE("words of other languages stay whole", "[stories]") {
  const TermBags bags = BagsOf(Strikes("en"));
  CHECK(WeightOfSpelling(bags, 0, "bahn") == 0);
  CHECK(ArticlesWith(bags, "bahn") == 1);
  CHECK(bags.compound_parts.empty());
}

TEST_CASE("a compound is split by the words of its own language", "[stories]") {
  Corpus corpus;
  corpus.Add({.text = "Waterpolitie", .language = "nl"});
  corpus.Add({.text = "politie en water", .language = "nl"});
  corpus.Add({.text = "Bahnstreik", .language = "nl"});
  corpus.Add({.text = "Streik und Bahn", .language = "de"});
  const TermBags bags = BagsOf(corpus);
  CHECK(WeightOfSpelling(bags, 0, "water") == Approx(0.5));
  CHECK(WeightOfSpelling(bags, 2, "streik") == 0);
}

TEST_CASE("a report with a compound meets one with its parts", "[stories]") {
  const auto labels = [](const std::string& language) {
    Corpus corpus;
    const auto add = [&](const char* title, const char* text) {
      corpus.Add({.title = title, .text = text, .language = language});
    };
    add("Bahnstreik", "Bahnstreik legt Pendlerzüge lahm");
    add("Streik bei der Bahn", "Züge der Pendler fallen aus");
    add("Hochwasser", "Deiche brechen am Unterlauf");
    add("Wahl", "Kandidatin gewinnt Stichwahl");
    std::vector<ArticleId> alone(4);
    std::iota(alone.begin(), alone.end(), 0);
    return ClusterStories(corpus.articles(), {}, alone, {}).label;
  };
  CHECK(labels("de") == std::vector<uint32_t>{0, 0, 2, 3});
  CHECK(labels("fr") == std::vector<uint32_t>{0, 1, 2, 3});
}

TEST_CASE("a part that an article has in compounds only is spelled",
          "[stories]") {
  const Corpus corpus = Strikes("de");
  const TermBags bags = BagsOf(corpus);
  const uint64_t terms[] = {TermOfSpelling("streik"), TermOfSpelling("wetter")};
  CHECK(SpellTerms(corpus.articles()[0], terms, bags.compound_parts) ==
        std::vector<std::string>{"streik"});
  CHECK(SpellTerms(corpus.articles()[0], terms, {}).empty());
}

TEST_CASE("split compounds do not depend on the number of threads",
          "[stories][deterministic]") {
  Corpus corpus;
  Random random(5);
  const std::vector<std::string> nouns = {"Bahn",   "Streik", "Hafen", "Kran",
                                          "Zoll",   "Schule", "Wahl",  "Recht",
                                          "Kammer", "Ernte"};
  const auto noun = [&] { return nouns[random.Below(nouns.size())]; };
  for (int i = 0; i < 1'000; ++i) {
    std::string text;
    for (int k = 0; k < 20; ++k) {
      std::string second = noun();
      if (random.Below(2) == 0) second[0] = static_cast<char>(second[0] + 32);
      text += noun() + (second[0] >= 'a' ? "" : " ") + second + " ";
    }
    corpus.Add({.text = text, .language = i % 3 == 0 ? "en" : "de"});
  }
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return BagsOf(corpus);
  };
  const TermBags one = run(1);
  const TermBags four = run(4);
  CHECK(one.vocabulary == four.vocabulary);
  CHECK(one.compound_parts == four.compound_parts);
  CHECK_FALSE(one.compound_parts.empty());
  for (size_t i = 0; i < one.size(); ++i) {
    REQUIRE(one.Row(i).size() == four.Row(i).size());
    for (size_t k = 0; k < one.Row(i).size(); ++k) {
      REQUIRE(one.Row(i)[k].term == four.Row(i)[k].term);
      REQUIRE(one.Row(i)[k].weight == four.Row(i)[k].weight);
    }
  }
}

}  // namespace
}  // namespace storyfold
