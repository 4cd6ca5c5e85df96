#include "duplicates/clusters.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

DuplicateClusters Cluster(const Corpus& corpus,
                          const DuplicateOptions& options = {}) {
  const auto& articles = corpus.articles();
  return ClusterDuplicates(articles, {}, SketchArticles(articles, {}), options);
}

using Ids = std::vector<ArticleId>;

TEST_CASE("an article without copies stands for itself", "[duplicates]") {
  const DuplicateClusters clusters =
      Cluster(OfTexts({Numbered(0, 100), Numbered(200, 100), "short"}));
  CHECK(clusters.representative == Ids{0, 1, 2});
  CHECK(clusters.similarity == std::vector<float>{1, 1, 1});
  CHECK(clusters.links.empty());
  CHECK(Cluster(Corpus{}).representative.empty());
}

TEST_CASE("an empty article joins no cluster", "[duplicates]") {
  const DuplicateClusters clusters =
      Cluster(OfTexts({"", "same words", "", "same words", "..."}));
  CHECK(clusters.representative == Ids{0, 1, 2, 1, 4});
  CHECK(clusters.similarity == std::vector<float>(5, 1));
}

TEST_CASE("a notice printed under several titles makes no copies of them",
          "[duplicates]") {
  const std::string notice =
      "This article is for readers who have signed in; please sign in or "
      "create an account to read on.";
  Corpus corpus;
  corpus.Add({.title = "Night ferry to Ansel runs aground", .text = notice});
  corpus.Add({.title = "Corvane bank keeps its rate", .text = notice});
  corpus.Add({.title = "Mayor of Dunmere resigns over bridge",
              .text = notice + " More about this."});
  corpus.Add({.title = "Corvane bank keeps its rate", .text = notice});
  CHECK(Cluster(corpus).representative == Ids{0, 1, 2, 1});
}

TEST_CASE("a long text is a copy under any title", "[duplicates]") {
  Corpus corpus;
  corpus.Add({.title = "Night ferry runs aground", .text = Numbered(0, 60)});
  corpus.Add({.title = "Forty rescued off Ansel", .text = Numbered(0, 60)});
  CHECK(Cluster(corpus).representative == Ids{0, 0});
}

TEST_CASE("equal texts are represented by the earliest article",
          "[duplicates]") {
  Corpus corpus;
  corpus.Add({.text = "one text of some words", .published = 300});
  corpus.Add({.text = "one text of some words", .published = 100});
  corpus.Add({.text = "one text of some words"});
  corpus.Add({.text = "ONE text, of some words", .published = 200});
  corpus.Add({.text = "one text of some words", .published = 100});
  const DuplicateClusters clusters = Cluster(corpus);
  CHECK(clusters.representative == Ids{1, 1, 1, 1, 1});
  CHECK(clusters.similarity == std::vector<float>(5, 1));
}

TEST_CASE("without times the first of equal texts represents them",
          "[duplicates]") {
  const Corpus corpus = OfTexts({"other", "one text", "one text", "one text"});
  CHECK(Cluster(corpus).representative == Ids{0, 1, 1, 1});
}

TEST_CASE("of equally central texts the longest represents the cluster",
          "[duplicates]") {
  Corpus corpus;
  corpus.Add({.text = Numbered(0, 200), .published = 100});
  corpus.Add({.text = Numbered(0, 203), .published = 200});
  const DuplicateClusters clusters = Cluster(corpus);
  CHECK(clusters.representative == Ids{1, 1});
  CHECK(clusters.similarity == std::vector<float>{1, 1});
}

TEST_CASE("of equally long texts the earliest represents the cluster",
          "[duplicates]") {
  Corpus corpus;
  corpus.Add({.text = Numbered(0, 200) + "monday", .published = 200});
  corpus.Add({.text = Numbered(0, 200) + "tuesday", .published = 100});
  CHECK(Cluster(corpus).representative == Ids{1, 1});
}

// Two texts that share 80 % of the third each, and less with one another.
Corpus TwoAroundOne() {
  Corpus corpus;
  corpus.Add({.text = Numbered(0, 240) + Numbered(5000, 70), .published = 1});
  corpus.Add({.text = Numbered(6000, 70) + Numbered(60, 240), .published = 2});
  corpus.Add({.text = Numbered(0, 300), .published = 3});
  return corpus;
}

TEST_CASE("the most central text represents the cluster", "[duplicates]") {
  const DuplicateClusters clusters = Cluster(TwoAroundOne());
  CHECK(clusters.representative == Ids{2, 2, 2});
}

