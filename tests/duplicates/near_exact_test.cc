#include "duplicates/near_exact.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "catch.h"
#include "duplicates/clusters.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Numbers = std::vector<uint32_t>;

// Sketches of different texts; the order of their hashes is that of `hashes`.
std::vector<Sketch> WithHashes(const std::vector<uint64_t>& hashes) {
  std::vector<Sketch> sketches;
  for (const uint64_t hash : hashes) {
    Sketch sketch;
    sketch.text_hash = {hash, 0};
    sketch.num_words = 10;
    sketches.push_back(sketch);
  }
  return sketches;
}

NearExactGroups Group(const std::vector<uint64_t>& hashes,
                      const std::vector<VerifiedPair>& verified,
                      const Numbers& crowded = {}) {
  const std::vector<Sketch> sketches = WithHashes(hashes);
  return GroupNearExact(FoldEqualTexts(sketches), sketches, verified, crowded);
}

VerifiedPair Pair(uint32_t a, uint32_t b, double jaccard) {
  return {a, b, jaccard, 1};
}

TEST_CASE("near-exact texts are a group, numbered by its first text",
          "[duplicates]") {
  const NearExactGroups groups =
      Group({1, 2, 3, 4}, {Pair(0, 3, 0.8), Pair(1, 3, 0.9)});
  CHECK(groups.group_of_text == Numbers{0, 1, 2, 1});
  CHECK(groups.first_text == Numbers{0, 1, 2});
  CHECK(groups.size == Numbers{1, 2, 1});
}

TEST_CASE("a pair that was not compared counts as unlike", "[duplicates]") {
  const std::vector<VerifiedPair> star = {Pair(0, 1, 0.9), Pair(0, 2, 0.9)};
  CHECK(Group({1, 2, 3}, star).size.size() == 2);
}

TEST_CASE("crowded texts gather around the one with the least hash",
          "[duplicates]") {
  const std::vector<VerifiedPair> star = {Pair(0, 1, 0.9), Pair(0, 2, 0.86),
                                          Pair(0, 3, 0.84), Pair(0, 4, 0.9)};
  const NearExactGroups groups = Group({1, 2, 3, 4, 5}, star, {0, 1, 2, 3});
  // 3 is too far; 4 is not crowded, and alone with the leader near enough.
  CHECK(groups.group_of_text == Numbers{0, 0, 0, 1, 0});
  // The least hash leads, wherever it stands.
  const NearExactGroups other =
      Group({9, 1, 5}, {Pair(0, 1, 0.9), Pair(1, 2, 0.9)}, {0, 1, 2});
  CHECK(other.group_of_text == Numbers{0, 0, 0});
  CHECK(other.first_text == Numbers{0});
}

TEST_CASE(
    "hundreds of pages that differ in a word are one cluster, however "
    "small the buckets",
    "[duplicates]") {
  Random random(47);
  const std::string page = RandomText(random, 300, 5000);
  Corpus corpus;
  constexpr size_t kPages = 400;
  for (size_t i = 0; i < kPages; ++i) {
    corpus.Add({.text = page + " visitor" + std::to_string(i)});
  }
  corpus.Add({.text = RandomText(random, 300, 5000)});
  const auto& articles = corpus.articles();
  const DuplicateClusters clusters = ClusterDuplicates(
      articles, {}, SketchArticles(articles, {}), {.max_bucket = 20});
  CHECK(clusters.oversize_buckets > 0);
  const ArticleId page_of_all = clusters.representative[0];
  CHECK(std::ranges::count(clusters.representative, page_of_all) == kPages);
  CHECK(clusters.representative[kPages] == kPages);
}

}  // namespace
}  // namespace storyfold
