#include "stories/bags.h"

#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "stories/terms.h"
#include "support/bags.h"
#include "support/corpus.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

double WeightOf(const TermBags& bags, size_t row, std::string_view folded) {
  for (const WeightedTerm& t : bags.Row(row)) {
    if (bags.vocabulary[t.term].term == HashWord(folded)) {
      return double{t.weight};
    }
  }
  return 0;
}

TEST_CASE("terms are counted over articles and over uses", "[stories]") {
  const auto count = [](const std::string& title, const std::string& text) {
    Corpus corpus;
    corpus.Add({"", title, text});
    corpus.Add({"", "", "Ferry at the quay"});
    for (const TermCount& t : BagsOf(corpus).vocabulary) {
      if (t.term == HashWord("ferry")) return t;
    }
    return TermCount();
  };
  const uint64_t ferry = HashWord("ferry");
  CHECK(count("", "Ferry lost. The ferry, FERRIES") ==
        TermCount{ferry, 2, 4, 3});
  CHECK(count("Ferry Lost At Sea", "The ferry") ==
        TermCount{ferry, 2, 2, 1});  // headline case
  CHECK(count("Ferry lost", "") == TermCount{ferry, 2, 2, 2});
  CHECK(count("Ferry lost", "at sea") == TermCount{ferry, 2, 1, 1});
  CHECK(count("At sea", "") == TermCount{ferry, 1, 1, 1});
}

TEST_CASE("the bag of an article uses the stop words of its language",
          "[stories]") {
  Corpus corpus;
  corpus.Add({.title = "War", .text = "war", .language = "en"});
  corpus.Add({.title = "War", .text = "war", .language = "de"});
  const TermBags bags = BagsOf(corpus);
  CHECK(bags.Row(0).size() == 1);
  CHECK(bags.Row(1).empty());
}

TEST_CASE("German nouns tell nothing of names", "[stories]") {
  const auto count = [](const std::string& language) {
    Corpus corpus;
    corpus.Add({.text = "Ferry lost", .language = language});
    corpus.Add({.text = "The Ferry is lost", .language = "en"});
    for (const TermCount& t : BagsOf(corpus).vocabulary) {
      if (t.term == HashWord("ferry")) return t;
    }
    return TermCount();
  };
  CHECK(count("de") == TermCount{HashWord("ferry"), 2, 1, 1});
  CHECK(count("nl") == TermCount{HashWord("ferry"), 2, 2, 2});
}

TEST_CASE("a word weighs 2 in the title and less down the body", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "Storm hits", "The storm left the coast", "gazette"});
  const TermBags bags = BagsOf(corpus);
  CHECK(bags.Row(0).size() == 4);
  CHECK(bags.num_tokens[0] == 7);
  CHECK(WeightOf(bags, 0, "storm") == Approx(2.9900990));  // 2 + 1/1.01
  CHECK(WeightOf(bags, 0, "hit") == Approx(2));
  CHECK(WeightOf(bags, 0, "left") == Approx(0.9803922));   // 1/1.02
  CHECK(WeightOf(bags, 0, "coast") == Approx(0.9615385));  // 1/1.04
}

TEST_CASE("after 100 words a word weighs a half", "[stories]") {
  std::string text = "boat";
  for (int i = 0; i < 99; ++i) text += " the";
  text += " reef";  // 100 words before it
  for (int i = 0; i < 199; ++i) text += " the";
  text += " reefs";  // 300 words before it
  Corpus corpus;
  corpus.Add({"", "", text});
  const TermBags bags = BagsOf(corpus);
  CHECK(bags.num_tokens[0] == 301);
  CHECK(WeightOf(bags, 0, "boat") == Approx(1));
  CHECK(WeightOf(bags, 0, "reef") == Approx(0.75));  // 1/2 + 1/4
}

TEST_CASE("bags are those of the articles chosen, without removed lines",
          "[stories]") {
  Corpus corpus;
  corpus.Add({"", "", "one boat"});
  corpus.Add({"", "", "skipped here"});
  corpus.Add({"", "Storm", "ad line\nreef alone there"});
  const RemovedLines removed({{}, {}, {1}});
  const std::vector<ArticleId> chosen = {2, 0};
  const std::vector<std::string_view> languages(2, "en");
  const TermBags bags =
      ReadBags({corpus.articles(), OneEach(chosen), languages, removed});
  REQUIRE(bags.size() == 2);
  CHECK(bags.num_tokens == std::vector<uint32_t>{4, 2});
  CHECK(WeightOf(bags, 0, "storm") == Approx(2));  // a title has no such line
  CHECK(WeightOf(bags, 0, "reef") == Approx(1));
  CHECK(WeightOf(bags, 1, "boat") == Approx(0.990099));
  CHECK(WeightOf(bags, 0, "ad") + WeightOf(bags, 1, "skipped") == 0);
  CHECK(ReadBags({{}, {}, {}, {}}).size() == 0);
}

