#include "stories/topics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/word_batch.h"

namespace storyfold {
namespace {

using Labels = std::vector<uint32_t>;

TEST_CASE("a name has a capital in more than seven of ten uses", "[stories]") {
  WordBatch batch(2, 4);
  batch.vectors.vocabulary[3] = {4, 1, 0, 0};  // in titles only
  batch.Add({0, 1, 2, 3});
  const WordsOfKind plain = batch.Words();
  const WordsOfKind names = batch.Words(kNames);
  for (const uint32_t term : {0, 1}) {
    CHECK(names.Has(term));
    CHECK_FALSE(plain.Has(term));
  }
  for (const uint32_t term : {2, 3}) {
    CHECK_FALSE(names.Has(term));
    CHECK(plain.Has(term));
  }
}

TEST_CASE("names do not make plain words alike", "[stories]") {
  WordBatch batch(5, 20);
  batch.Add(Terms(0, 5) + Terms(5, 4));
  batch.Add(Terms(0, 5) + Terms(6, 4));  // shares three of four
  batch.Add(Terms(0, 5) + Terms(12, 4));
  batch.Add(Terms(0, 5));
  const WordsOfKind plain = batch.Words();
  CHECK(plain.Similarity(0, 1) == Approx(0.75));
  CHECK(plain.Similarity(1, 0) == Approx(0.75));
  CHECK(plain.Similarity(0, 2) == 0);
  CHECK(plain.Similarity(0, 3) == 0);
}

TEST_CASE("plain words weigh what news in general makes of them", "[stories]") {
  // Of two shared words with the same idf in the batch one stands in half of
  // all news: (10,000 + 2 + 1) / (10,000 * .5 + 1 + 1) against 10,003 / 2.
  const WordTable words(std::vector<WordShare>{{"visit", 0.5}});
  WordBatch batch(0, 3);
  batch.vectors.vocabulary[1].term = HashWord("visit");
  batch.Add({0, 1});
  batch.Add({1, 2});
  batch.vectors.rows = ToCsr(batch.rows);
  const WordsOfKind plain(kPlainWords, batch.vectors, words, batch.languages,
                          batch.num_tokens);
  const double common = std::log(10'003 / 5'002.0);
  const double rare = std::log(10'003 / 2.0);
  CHECK(plain.Similarity(0, 1) ==
        Approx(common * common / (common * common + rare * rare)).margin(1e-6));
}

TEST_CASE("short texts and two languages are not judged", "[stories]") {
  WordBatch batch(0, 4);
  batch.Add({0}, 60);
  batch.Add({0}, 300);
  batch.Add({0}, 5'000);
  batch.Add({0}, 134);  // nearly half way in logarithms: ln(134/60) / ln 5
  batch.Add({0}, 300, "de");
  const WordsOfKind plain = batch.Words();
  CHECK(plain.Judgement(0, 1) == 0);
  CHECK(plain.Judgement(1, 2) == 1);
  CHECK(plain.Judgement(3, 2) == Approx(std::sqrt(0.49922)).margin(1e-4));
  CHECK(plain.Judgement(3, 3) == Approx(0.49922).margin(1e-4));
  CHECK(plain.Judgement(1, 4) == 0);
}

TEST_CASE("texts with fewer than three names are not judged by names",
          "[stories]") {
  WordBatch batch(8, 12);
  batch.Add(Terms(0, 3) + Terms(8, 3));
  batch.Add(Terms(0, 3) + Terms(8, 3));
  batch.Add(Terms(0, 2) + Terms(8, 3));
  batch.Add(Terms(0, 3), 30);
  const WordsOfKind names = batch.Words(kNames);
  CHECK(names.Judgement(0, 1) == 1);
  CHECK(names.Judgement(0, 2) == 0);
  CHECK(names.Judgement(0, 3) == 0);
}

TEST_CASE("events of one sort with other names are several stories",
          "[stories]") {
  WordBatch batch(20, 30);
  const auto words = Terms(20, 10);
  batch.Add(Terms(0, 4) + words);
  batch.Add(Terms(5, 4) + words);
  batch.Add(Terms(1, 4) + words);
  batch.Add(Terms(9, 4) + words);
  CHECK(batch.Split({}, kNames) == Labels{0, 1, 0, 3});
  CHECK(batch.Split({}, kPlainWords) == Labels{0, 0, 0, 0});
  batch.num_tokens = {20, 20, 20, 20};  // headlines are not judged
  CHECK(batch.Split({}, kNames) == Labels{0, 0, 0, 0});
}

TEST_CASE("means over a cluster are those over its pairs", "[stories][prop]") {
  Random random(5);
  WordBatch batch(30, 300);
  for (int i = 0; i < 25; ++i) {
    std::vector<uint32_t> terms;
    for (uint32_t t = 0; t < 300; ++t) {
      if (random.Below(6) == 0) terms.push_back(t);
    }
    batch.Add(terms, static_cast<uint32_t>(30 + random.Below(400)),
              random.Below(3) == 0 ? "de" : "en");
  }
  const WordsOfKind plain = batch.Words();
  const Labels nodes = {0, 2, 3, 7, 8, 9, 11, 12, 20, 24};
  double similarity = 0;
  double judgement = 0;
  for (size_t i = 0; i < nodes.size(); ++i) {
    for (size_t j = i + 1; j < nodes.size(); ++j) {
      similarity += plain.Similarity(nodes[i], nodes[j]) / 45;
      judgement += plain.Judgement(nodes[i], nodes[j]) / 45;
    }
  }
  CHECK(plain.MeansOf(nodes).similarity == Approx(similarity).margin(1e-6));
  CHECK(plain.MeansOf(nodes).judgement == Approx(judgement).margin(1e-6));
}

// Events with the same ten names: of ten plain words the articles of one event
// share five.
WordBatch Topic(const std::vector<uint32_t>& events, uint32_t tokens = 400) {
  const auto num_articles = static_cast<uint32_t>(events.size());
  WordBatch batch(10, 10 + 10 * num_articles + 10 * num_articles);
  for (uint32_t i = 0; i < num_articles; ++i) {
    batch.Add(Terms(0, 10) + Terms(10 + 10 * events[i], 5) +
                  Terms(10 + 10 * num_articles + 10 * i, 5),
              tokens);
  }
  return batch;
}

TEST_CASE("a cluster with only names in common is split into its stories",
          "[stories]") {
  CHECK(Topic({0, 1, 2, 3, 4}).Split() == Labels{0, 1, 2, 3, 4});
  // 2 of 21 pairs at .5: mean .048
  CHECK(Topic({0, 1, 0, 2, 3, 4, 2}).Split() == Labels{0, 1, 0, 3, 4, 5, 3});
}

TEST_CASE("a cluster with enough plain words in common stays", "[stories]") {
  CHECK(Topic({0, 0, 0}).Split() == Labels{0, 0, 0});
  // 2 of 6 pairs at .5: mean .167
  CHECK(Topic({0, 0, 1, 1}).Split() == Labels{0, 0, 0, 0});
  // 2 of 10: .1
  CHECK(Topic({0, 0, 1, 1, 2}).Split() == Labels{0, 0, 2, 2, 4});
}

TEST_CASE("a cluster of short texts is never a topic", "[stories]") {
  CHECK(Topic({0, 1, 2}, 61).Split() == Labels{0, 1, 2});
  CHECK(Topic({0, 1, 2}, 60).Split() == Labels{0, 0, 0});
}

TEST_CASE("only what was found together is checked together", "[stories]") {
  WordBatch batch = Topic({0, 1, 2, 0});
  const WordsOfKind plain = batch.Words();
  CHECK(SplitTopics(Labels{0, 1, 0, 1}, plain, {}) == Labels{0, 1, 2, 3});
  CHECK(SplitTopics(Labels{0, 1, 1, 0}, plain, {}) == Labels{0, 1, 2, 0});
  CHECK(SplitTopics({}, WordBatch(0, 0).Words(), {}).empty());
}

TEST_CASE("of a huge topic only pairs that are alike are compared",
          "[stories]") {
  std::vector<uint32_t> events(1'001);
  std::iota(events.begin(), events.end(), 0);
  events[1'000] = 3;
  events[7] = 5;
  WordBatch batch = Topic(events);
  Labels expected(1'001);
  std::iota(expected.begin(), expected.end(), 0);
  CHECK(batch.Split() == expected);  // no pair is known to be alike
  expected[1'000] = 3;
  CHECK(batch.Split({{3, 1'000, 0.9}, {4, 900, 0.9}}) == expected);
}

TEST_CASE("topics do not depend on the number of threads",
          "[stories][deterministic]") {
  Random random(9);
  std::vector<uint32_t> events;
  for (int i = 0; i < 300; ++i) {
    events.push_back(static_cast<uint32_t>(random.Below(40)));
  }
  Labels labels(300);
  for (uint32_t i = 0; i < 300; ++i) labels[i] = i % 7;
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    WordBatch batch = Topic(events);
    const WordsOfKind plain = batch.Words();
    return SplitTopics(labels, plain, {});
  };
  const Labels one = run(1);
  CHECK(one != labels);
  CHECK(one == run(4));
}

}  // namespace
}  // namespace storyfold
