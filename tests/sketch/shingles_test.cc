#include "sketch/shingles.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/simd_levels.h"

namespace storyfold {
namespace {

using Hashes = std::vector<uint64_t>;

Hashes Shingles(const Hashes& words, size_t shingle_tokens,
                SimdLevel level = ActiveSimdLevel()) {
  Hashes buffer;
  const auto shingles = HashShingles(words, shingle_tokens, buffer, level);
  return {shingles.begin(), shingles.end()};
}

TEST_CASE("there is a shingle for every run of words", "[sketch]") {
  CHECK(Shingles({1, 2, 3, 4, 5}, 5).size() == 1);
  CHECK(Shingles({1, 2, 3, 4, 5, 6, 7}, 5).size() == 3);
  CHECK(Shingles({1, 2, 3, 4}, 1).size() == 4);
}

TEST_CASE("equal runs of words have equal shingles, wherever they stand",
          "[sketch]") {
  const Hashes a = Shingles({1, 2, 3, 4}, 3);
  const Hashes b = Shingles({9, 1, 2, 3, 9, 2, 3, 4}, 3);
  CHECK(a[0] == b[1]);
  CHECK(a[1] == b[5]);
  CHECK(Shingles({4, 4, 4, 4}, 3) == Hashes(2, Shingles({4, 4, 4}, 3)[0]));
}

TEST_CASE("the order of words matters", "[sketch]") {
  Hashes words = {10, 20, 30, 40, 50};
  std::set<uint64_t> seen;
  do {
    seen.insert(Shingles(words, 5)[0]);
  } while (std::ranges::next_permutation(words).found);
  CHECK(seen.size() == 120);
}

TEST_CASE("fewer words than a shingle are one shingle of all of them",
          "[sketch]") {
  CHECK(Shingles({1, 2}, 5).size() == 1);
  CHECK(Shingles({1, 2}, 5) == Shingles({1, 2}, 5));
  CHECK(Shingles({1, 2}, 5) != Shingles({1, 3}, 5));
  CHECK(Shingles({1, 2}, 5) != Shingles({2, 1}, 5));
  CHECK(Shingles({1, 2}, 5) != Shingles({1, 2, 3}, 5));
  CHECK(Shingles({1, 2}, 5) != Shingles({1}, 5));
}

TEST_CASE("no words make no shingle", "[sketch]") {
  CHECK(Shingles({}, 5).empty());
  CHECK(ShingleSet({}, 5).empty());
}

TEST_CASE("a buffer that is too large is used as it is", "[sketch]") {
  Hashes buffer(100, 42);
  const auto shingles = HashShingles(Hashes{1, 2, 3}, 3, buffer);
  CHECK(shingles.size() == 1);
  CHECK(shingles.data() == buffer.data());
  CHECK(buffer.size() == 100);
}

TEST_CASE("every level hashes shingles alike", "[sketch][deterministic]") {
  Random random(17);
  for (size_t size = 0; size < 70; ++size) {
    Hashes words(size);
    for (uint64_t& word : words) word = random.Next();
    for (const size_t tokens : {1, 2, 3, 5, 8}) {
      const Hashes plain = Shingles(words, tokens, SimdLevel::kScalar);
      for (const SimdLevel level : SimdLevels()) {
        CAPTURE(size, tokens, SimdLevelName(level));
        REQUIRE(Shingles(words, tokens, level) == plain);
      }
    }
  }
}

TEST_CASE("a shingle set is sorted and has nothing twice", "[sketch]") {
  const Hashes words = {5, 6, 5, 6, 5, 6, 7};
  const Hashes set = ShingleSet(words, 2);  // 5 6, 6 5, 6 7
  REQUIRE(set.size() == 3);
  CHECK(std::ranges::is_sorted(set));
  CHECK(std::ranges::adjacent_find(set) == set.end());
}

using Sample = std::vector<uint32_t>;

TEST_CASE("the size of an intersection", "[sketch]") {
  CHECK(IntersectionSize({}, {}) == 0);
  CHECK(IntersectionSize(Sample{1, 2}, {}) == 0);
  CHECK(IntersectionSize(Sample{1, 2, 5}, Sample{2, 3, 5, 9}) == 2);
  CHECK(IntersectionSize(Sample{1, 2, 5}, Sample{1, 2, 5}) == 3);
  CHECK(IntersectionSize(Sample{1, 3}, Sample{2, 4}) == 0);
  CHECK(IntersectionSize(Sample{0, ~uint32_t{0}}, Sample{~uint32_t{0}}) == 1);
}

TEST_CASE("intersections equal those of the standard library",
          "[sketch][prop]") {
  Random random(10);
  for (int round = 0; round < 500; ++round) {
    const uint64_t range = 1 + random.Below(200);
    std::set<uint32_t> sets[2];
    for (auto& set : sets) {
      for (uint64_t k = random.Below(100); k > 0; --k) {
        set.insert(static_cast<uint32_t>(random.Below(range)));
      }
    }
    Sample shared;
    std::ranges::set_intersection(sets[0], sets[1], std::back_inserter(shared));
    const Sample a(sets[0].begin(), sets[0].end());
    const Sample b(sets[1].begin(), sets[1].end());
    CAPTURE(round);
    REQUIRE(IntersectionSize(a, b) == shared.size());
    REQUIRE(IntersectionSize(b, a) == shared.size());
  }
}

}  // namespace
}  // namespace storyfold
