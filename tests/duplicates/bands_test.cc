#include "duplicates/bands.h"

#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "duplicates/distinct_texts.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

Signature RandomSignature(Random& random) {
  Signature signature;
  for (uint32_t& value : signature)
    value = static_cast<uint32_t>(random.Next());
  return signature;
}

// Sketches of different texts with the given signatures.
std::vector<Sketch> WithSignatures(const std::vector<Signature>& signatures) {
  std::vector<Sketch> sketches;
  for (const Signature& signature : signatures) {
    Sketch sketch;
    sketch.text_hash = {sketches.size() + 1, 7};
    sketch.num_words = 100;
    sketch.signature = signature;
    sketches.push_back(sketch);
  }
  return sketches;
}

Candidates FindByBands(const std::vector<Signature>& signatures,
                       const DuplicateOptions& options = {}) {
  const std::vector<Sketch> sketches = WithSignatures(signatures);
  return FindBandCandidates(FoldEqualTexts(sketches), sketches, options);
}

Sketch OfText(uint64_t text, uint32_t num_words = 10) {
  Sketch sketch;
  sketch.text_hash = {text, text};
  sketch.num_words = num_words;
  return sketch;
}

TEST_CASE("equal texts are folded, in the order of their first article",
          "[duplicates]") {
  const std::vector<Sketch> sketches = {OfText(9), OfText(3),   OfText(0, 0),
                                        OfText(9), OfText(1),   OfText(3),
                                        OfText(9), OfText(0, 0)};
  const DistinctTexts texts = FoldEqualTexts(sketches);
  REQUIRE(texts.size() == 3);
  CHECK(texts.articles.values == std::vector<ArticleId>{0, 3, 6, 1, 5, 4});
  CHECK(texts.articles.offsets == std::vector<size_t>{0, 3, 5, 6});
  CHECK(texts.First(1) == 1);
  CHECK(EqualTexts(sketches) == std::vector<ArticleId>{0, 1, 2, 0, 4, 1, 0, 7});
}

TEST_CASE("no texts, no candidates", "[duplicates]") {
  CHECK(FoldEqualTexts({}).size() == 0);
  CHECK(FindByBands({}).pairs.empty());
}

TEST_CASE("texts with equal signatures are one candidate", "[duplicates]") {
  Random random(20);
  const Signature a = RandomSignature(random);
  const Signature b = RandomSignature(random);
  const Candidates found = FindByBands({a, b, a, b, a});
  CHECK(found.pairs == std::vector<Candidate>{{0, 2}, {0, 4}, {1, 3}, {2, 4}});
  CHECK(found.oversize_buckets == 0);
}

TEST_CASE("one band that agrees in all rows makes a candidate",
          "[duplicates]") {
  Random random(21);
  for (size_t band = 0; band < 48; ++band) {
    const Signature a = RandomSignature(random);
    Signature b = RandomSignature(random);
    for (size_t r = 0; r < 4; ++r) {
      const size_t value = band < 32 ? band * 4 + r : band - 32 + 32 * r;
      b[value] = a[value];
    }
    CAPTURE(band);
    CHECK(FindByBands({a, b}).pairs == std::vector<Candidate>{{0, 1}});
    if (band >= 32) CHECK(FindByBands({a, b}, {.bands = 32}).pairs.empty());
  }
}

TEST_CASE("bands that agree in all rows but one make no candidate",
          "[duplicates]") {
  Random random(22);
  const Signature a = RandomSignature(random);
  Signature b = a;
  // One value of each band of neighbours, one of each band from afar.
  for (size_t band = 0; band < 32; ++band) ++b[band * 4 + band / 8];
  for (size_t band = 0; band < 32; ++band) ++b[band + 32 * (band % 4)];
  CHECK(FindByBands({a, b}, {.bands = 64}).pairs.empty());
}

TEST_CASE("values are compared with those of the same band only",
          "[duplicates]") {
  Signature a;
  Signature b;
  for (uint32_t i = 0; i < a.size(); ++i) {
    a[i] = i;
    b[i] = (i + 4) % 128;
  }
  CHECK(FindByBands({a, b}).pairs.empty());
}

TEST_CASE("bands and rows are those of the options", "[duplicates]") {
  Random random(23);
  const Signature a = RandomSignature(random);
  Signature b = a;
  ++b[127];
  CHECK(FindByBands({a, b}, {.bands = 1, .rows = 128}).pairs.empty());
  CHECK(FindByBands({a, b}, {.bands = 1, .rows = 127}).pairs.size() == 1);
  b = RandomSignature(random);
  b[100] = a[100];
  CHECK(FindByBands({a, b}, {.bands = 100, .rows = 1}).pairs.empty());
  CHECK(FindByBands({a, b}, {.bands = 101, .rows = 1}).pairs.size() == 1);
}

TEST_CASE("candidates are found with the probability of the header",
          "[duplicates][prop]") {
  struct Expected {
    double similarity;
    double probability;  // 1 - (1 - J^4)^48
  };
  Random random(24);
  for (const auto [similarity, probability] : {Expected{0.2, 0.074},
                                               {0.4, 0.713},
                                               {0.5, 0.955},
                                               {0.6, 0.9987},
                                               {0.7, 1.0}}) {
    std::vector<Signature> signatures;
    for (int pair = 0; pair < 2000; ++pair) {
      const Signature a = RandomSignature(random);
      Signature b = RandomSignature(random);
      for (size_t i = 0; i < a.size(); ++i) {
        if (random.Unit() < similarity) b[i] = a[i];
      }
      signatures.push_back(a);
      signatures.push_back(b);
    }
    const Candidates found = FindByBands(signatures);
    for (const Candidate& pair : found.pairs) {
      REQUIRE((pair.a % 2 == 0 && pair.b == pair.a + 1));
    }
    CAPTURE(similarity);
    CHECK(static_cast<double>(found.pairs.size()) / 2000 ==
          Approx(probability).margin(0.03));
  }
}

TEST_CASE("a bucket beyond max_bucket is counted and costs linear room",
          "[duplicates]") {
  Random random(25);
  const std::vector<Signature> equal(50, RandomSignature(random));
  const Candidates whole = FindByBands(equal, {.max_bucket = 50});
  CHECK(whole.pairs.size() == 50 * 49 / 2);
  CHECK(whole.oversize_buckets == 0);

  // The first with all, each of the others with the next four.
  const Candidates chained = FindByBands(equal, {.max_bucket = 49});
  CHECK(chained.pairs.size() == 49 + 45 * 4 + 3 + 2 + 1);
  CHECK(chained.pairs[48] == Candidate{0, 49});
  CHECK(chained.pairs[49] == Candidate{1, 2});
  CHECK(chained.oversize_buckets == 48);  // one a band
}

TEST_CASE("candidates are equal at 1 and 4 threads",
          "[duplicates][deterministic]") {
  Random random(26);
  std::vector<Signature> signatures;
  for (int text = 0; text < 3000; ++text) {
    Signature signature;
    for (uint32_t& value : signature) {
      value = static_cast<uint32_t>(random.Below(6));
    }
    signatures.push_back(signature);
  }
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return FindByBands(signatures, {.max_bucket = 6});
  };
  const Candidates found = run(1);
  const Candidates again = run(4);
  CHECK(found.oversize_buckets > 0);
  CHECK(again.oversize_buckets == found.oversize_buckets);
  CHECK(again.pairs == found.pairs);
}

}  // namespace
}  // namespace storyfold
