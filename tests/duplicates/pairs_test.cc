#include "duplicates/pairs.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

DuplicatePairs FindPairs(const Corpus& corpus,
                         const DuplicateOptions& options = {},
                         const RemovedLines& removed = {}) {
  const auto& articles = corpus.articles();
  return FindDuplicatePairs(articles, removed,
                            SketchArticles(articles, removed), options);
}

TEST_CASE("a pair has its exact similarity", "[duplicates]") {
  // 100 and 100 shingles, of which 80 are in both.
  const Corpus corpus = OfTexts({Numbered(0, 104), Numbered(5000, 104),
                                 Numbered(0, 84) + Numbered(9000, 20)});
  const DuplicatePairs found = FindPairs(corpus);
  REQUIRE(found.pairs.size() == 1);
  CHECK(found.pairs[0].a == 0);
  CHECK(found.pairs[0].b == 2);
  CHECK(found.pairs[0].jaccard == 80.0 / 120.0);
  CHECK(found.pairs[0].containment == 80.0 / 100.0);
  CHECK(found.oversize_buckets == 0);
}

TEST_CASE("a pair below min_jaccard is left out", "[duplicates]") {
  const Corpus corpus =
      OfTexts({Numbered(0, 104), Numbered(0, 84) + Numbered(9000, 20)});
  CHECK(FindPairs(corpus, {.min_jaccard = 0.66}).pairs.size() == 1);
  CHECK(FindPairs(corpus, {.min_jaccard = 0.67}).pairs.empty());
}

TEST_CASE("the smaller text may stand whole in the larger", "[duplicates]") {
  const Corpus corpus = OfTexts({Numbered(0, 104), Numbered(0, 84)});
  const DuplicatePairs found = FindPairs(corpus);
  REQUIRE(found.pairs.size() == 1);
  CHECK(found.pairs[0].jaccard == 0.8);
  CHECK(found.pairs[0].containment == 1.0);
}

TEST_CASE("every two exact copies are a pair", "[duplicates]") {
  const Corpus corpus = OfTexts({"The mayor resigned on Monday morning.",
                                 "Rain fell all night in the hills of Corvane",
                                 "THE MAYOR -- resigned on Monday morning",
                                 "the mayor resigned\non monday morning"});
  CHECK(FindPairs(corpus).pairs ==
        std::vector<DuplicatePair>{{0, 2, 1, 1}, {0, 3, 1, 1}, {2, 3, 1, 1}});
}

TEST_CASE("texts without words match nothing", "[duplicates]") {
  CHECK(
      FindPairs(OfTexts({"", "", " ...\n", "--", "a b c", ""})).pairs.empty());
  CHECK(FindPairs(Corpus{}).pairs.empty());
}

TEST_CASE("articles without text match by title", "[duplicates]") {
  Corpus corpus;
  corpus.Add({.title = "Mayor of Corvane resigns"});
  corpus.Add({.title = "Mayor of Corvane resigns"});
  corpus.Add({.title = "Mayor of Corvane resigns", .text = "Other words"});
  CHECK(FindPairs(corpus).pairs == std::vector<DuplicatePair>{{0, 1, 1, 1}});
}

TEST_CASE("short texts match only when they are equal", "[duplicates]") {
  CHECK(FindPairs(OfTexts({"one two three", "one two", "one two four",
                           "two three one", "one two three"}))
            .pairs == std::vector<DuplicatePair>{{0, 4, 1, 1}});
}

TEST_CASE("removed lines do not count for a pair", "[duplicates]") {
  const std::string header = Numbered(7000, 200) + "\n";
  const Corpus corpus =
      OfTexts({header + Numbered(0, 50), header + Numbered(300, 50)});
  CHECK(FindPairs(corpus).pairs.size() == 1);
  CHECK(FindPairs(corpus, {}, RemovedLines({{1}, {1}})).pairs.empty());
}

