#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "storyfold/fingerprint.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// The word 5-grams of a text of lower-case words, spaces and full stops.
std::set<std::string> Grams(std::string text) {
  std::ranges::replace(text, '.', ' ');
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  std::set<std::string> grams;
  for (size_t i = 0; i + 5 <= words.size(); ++i) {
    std::string gram;
    for (size_t k = i; k < i + 5; ++k) gram += words[k] + " ";
    grams.insert(gram);
  }
  return grams;
}

DuplicatePair Compare(const Corpus& corpus, ArticleId a, ArticleId b) {
  const std::set<std::string> x = Grams(corpus.Text(a));
  const std::set<std::string> y = Grams(corpus.Text(b));
  size_t both = 0;
  for (const std::string& gram : x) both += y.count(gram);
  const auto shared = static_cast<double>(both);
  return {a, b, shared / static_cast<double>(x.size() + y.size() - both),
          shared / static_cast<double>(std::min(x.size(), y.size()))};
}

// Texts with copies that differ in nothing, little or much.
Corpus Copies(uint64_t seed, size_t num_texts) {
  Random random(seed);
  Corpus corpus;
  for (size_t i = 0; i < num_texts; ++i) {
    const std::string text = RandomText(random, 100 + random.Below(200), 3000);
    corpus.Add({.text = text});
    corpus.Add({.text = Edit(random, text, 0.005)});
    corpus.Add({.text = Edit(random, text, 0.05 * random.Unit())});
    if (i % 4 == 0) corpus.Add({.text = text});
  }
  return corpus;
}

std::vector<FingerprintPair> AllNearPairs(const Corpus& corpus,
                                          uint32_t max_distance) {
  const auto fingerprints = FingerprintArticles(corpus.articles());
  std::vector<FingerprintPair> pairs;
  for (ArticleId a = 0; a < fingerprints.size(); ++a) {
    for (ArticleId b = a + 1; b < fingerprints.size(); ++b) {
      const auto distance = static_cast<uint32_t>(
          std::popcount(fingerprints[a].simhash ^ fingerprints[b].simhash));
      if (distance > max_distance) continue;
      pairs.push_back({Compare(corpus, a, b), distance});
    }
  }
  return pairs;
}

TEST_CASE("pairs by fingerprint are all pairs, with their exact similarity",
          "[duplicates][fingerprint][prop]") {
  const Corpus corpus = Copies(80, 120);
  for (const uint32_t distance : {0u, 1u, 3u, 7u}) {
    const std::vector<FingerprintPair> all = AllNearPairs(corpus, distance);
    const FingerprintPairs found =
        FindFingerprintPairs(corpus.articles(), {.max_distance = distance});
    CAPTURE(distance, all.size(), found.pairs.size());
    CHECK(all.size() >= 30);
    CHECK(found.oversize_buckets == 0);
    const bool equal = found.pairs == all;
    CHECK(equal);
  }
}

TEST_CASE("a least similarity filters the pairs by fingerprint",
          "[duplicates][fingerprint]") {
  const Corpus corpus = Copies(81, 100);
  std::vector<FingerprintPair> expected = AllNearPairs(corpus, 7);
  const size_t before = expected.size();
  std::erase_if(expected, [](const FingerprintPair& pair) {
    return pair.texts.jaccard < 0.9;
  });
  REQUIRE(!expected.empty());
  REQUIRE(expected.size() < before);
  const FingerprintPairs found = FindFingerprintPairs(
      corpus.articles(), {.max_distance = 7, .min_jaccard = 0.9});
  const bool equal = found.pairs == expected;
  CHECK(equal);
}

TEST_CASE("articles without words are in no pair by fingerprint",
          "[duplicates][fingerprint]") {
  Corpus corpus;
  for (const std::string text : {"", "one two", "--", "", "one two"}) {
    corpus.Add({.text = text});
  }
  CHECK(FindFingerprintPairs(corpus.articles(), {}).pairs ==
        std::vector<FingerprintPair>{{{1, 4, 1, 1}, 0}});
  CHECK(FindFingerprintPairs({}, {}).pairs.empty());
  const std::span<const Article> one = corpus.articles();
  CHECK(FindFingerprintPairs(one.subspan(1, 1), {}).pairs.empty());
}

TEST_CASE("equal texts beyond max_bucket are chained by fingerprint",
          "[duplicates][fingerprint]") {
  Corpus corpus;
  for (int i = 0; i < 40; ++i) corpus.Add({.text = "always the same words"});
  const FingerprintPairs found =
      FindFingerprintPairs(corpus.articles(), {.max_bucket = 39});
  CHECK(found.oversize_buckets == 1);
  REQUIRE(found.pairs.size() == 39);
  for (ArticleId i = 0; i < 39; ++i) {
    CHECK(found.pairs[i] == FingerprintPair{{i, i + 1, 1, 1}, 0});
  }
}

TEST_CASE("pairs by fingerprint are equal at 1 and 4 threads",
          "[duplicates][fingerprint][deterministic]") {
  const Corpus corpus = Copies(82, 80);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return FindFingerprintPairs(corpus.articles(), {.max_distance = 7});
  };
  const bool equal = run(1).pairs == run(4).pairs;
  CHECK(equal);
}

TEST_CASE("options of pairs by fingerprint are checked",
          "[duplicates][fingerprint]") {
  const auto message = [](const FingerprintPairOptions& options) {
    return std::string(Validate(options).message());
  };
  CHECK(Validate(FingerprintPairOptions()).ok());
  CHECK(message({.max_distance = 7, .min_jaccard = 1, .max_bucket = 2}) == "");
  CHECK(message({.max_distance = 8}) == "simhash must be in [0, 7]");
  for (const double jaccard : {-0.1, 1.1, std::nan("")}) {
    CHECK(message({.min_jaccard = jaccard}) == "min-jaccard must be in [0, 1]");
  }
  CHECK(message({.max_bucket = 1}) == "max-bucket must be at least 2");
}

}  // namespace
}  // namespace storyfold
