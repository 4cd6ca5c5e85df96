#include "embedding/builtin_embedder.h"

#include <cmath>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

std::vector<std::vector<float>> Embedded(
    const std::vector<std::string>& texts) {
  const auto embedder = MakeBuiltinEmbedder();
  const size_t dimension = embedder->info().dimension;
  std::vector<float> rows(texts.size() * dimension);
  REQUIRE(embedder->Embed(texts, rows).ok());
  std::vector<std::vector<float>> vectors;
  for (size_t i = 0; i < texts.size(); ++i) {
    const auto row = rows.begin() + static_cast<ptrdiff_t>(i * dimension);
    vectors.emplace_back(row, row + static_cast<ptrdiff_t>(dimension));
  }
  return vectors;
}

double CosineOf(const std::vector<float>& a, const std::vector<float>& b) {
  double product = 0;
  double squares_a = 0;
  double squares_b = 0;
  for (size_t k = 0; k < a.size(); ++k) {
    product += double{a[k]} * b[k];
    squares_a += double{a[k]} * a[k];
    squares_b += double{b[k]} * b[k];
  }
  return product / std::sqrt(squares_a * squares_b);
}

TEST_CASE("the built-in vectors are alike as far as the words are",
          "[embedding][prop]") {
  // 100 words each, of which 0, 50 or all 100 are shared: the cosine of the
  // word counts is the share. 256 places are off by a tenth or so.
  const auto vectors = Embedded({Numbered(0, 100), Numbered(100, 100),
                                 Numbered(50, 100), "w7 " + Numbered(0, 100)});
  CHECK(CosineOf(vectors[0], vectors[1]) == Approx(0).margin(0.25));
  CHECK(CosineOf(vectors[0], vectors[2]) == Approx(0.5).margin(0.25));
  CHECK(CosineOf(vectors[0], vectors[3]) > 0.95);
}

TEST_CASE("a text without words has the built-in vector zero", "[embedding]") {
  const auto vectors = Embedded({"", "?!", "storm"});
  for (const float value : vectors[0]) CHECK(value == 0);
  CHECK(vectors[0] == vectors[1]);
  CHECK(vectors[0] != vectors[2]);
}

TEST_CASE("built-in vectors do not depend on the number of threads",
          "[embedding][deterministic]") {
  std::vector<std::string> texts;
  for (size_t i = 0; i < 50; ++i) texts.push_back(Numbered(i, 20));
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return Embedded(texts);
  };
  CHECK(run(1) == run(4));
}

}  // namespace
}  // namespace storyfold