TEST_CASE("a group of equal texts beyond max_bucket is chained and counted",
          "[duplicates]") {
  const Corpus corpus =
      OfTexts(std::vector<std::string>(40, "the same words in every text"));
  const DuplicatePairs whole = FindPairs(corpus, {.max_bucket = 40});
  CHECK(whole.pairs.size() == 40 * 39 / 2);
  CHECK(whole.oversize_buckets == 0);

  const DuplicatePairs chained = FindPairs(corpus, {.max_bucket = 39});
  REQUIRE(chained.pairs.size() == 39);
  for (ArticleId i = 0; i < 39; ++i) {
    CHECK(chained.pairs[i] == DuplicatePair{i, i + 1, 1, 1});
  }
  CHECK(chained.oversize_buckets == 1);
}

TEST_CASE(
    "two large groups of copies that resemble each other cost linear "
    "room",
    "[duplicates]") {
  std::vector<std::string> texts(30, Numbered(0, 104));
  texts.insert(texts.end(), 30, Numbered(0, 84));
  const Corpus corpus = OfTexts(texts);

  // Both groups chained, and 30 + 29 pairs between them.
  const DuplicatePairs found = FindPairs(corpus, {.max_bucket = 20});
  CHECK(found.pairs.size() == 29 + 29 + 59);
  CHECK(found.oversize_buckets == 3);
  const DuplicatePairs whole = FindPairs(corpus, {.max_bucket = 60});
  CHECK(whole.pairs.size() == 60 * 59 / 2);
  CHECK(whole.oversize_buckets == 0);
}

// The word 5-grams of many texts, as sorted sets of numbers; by the standard
// library alone. Texts are ASCII.
class PlainGrams {
 public:
  std::vector<uint32_t> Of(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : text + " ") {
      const auto byte = static_cast<unsigned char>(c);
      if (std::isalnum(byte)) {
        words.back() += static_cast<char>(std::tolower(byte));
      } else if (!words.back().empty()) {
        words.emplace_back();
      }
    }
    words.pop_back();
    std::vector<uint32_t> grams;
    for (size_t i = 0; i + 5 <= words.size(); ++i) {
      std::string gram;
      for (size_t k = i; k < i + 5; ++k) gram += words[k] + " ";
      const auto next = static_cast<uint32_t>(numbers_.size());
      grams.push_back(numbers_.try_emplace(gram, next).first->second);
    }
    std::ranges::sort(grams);
    const auto repeats = std::ranges::unique(grams);
    grams.erase(repeats.begin(), repeats.end());
    return grams;
  }

 private:
  std::map<std::string, uint32_t> numbers_;
};

std::vector<DuplicatePair> AllSimilarPairs(const Corpus& corpus,
                                           double min_jaccard) {
  PlainGrams grams;
  std::vector<std::vector<uint32_t>> sets;
  for (ArticleId i = 0; i < corpus.articles().size(); ++i) {
    sets.push_back(grams.Of(corpus.Text(i)));
  }
  std::vector<DuplicatePair> pairs;
  for (ArticleId a = 0; a < sets.size(); ++a) {
    for (ArticleId b = a + 1; b < sets.size(); ++b) {
      std::vector<uint32_t> both;
      std::ranges::set_intersection(sets[a], sets[b], std::back_inserter(both));
      const auto shared = static_cast<double>(both.size());
      const auto sizes = static_cast<double>(sets[a].size() + sets[b].size());
      const double jaccard = shared / (sizes - shared);
      if (jaccard < min_jaccard) continue;
      const size_t smaller = std::min(sets[a].size(), sets[b].size());
      pairs.push_back({a, b, jaccard, shared / static_cast<double>(smaller)});
    }
  }
  return pairs;
}

// Texts with copies edited a little or a lot, some cut short.
Corpus EditedCopies(uint64_t seed, size_t num_texts) {
  Random random(seed);
  std::vector<std::string> texts;
  for (size_t i = 0; i < num_texts; ++i) {
    const std::string text = RandomText(random, 60 + random.Below(200), 3000);
    texts.push_back(text);
    texts.push_back(Edit(random, text, 0.02));
    texts.push_back(Edit(random, text, 0.09 * random.Unit()));
    if (i % 5 == 0) texts.push_back(text);
    if (i % 3 == 0) texts.push_back(text.substr(0, text.size() * 3 / 4));
  }
  return OfTexts(texts);
}