TEST_CASE("articles elsewhere are counted for the terms of the batch",
          "[stories]") {
  Corpus corpus;
  corpus.Add({"", "", "Ferry tanker"});
  TermBags bags = BagsOf(corpus);
  std::vector<TermCount> counts = {{HashWord("ferry"), 5, 9, 2},
                                   {HashWord("harbour"), 7, 7, 0}};
  std::ranges::sort(counts, {}, &TermCount::term);

  AddElsewhere({counts, 40}, bags);

  CHECK(bags.num_elsewhere == 40);
  REQUIRE(bags.vocabulary.size() == 2);
  for (const TermCount& count : bags.vocabulary) {
    if (count.term == HashWord("ferry")) {
      CHECK(count == TermCount{HashWord("ferry"), 6, 10, 3});
    } else {
      CHECK(count == TermCount{HashWord("tanker"), 1, 1, 0});
    }
  }
}

TEST_CASE("articles that were counted before are not counted twice",
          "[stories]") {
  Corpus corpus;
  corpus.Add({"", "", "Ferry tanker"});
  corpus.Add({"", "", "Ferry tanker harbour"});  // tonight's copy of it
  corpus.Add({"", "", "Ferry"});
  const Csr<ArticleId> texts = ToCsr<ArticleId>({{0, 1}, {2}});
  const std::vector<std::string_view> languages = {"en", "en"};
  const std::vector<char> counted = {true, false, false};
  TermBags bags = ReadBags({corpus.articles(), texts, languages, {}, counted});
  // The first article and one more of its words.
  std::vector<TermCount> counts = {{HashWord("ferry"), 2, 2, 2},
                                   {HashWord("tanker"), 1, 1, 0}};
  std::ranges::sort(counts, {}, &TermCount::term);

  AddElsewhere({counts, 2}, bags);

  CHECK(bags.num_elsewhere == 1);
  std::map<uint64_t, TermCount> found;
  for (const TermCount& count : bags.vocabulary) found[count.term] = count;
  const uint64_t ferry = HashWord("ferry");
  const uint64_t tanker = HashWord("tanker");
  const uint64_t harbour = HashWord("harbour");
  // Of two bags, one of two texts, and an article elsewhere.
  CHECK(found[ferry] == TermCount{ferry, 3, 4, 4});
  CHECK(found[tanker] == TermCount{tanker, 1, 2, 0});
  CHECK(found[harbour] == TermCount{harbour, 1, 1, 0});
}

TEST_CASE("the bag of several texts is their mean", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "Harbour fire", "ferry"});
  corpus.Add({"", "", "Ferry tanker ferry"});
  const Csr<ArticleId> both = ToCsr<ArticleId>({{0, 1}});
  const TermBags bags = ReadBags(
      {corpus.articles(), both, std::vector<std::string_view>{"en"}, {}});
  REQUIRE(bags.size() == 1);
  CHECK(WeightOf(bags, 0, "harbour") == Approx(1));  // a title, of two texts
  CHECK(WeightOf(bags, 0, "tanker") == Approx(0.5 / 1.01));
  CHECK(WeightOf(bags, 0, "ferry") == Approx(0.5 + 0.5 + 0.5 / 1.02));
  CHECK(bags.num_tokens == std::vector<uint32_t>{3});  // of the first
  for (const TermCount& count : bags.vocabulary) CHECK(count.articles == 1);
}

TEST_CASE("bags of several blocks are those of each article alone",
          "[stories][prop]") {
  Random random(3);
  Corpus corpus;
  for (size_t i = 0; i < 2 * TermBags::kBlockSize + 3; ++i) {
    corpus.Add({"", "", RandomText(random, 1 + random.Below(9), 500)});
  }
  const TermBags bags = BagsOf(corpus);
  std::map<uint64_t, uint32_t> articles;
  for (ArticleId a = 0; a < corpus.articles().size(); ++a) {
    const std::vector<ArticleId> one = {a};
    const std::vector<std::string_view> english = {"en"};
    const TermBags alone =
        ReadBags({corpus.articles(), OneEach(one), english, {}});
    REQUIRE(bags.Row(a).size() == alone.Row(0).size());
    for (size_t k = 0; k < alone.Row(0).size(); ++k) {
      const uint64_t term = alone.vocabulary[alone.Row(0)[k].term].term;
      REQUIRE(bags.vocabulary[bags.Row(a)[k].term].term == term);
      REQUIRE(bags.Row(a)[k].weight == alone.Row(0)[k].weight);
      ++articles[term];
    }
  }
  REQUIRE(articles.size() == bags.vocabulary.size());
  for (const TermCount& t : bags.vocabulary) {
    REQUIRE(t.articles == articles[t.term]);
  }
}

TEST_CASE("bags do not depend on the number of threads",
          "[stories][deterministic]") {
  Random random(4);
  Corpus corpus;
  for (size_t i = 0; i < 5 * TermBags::kBlockSize; ++i) {
    corpus.Add({"", "", RandomText(random, 1 + random.Below(9), 500)});
  }
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    const TermBags bags = BagsOf(corpus);
    std::vector<std::pair<uint32_t, float>> rows;
    for (size_t i = 0; i < bags.size(); ++i) {
      for (const WeightedTerm& t : bags.Row(i)) {
        rows.emplace_back(t.term, t.weight);
      }
    }
    return std::tuple(rows, bags.vocabulary, bags.num_tokens);
  };
  CHECK(run(1) == run(4));
}

}  // namespace
}  // namespace storyfold
