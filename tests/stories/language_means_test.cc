#include "stories/language_means.h"

#include <cmath>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

DenseVectors Vectors(size_t english, size_t german) {
  Random random(4);
  DenseVectors vectors;
  vectors.dimension = 3;
  for (size_t i = 0; i < english + german; ++i) {
    const bool is_english = i < english;
    vectors.languages.push_back(is_english ? "en" : "de");
    vectors.known.push_back(1);
    for (const float offset :
         {is_english ? 4.0f : 0.0f, is_english ? 0.0f : 4.0f, 1.0f}) {
      vectors.values.push_back(offset + static_cast<float>(random.Unit()));
    }
  }
  return vectors;
}

TEST_CASE("the vectors of each language lie around zero, of length 1",
          "[stories][means]") {
  DenseVectors vectors = Vectors(40, 30);
  SubtractLanguageMeans(vectors);
  for (size_t d = 0; d < 3; ++d) {
    double english = 0;
    for (size_t i = 0; i < 40; ++i) english += double{vectors.Row(i)[d]};
    CHECK(std::abs(english / 40) < 0.3);
  }
  for (size_t i = 0; i < 70; ++i) {
    CHECK(DotProduct(vectors.Row(i), vectors.Row(i)) == Approx(1).margin(1e-5));
  }
}

TEST_CASE("a lone vector of a language keeps what sets it apart",
          "[stories][means]") {
  DenseVectors vectors = Vectors(40, 1);
  SubtractLanguageMeans(vectors);
  CHECK(vectors.known[40] == 1);
  CHECK(DotProduct(vectors.Row(40), vectors.Row(40)) == Approx(1).margin(1e-5));
}

TEST_CASE("what is nothing but the mean has no vector", "[stories][means]") {
  DenseVectors vectors;
  vectors.dimension = 2;
  vectors.values = {0.6f, 0.8f};
  vectors.known = {1};
  vectors.languages = {"en"};
  SubtractLanguageMeans(vectors);
  CHECK(vectors.known[0] == 0);
}

}  // namespace
}  // namespace storyfold