TEST_CASE("pairs are true, exact, and nearly all that brute force finds",
          "[duplicates][prop]") {
  const Corpus corpus = EditedCopies(30, 150);
  const std::vector<DuplicatePair> all = AllSimilarPairs(corpus, 0.5);
  const std::vector<DuplicatePair> found = FindPairs(corpus).pairs;

  // No pair but true ones, with the same two numbers, in the same order.
  const auto by_articles = [](const DuplicatePair& x, const DuplicatePair& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  };
  std::vector<DuplicatePair> missed;
  std::ranges::set_difference(all, found, std::back_inserter(missed),
                              by_articles);
  CHECK(all.size() > 500);
  REQUIRE(found.size() == all.size() - missed.size());
  std::vector<DuplicatePair> both;
  std::ranges::set_intersection(all, found, std::back_inserter(both),
                                by_articles);
  CHECK(both == found);

  // What is missed is near the threshold, and as little as bands.h says.
  double expected_misses = 0;
  for (const DuplicatePair& pair : all) {
    expected_misses += std::pow(1 - std::pow(pair.jaccard, 4), 48);
  }
  const auto misses = static_cast<double>(missed.size());
  CAPTURE(all.size(), misses, expected_misses);
  CHECK(misses <= 0.01 * static_cast<double>(all.size()));
  CHECK(misses <= 2 * expected_misses + 2);
  for (const DuplicatePair& pair : missed) CHECK(pair.jaccard < 0.7);
}

TEST_CASE("texts that only share common words are no pairs",
          "[duplicates][prop]") {
  Random random(31);
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) texts.push_back(RandomText(random, 120, 300));
  CHECK(FindPairs(OfTexts(texts), {.min_jaccard = 0.3}).pairs.empty());
}

TEST_CASE("pairs are equal at 1 and 4 threads", "[duplicates][deterministic]") {
  const Corpus corpus = EditedCopies(32, 100);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return FindPairs(corpus, {.max_bucket = 3});
  };
  const DuplicatePairs found = run(1);
  const DuplicatePairs again = run(4);
  CHECK(again.pairs == found.pairs);
  CHECK(again.oversize_buckets == found.oversize_buckets);
}

TEST_CASE("duplicate options are checked", "[duplicates]") {
  const auto message = [](const DuplicateOptions& options) {
    return std::string(Validate(options).message());
  };
  CHECK(message({}).empty());
  CHECK(message({.min_jaccard = 0.3}).empty());
  CHECK(message({.min_jaccard = 1}).empty());
  CHECK(message({.bands = 256, .rows = 1}).empty());
  CHECK(message({.bands = 2, .rows = 128}).empty());
  CHECK(message({.max_bucket = 2}).empty());
  CHECK(message({.min_cluster_similarity = 1}).empty());
  CHECK(message({.rare_least = 5, .rare_most = 5}).empty());

  for (const double jaccard : {0.29, 1.01, -1.0, std::nan("")}) {
    CHECK(message({.min_jaccard = jaccard}) ==
          "min-jaccard must be in [0.3, 1]");
  }
  const std::string bad_bands =
      "bands and rows must be at least 1, rows at most 128 and bands at most "
      "2 * (128 / rows)";
  CHECK(message({.bands = 0}) == bad_bands);
  CHECK(message({.rows = 0}) == bad_bands);
  CHECK(message({.bands = 65, .rows = 4}) == bad_bands);
  CHECK(message({.bands = 1u << 31, .rows = 2}) == bad_bands);
  CHECK(message({.max_bucket = 1}) == "max-bucket must be at least 2");
  for (const double similarity : {0.0, 1.1, -0.5, std::nan("")}) {
    CHECK(message({.min_cluster_similarity = similarity}) ==
          "min-similarity must be in (0, 1]");
  }
  const std::string bad_rare =
      "rare-share must be positive and rare-least at most rare-most";
  CHECK(message({.rare_share = 0}) == bad_rare);
  CHECK(message({.rare_share = std::nan("")}) == bad_rare);
  CHECK(message({.rare_least = 101}) == bad_rare);
  CHECK(
      message({.keep = KeepRule::kSourceOrder, .keep_sources = {"a"}}).empty());
  CHECK(message({.keep = KeepRule::kSourceOrder}) ==
        "keep by source needs a source");
}

}  // namespace
}  // namespace storyfold
