#include "sketch/shingle_table.h"

#include <algorithm>
#include <set>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/growth.h"

namespace storyfold {
namespace {

using Hashes = std::vector<uint64_t>;

Hashes Distinct(Hashes shingles) {
  ShingleDeduper deduper;
  const auto kept = deduper.KeepFirst(shingles);
  return {kept.begin(), kept.end()};
}

TEST_CASE("the first of equal shingles is kept", "[sketch]") {
  CHECK(Distinct({}).empty());
  CHECK(Distinct({5}) == Hashes{5});
  CHECK(Distinct({5, 7, 5, 5, 9, 7}) == Hashes{5, 7, 9});
}

TEST_CASE("a shingle whose hash is zero is one as any other", "[sketch]") {
  CHECK(Distinct({0, 4, 0, 8, 0}).size() == 3);
}

TEST_CASE("distinct shingles equal a set's", "[sketch][prop]") {
  Random random(43);
  ShingleDeduper deduper;  // kept: what an earlier list left does not matter
  for (int round = 0; round < 200; ++round) {
    Hashes shingles(random.Below(600));
    const uint64_t range = 1 + random.Below(1000);
    for (uint64_t& s : shingles) s = 1 + random.Below(range) * 1024;
    const std::set<uint64_t> expected(shingles.begin(), shingles.end());
    const auto kept = deduper.KeepFirst(shingles);
    CAPTURE(round);
    REQUIRE(kept.size() == expected.size());
    REQUIRE(std::set<uint64_t>(kept.begin(), kept.end()) == expected);
  }
}

TEST_CASE("a table that holds nothing shares nothing", "[sketch]") {
  ShingleTable table;
  CHECK(table.CountShared({}) == 0);
  CHECK(table.CountShared(Hashes{1, 2, 3}) == 0);
  table.Assign({});
  CHECK(table.CountShared(Hashes{1, 2, 3}) == 0);
}

// Hashes that crowd into few buckets, so that some find them full.
Hashes Crowded(Random& random, size_t size) {
  std::set<uint64_t> set;
  while (set.size() < size) {
    const uint64_t tag = 1 + random.Below(1'000'000);
    set.insert(tag << 32 | random.Below(4));
  }
  return {set.begin(), set.end()};
}

TEST_CASE("a shingle is told from one with half of its bits", "[sketch]") {
  constexpr uint64_t kShingle = 0x1F343E54862C7809;
  ShingleTable table;
  table.Assign(Hashes{kShingle});
  CHECK(table.Contains(kShingle));
  size_t contained = 0;
  for (uint64_t half = 0; half < 32; ++half) {
    contained += table.Contains(kShingle ^ uint64_t{1} << half);
    contained += table.Contains(kShingle ^ uint64_t{1} << (32 + half));
    // The low bits say which bucket.
    contained += table.Contains(kShingle ^ half << 8);
  }
  CHECK(contained == 1);  // the shingle itself
}

TEST_CASE("shared shingles are counted, in full buckets too",
          "[sketch][prop]") {
  Random random(44);
  ShingleTable table;
  for (int round = 0; round < 100; ++round) {
    const Hashes all = Crowded(random, 300);
    const size_t size_a = random.Below(200);
    const size_t begin_b = random.Below(200);
    const Hashes a(all.begin(), all.begin() + static_cast<ptrdiff_t>(size_a));
    const Hashes b(all.begin() + static_cast<ptrdiff_t>(begin_b), all.end());
    table.Assign(a);
    CAPTURE(size_a, begin_b);
    REQUIRE(table.CountShared(b) == (size_a > begin_b ? size_a - begin_b : 0));
  }
}

// Of two texts of 8 million words the hashes that found no slot took 10 s.
TEST_CASE("the time to count grows with the hashes, in full buckets too",
          "[sketch][slow]") {
  const auto work = [](size_t size) {
    Hashes shingles;
    for (uint64_t k = 1; k <= size; ++k) shingles.push_back(k << 32);
    return [shingles] {
      ShingleTable table;
      table.Assign(shingles);
      REQUIRE(table.CountShared(shingles) == shingles.size());
    };
  };
  CHECK(CpuGrowth(work, 20'000, 320'000) < 100);  // 16 times the hashes
}

}  // namespace
}  // namespace storyfold