TEST_CASE("similarity is the share of the shorter text that is in the other",
          "[duplicates]") {
  const DuplicateClusters clusters = Cluster(TwoAroundOne());
  // 236 of the 296 5-grams of the representative, the shortest.
  CHECK(clusters.similarity[0] == Approx(236.0 / 296));
  CHECK(clusters.similarity[1] == Approx(236.0 / 296));
  CHECK(clusters.similarity[2] == 1);

  const DuplicateClusters cut =
      Cluster(OfTexts({Numbered(0, 200), Numbered(0, 80)}));
  CHECK(cut.representative == Ids{0, 0});
  CHECK(cut.similarity == std::vector<float>{1, 1});
}

TEST_CASE("links name the articles that were compared", "[duplicates]") {
  const DuplicateClusters clusters = Cluster(TwoAroundOne());
  REQUIRE(clusters.links.size() == 3);
  CHECK((clusters.links[0].a == 0 && clusters.links[0].b == 1));
  CHECK((clusters.links[1].a == 0 && clusters.links[1].b == 2));
  CHECK((clusters.links[2].a == 1 && clusters.links[2].b == 2));
  CHECK(clusters.links[0].similarity >= 0.3F);
  CHECK(clusters.links[0].similarity < clusters.links[1].similarity);
  CHECK(clusters.links[1].similarity > 0.9);  // all of its rare 3-grams
}

TEST_CASE("a higher minimum keeps apart what a lower one joins",
          "[duplicates]") {
  // The two outer texts share 178 of the 238 rare 3-grams of each.
  const Corpus corpus = TwoAroundOne();
  const Ids apart =
      Cluster(corpus, {.min_cluster_similarity = 0.97}).representative;
  CHECK(apart != Ids{2, 2, 2});
}

// What kinds of copies there are: each of `num_stories` texts of its own has
// one of each, one after the other.
enum Kind { kOriginal, kEdited, kAbridged, kWrapped, kNumKinds };

Corpus AllKinds(size_t num_stories) {
  Random random(40);
  Corpus corpus;
  for (size_t s = 0; s < num_stories; ++s) {
    const std::string text = RandomText(random, 250, 4000);
    corpus.Add({.text = text});
    corpus.Add({.text = Edit(random, text, 0.05)});
    corpus.Add({.text = text.substr(0, text.size() * 2 / 5)});
    corpus.Add({.text = RandomText(random, 60, 4000) + "\n" + text + "\n" +
                        RandomText(random, 60, 4000)});
  }
  return corpus;
}

TEST_CASE("edited, abridged and wrapped copies join, texts of their own do not",
          "[duplicates][prop]") {
  const Corpus corpus = AllKinds(60);
  const DuplicateClusters clusters = Cluster(corpus);
  std::set<ArticleId> representatives;
  for (ArticleId i = 0; i < clusters.representative.size(); ++i) {
    const ArticleId original = i - i % kNumKinds;
    CAPTURE(i, i % kNumKinds);
    CHECK(clusters.representative[i] == clusters.representative[original]);
    CHECK(clusters.similarity[i] > 0.5F);
    CHECK(clusters.similarity[i] <= 1.0F);
    representatives.insert(clusters.representative[i]);
  }
  CHECK(representatives.size() == 60);
}

TEST_CASE("two days of one series are copies only where nearly equal",
          "[duplicates]") {
  Random random(5);
  const std::string text = Numbered(0, 300);
  const std::string edited = Edit(random, text, 0.1);
  const auto cluster = [&](const std::string& title,
                           const std::string& other_text) {
    Corpus corpus;
    corpus.Add({.title = "Your daily horoscope: May 2",
                .text = text,
                .source = "gazette"});
    corpus.Add({.title = title, .text = other_text, .source = "gazette"});
    return Cluster(corpus).representative;
  };
  CHECK(cluster("Your daily horoscope: May 2", edited) == Ids{0, 0});
  CHECK(cluster("Your daily horoscope: May 3", edited) == Ids{0, 1});
  CHECK(cluster("Your daily horoscope: May 3", text + " amen") == Ids{1, 1});
}

