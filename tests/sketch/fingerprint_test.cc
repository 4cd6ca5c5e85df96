#include "storyfold/fingerprint.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "duplicates/bands.h"
#include "sketch/sketch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

Corpus CopiesAndOthers(uint64_t seed, size_t num_texts) {
  Random random(seed);
  Corpus corpus;
  for (size_t i = 0; i < num_texts; ++i) {
    const std::string text = RandomText(random, 40 + random.Below(200), 3000);
    corpus.Add({.text = text});
    corpus.Add({.text = Edit(random, text, 0.2 * random.Unit())});
    if (i % 7 == 0) corpus.Add({.text = text});
    if (i % 9 == 0) corpus.Add({.text = ""});
  }
  return corpus;
}

bool Equal(const ArticleFingerprint& x, const ArticleFingerprint& y) {
  return x.num_words == y.num_words && x.simhash == y.simhash &&
         x.signature == y.signature && x.bands == y.bands;
}

TEST_CASE("an article without words has no fingerprint",
          "[sketch][fingerprint]") {
  Corpus corpus;
  corpus.Add({.text = ""});
  corpus.Add({.text = " ... \n--"});
  for (const ArticleFingerprint& fingerprint :
       FingerprintArticles(corpus.articles())) {
    CHECK(fingerprint.empty());
    CHECK(fingerprint.simhash == 0);
    CHECK(fingerprint.bands.empty());
  }
  CHECK(FingerprintArticles({}).empty());
}

TEST_CASE("equal words have equal fingerprints", "[sketch][fingerprint]") {
  Corpus corpus;
  corpus.Add({.text = "The ferry ran aground off the breakwater on Monday"});
  corpus.Add(
      {.text = "the ferry ran AGROUND -- off the\nbreakwater on Monday."});
  corpus.Add({.title = "The ferry ran aground off the breakwater on Monday"});
  corpus.Add({.text = "The ferry ran aground off the breakwater on Tuesday"});
  const auto fingerprints = FingerprintArticles(corpus.articles());
  CHECK(fingerprints[0].num_words == 9);
  CHECK(fingerprints[0].bands.size() == 48);
  CHECK(Equal(fingerprints[0], fingerprints[1]));
  CHECK(Equal(fingerprints[0], fingerprints[2]));
  CHECK(fingerprints[0].simhash != fingerprints[3].simhash);
  CHECK(fingerprints[0].signature != fingerprints[3].signature);
}

TEST_CASE("bands and rows of fingerprints are those of the options",
          "[sketch][fingerprint]") {
  Corpus corpus;
  corpus.Add({.text = "some words of a text that is a little longer"});
  const auto wide = FingerprintArticles(corpus.articles(), {.bands = 8});
  const auto usual = FingerprintArticles(corpus.articles());
  REQUIRE(wide[0].bands.size() == 8);
  for (size_t i = 0; i < 8; ++i) CHECK(wide[0].bands[i] == usual[0].bands[i]);
  const auto high =
      FingerprintArticles(corpus.articles(), {.bands = 8, .rows = 16});
  CHECK(high[0].bands[0] != usual[0].bands[0]);
}

TEST_CASE("articles fingerprinted alone and together are the same",
          "[sketch][fingerprint][deterministic]") {
  const Corpus corpus = CopiesAndOthers(70, 60);
  const std::span<const Article> articles = corpus.articles();
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return FingerprintArticles(articles);
  };
  const auto together = run(1);
  const auto again = run(4);
  REQUIRE(together.size() == articles.size());
  for (size_t i = 0; i < articles.size(); ++i) {
    REQUIRE(Equal(together[i], again[i]));
    REQUIRE(Equal(together[i], FingerprintArticles(articles.subspan(i, 1))[0]));
  }
}

// What an engine that knows tables only does: rows (band, key, article),
// joined with themselves.
std::set<std::pair<ArticleId, ArticleId>> JoinOnBands(
    const std::vector<ArticleFingerprint>& fingerprints) {
  std::map<std::pair<size_t, int64_t>, std::vector<ArticleId>> rows;
  for (ArticleId a = 0; a < fingerprints.size(); ++a) {
    for (size_t band = 0; band < fingerprints[a].bands.size(); ++band) {
      rows[{band, fingerprints[a].bands[band]}].push_back(a);
    }
  }
  std::set<std::pair<ArticleId, ArticleId>> pairs;
  for (const auto& [key, articles] : rows) {
    for (const ArticleId a : articles) {
      for (const ArticleId b : articles) {
        if (a < b) pairs.emplace(a, b);
      }
    }
  }
  return pairs;
}

TEST_CASE("a join on exported band keys gives the candidates of our bands",
          "[sketch][fingerprint][prop]") {
  const Corpus corpus = CopiesAndOthers(71, 300);
  const auto joined = JoinOnBands(FingerprintArticles(corpus.articles()));

  const std::vector<Sketch> sketches = SketchArticles(corpus.articles(), {});
  const DistinctTexts texts = FoldEqualTexts(sketches);
  const Candidates candidates = FindBandCandidates(texts, sketches, {});
  REQUIRE(candidates.oversize_buckets == 0);
  std::set<std::pair<ArticleId, ArticleId>> ours;
  for (const Candidate& pair : candidates.pairs) {
    for (const ArticleId a : texts.articles.Row(pair.a)) {
      for (const ArticleId b : texts.articles.Row(pair.b)) {
        ours.emplace(std::min(a, b), std::max(a, b));
      }
    }
  }
  for (size_t t = 0; t < texts.size(); ++t) {
    for (const ArticleId a : texts.articles.Row(t)) {
      for (const ArticleId b : texts.articles.Row(t)) {
        if (a < b) ours.emplace(a, b);
      }
    }
  }
  CHECK(ours.size() > 200);
  CHECK(joined == ours);
}

}  // namespace
}  // namespace storyfold
