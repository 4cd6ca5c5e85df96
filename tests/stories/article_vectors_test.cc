#include "stories/article_vectors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Articles with these vectors, none of them a copy.
DenseVectors Collect(const std::vector<std::vector<float>>& given,
                     Embedder* embedder = nullptr) {
  Corpus corpus;
  for (size_t i = 0; i < given.size(); ++i) corpus.Add({.text = "one two"});
  std::vector<Article> articles = corpus.articles();
  for (size_t i = 0; i < given.size(); ++i) articles[i].vector = given[i];
  std::vector<ArticleId> representative(given.size());
  std::iota(representative.begin(), representative.end(), 0);
  return CollectVectors(articles, {}, representative, embedder);
}

// Says of each text how many bytes it has.
class SizeEmbedder : public Embedder {
 public:
  SizeEmbedder() {
    info_.name = "size";
    info_.dimension = 2;
  }
  const EmbedderInfo& info() const override { return info_; }
  absl::Status Embed(std::span<const std::string> texts,
                     std::span<float> rows) override {
    for (size_t i = 0; i < texts.size(); ++i) {
      rows[2 * i] = 3 * static_cast<float>(texts[i].size());
      rows[2 * i + 1] = 4 * static_cast<float>(texts[i].size());
    }
    return absl::OkStatus();
  }

 private:
  EmbedderInfo info_;
};

TEST_CASE("vectors that articles bring are scaled to length 1",
          "[stories][vectors]") {
  const DenseVectors vectors = Collect({{3, 4}, {0, -2}});
  REQUIRE(vectors.dimension == 2);
  CHECK(vectors.source == "given");
  CHECK(vectors.problem.empty());
  CHECK(vectors.Row(0)[0] == Approx(0.6));
  CHECK(vectors.Row(0)[1] == Approx(0.8));
  CHECK(vectors.Row(1)[1] == Approx(-1));
}

TEST_CASE("a vector of another size than most is left out, wherever it stands",
          "[stories][vectors]") {
  std::vector<std::vector<float>> given = {{1, 2, 3}, {2, 1}, {4, 1}, {}};
  std::ranges::rotate(given, given.begin() + GENERATE(0, 1, 2, 3));
  const DenseVectors vectors = Collect(given);
  CHECK(vectors.dimension == 2);
  CHECK(std::ranges::count(vectors.known, 1) == 2);
  for (size_t i = 0; i < given.size(); ++i) {
    CHECK((vectors.known[i] != 0) == (given[i].size() == 2));
  }
  CHECK(vectors.problem.find("1 left out: that of article a") == 0);
  CHECK(vectors.problem.find("has 3 numbers, most have 2") !=
        std::string::npos);
}

TEST_CASE("of two sizes used alike the larger one stays",
          "[stories][vectors]") {
  CHECK(Collect({{1, 2}, {1, 2, 3}}).dimension == 3);
  CHECK(Collect({{1, 2, 3}, {1, 2}}).dimension == 3);
}

TEST_CASE("vectors without a direction are left out and counted",
          "[stories][vectors]") {
  const DenseVectors vectors =
      Collect({{1, 1}, {0, 0}, {kInfinity, 1}, {std::nanf(""), 1}});
  CHECK(vectors.known == std::vector<char>{1, 0, 0, 0});
  CHECK(vectors.problem == "3 left out: that of article a1 has no direction");
  CHECK(Collect({{0, 0}, {0, 0}}).empty());
}

TEST_CASE("an embedder is asked only where no article brings a vector",
          "[stories][vectors]") {
  SizeEmbedder embedder;
  CHECK(Collect({{1, 0}, {}}, &embedder).source == "given");
  const DenseVectors made = Collect({{}, {}}, &embedder);
  CHECK(made.source.starts_with("size"));
  CHECK(made.Row(1)[0] == Approx(0.6));
  CHECK(Collect({{}, {}}).empty());
  CHECK(Collect({}, &embedder).empty());
}

}  // namespace
}  // namespace storyfold