TEST_CASE("a group of two days of one series is of neither", "[duplicates]") {
  // The first two are nearly equal; the third is as near to the second.
  Random random(6);
  const std::string text = Numbered(0, 300);
  Corpus corpus;
  corpus.Add(
      {.title = "Harbour notes, 2 May", .text = text, .source = "gazette"});
  corpus.Add({.title = "Harbour notes, 3 May",
              .text = text + " amen",
              .source = "gazette"});
  corpus.Add({.title = "Harbour notes, 3 May",
              .text = Edit(random, text, 0.05),
              .source = "gazette"});
  const auto representative = Cluster(corpus).representative;
  CHECK(representative[0] == representative[1]);
  CHECK(representative[1] == representative[2]);
}

TEST_CASE("texts of their own that print one quote are no copies",
          "[duplicates][prop]") {
  Random random(41);
  std::vector<std::string> texts;
  for (int pair = 0; pair < 40; ++pair) {
    const std::string quote = RandomText(random, 30, 4000);
    for (int text = 0; text < 2; ++text) {
      texts.push_back(RandomText(random, 150, 4000) + "\n" + quote + "\n" +
                      RandomText(random, 200, 4000));
    }
  }
  const DuplicateClusters clusters = Cluster(OfTexts(texts));
  for (ArticleId i = 0; i < texts.size(); ++i) {
    CHECK(clusters.representative[i] == i);
  }
}

TEST_CASE("copies too short for rare 3-grams join by Jaccard similarity",
          "[duplicates]") {
  // 16 5-grams against 12 of them: not near-exact.
  const Corpus corpus =
      OfTexts({Numbered(0, 20), Numbered(500, 20), Numbered(0, 16)});
  CHECK(Cluster(corpus).representative == Ids{0, 1, 0});
}

TEST_CASE("every representative stands for itself", "[duplicates][prop]") {
  const LabelledCorpus made = MakeLabelledCorpus(42, 150);
  const DuplicateClusters clusters = Cluster(made.corpus);
  REQUIRE(clusters.representative.size() == made.corpus.articles().size());
  for (ArticleId i = 0; i < clusters.representative.size(); ++i) {
    const ArticleId r = clusters.representative[i];
    CHECK(clusters.representative[r] == r);
    CHECK(clusters.similarity[r] == 1);
  }
}

TEST_CASE("buckets beyond max_bucket are counted with the clusters",
          "[duplicates]") {
  std::vector<std::string> texts;
  for (size_t i = 0; i < 60; ++i) {
    texts.push_back(Numbered(0, 300) + " number" + std::to_string(i));
  }
  const Corpus corpus = OfTexts(texts);
  const DuplicateClusters whole = Cluster(corpus, {.max_bucket = 60});
  CHECK(whole.oversize_buckets == 0);
  CHECK(whole.representative == Ids(60, 0));
  CHECK(Cluster(corpus, {.max_bucket = 20}).oversize_buckets > 0);
}

// The clusters as sets of the articles' own ids.
std::set<std::set<std::string>> ById(const std::vector<Article>& articles,
                                     const DuplicateClusters& clusters) {
  std::map<ArticleId, std::set<std::string>> members;
  for (ArticleId i = 0; i < articles.size(); ++i) {
    members[clusters.representative[i]].emplace(articles[i].id);
  }
  std::set<std::set<std::string>> sets;
  for (const auto& [representative, ids] : members) sets.insert(ids);
  return sets;
}

TEST_CASE("the order of articles changes no cluster", "[duplicates][prop]") {
  const Corpus corpus = AllKinds(40);
  std::vector<Article> articles = corpus.articles();
  const auto clusters_by_id = [&] {
    return ById(articles, ClusterDuplicates(articles, {},
                                            SketchArticles(articles, {}), {}));
  };
  const auto expected = clusters_by_id();
  CHECK(expected.size() == 40);
  std::ranges::reverse(articles);
  CHECK(clusters_by_id() == expected);
  Random random(43);
  for (size_t i = articles.size(); i > 1; --i) {
    std::swap(articles[i - 1], articles[random.Below(i)]);
  }
  CHECK(clusters_by_id() == expected);
}

TEST_CASE("clusters are equal at 1 and 4 threads",
          "[duplicates][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(44, 300);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return Cluster(made.corpus);
  };
  const DuplicateClusters one = run(1);
  const DuplicateClusters four = run(4);
  CHECK(four.representative == one.representative);
  CHECK(four.similarity == one.similarity);
  CHECK(four.oversize_buckets == one.oversize_buckets);
  CHECK(std::ranges::equal(
      four.links, one.links, [](const auto& x, const auto& y) {
        return x.a == y.a && x.b == y.b && x.similarity == y.similarity;
      }));
}

}  // namespace
}  // namespace storyfold
