#include "duplicates/simhash_pairs.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/growth.h"

namespace storyfold {
namespace {

using Fingerprints = std::vector<uint64_t>;
using Pairs = std::vector<SimHashPair>;

constexpr uint32_t kNoLimit = 1'000'000;

Pairs AllPairs(const Fingerprints& fingerprints, uint32_t max_distance) {
  Pairs pairs;
  for (uint32_t a = 0; a < fingerprints.size(); ++a) {
    for (uint32_t b = a + 1; b < fingerprints.size(); ++b) {
      const auto distance = static_cast<uint32_t>(
          std::popcount(fingerprints[a] ^ fingerprints[b]));
      if (distance <= max_distance) pairs.push_back({a, b, distance});
    }
  }
  return pairs;
}

// Checks every distance; returns the number of pairs at the largest.
size_t CheckAgainstAllPairs(const Fingerprints& fingerprints) {
  size_t num_pairs = 0;
  for (uint32_t distance = 0; distance <= kMostSimHashDistance; ++distance) {
    const Pairs all = AllPairs(fingerprints, distance);
    const SimHashPairs found =
        FindSimHashPairs(fingerprints, distance, kNoLimit);
    CAPTURE(distance, all.size(), found.pairs.size());
    CHECK(found.oversize_buckets == 0);
    const bool equal = found.pairs == all;
    REQUIRE(equal);
    num_pairs = all.size();
  }
  return num_pairs;
}

uint64_t Flip(Random& random, uint64_t fingerprint, uint64_t num_bits) {
  for (uint64_t i = 0; i < num_bits; ++i) {
    fingerprint ^= uint64_t{1} << random.Below(64);
  }
  return fingerprint;
}

void Shuffle(Random& random, Fingerprints& fingerprints) {
  for (size_t i = fingerprints.size(); i > 1; --i) {
    std::swap(fingerprints[i - 1], fingerprints[random.Below(i)]);
  }
}

// `size` fingerprints around each of `centres` random ones, with up to `flips`
// bits turned.
Fingerprints Clusters(Random& random, size_t centres, size_t size,
                      uint64_t flips) {
  Fingerprints fingerprints;
  for (size_t c = 0; c < centres; ++c) {
    const uint64_t centre = random.Next();
    for (size_t i = 0; i < size; ++i) {
      fingerprints.push_back(Flip(random, centre, random.Below(flips + 1)));
    }
  }
  Shuffle(random, fingerprints);
  return fingerprints;
}

TEST_CASE("fingerprints at the distance are a pair, beyond it none",
          "[duplicates][simhash]") {
  const Fingerprints fingerprints = {0b0000, 0b0111, ~uint64_t{0}, 0b1111};
  CHECK(FindSimHashPairs(fingerprints, 3, 1000).pairs ==
        Pairs{{0, 1, 3}, {1, 3, 1}});
  CHECK(FindSimHashPairs(fingerprints, 4, 1000).pairs ==
        Pairs{{0, 1, 3}, {0, 3, 4}, {1, 3, 1}});
  CHECK(FindSimHashPairs(fingerprints, 0, 1000).pairs.empty());
}

TEST_CASE("no fingerprint and one fingerprint make no pair",
          "[duplicates][simhash]") {
  for (uint32_t distance = 0; distance <= kMostSimHashDistance; ++distance) {
    CHECK(FindSimHashPairs({}, distance, 1000).pairs.empty());
    CHECK(FindSimHashPairs(Fingerprints{7}, distance, 1000).pairs.empty());
  }
}

TEST_CASE("every two equal fingerprints are a pair at distance 0",
          "[duplicates][simhash]") {
  CHECK(FindSimHashPairs(Fingerprints{9, 5, 9, 9, 5}, 0, 1000).pairs ==
        Pairs{{0, 2, 0}, {0, 3, 0}, {1, 4, 0}, {2, 3, 0}});
}

TEST_CASE("random fingerprints give the pairs of brute force",
          "[duplicates][simhash][prop]") {
  Random random(60);
  for (const int size : {2, 3, 10, 50, 300, 3'000}) {
    Fingerprints fingerprints(static_cast<size_t>(size));
    for (uint64_t& fingerprint : fingerprints) fingerprint = random.Next();
    CAPTURE(size);
    CheckAgainstAllPairs(fingerprints);
  }
}

TEST_CASE("clusters of near fingerprints give the pairs of brute force",
          "[duplicates][simhash][prop]") {
  Random random(61);
  // Many small ones, some large ones, one that holds all.
  CHECK(CheckAgainstAllPairs(Clusters(random, 1'000, 4, 5)) > 3'000);
  CHECK(CheckAgainstAllPairs(Clusters(random, 10, 400, 9)) > 10'000);
  CHECK(CheckAgainstAllPairs(Clusters(random, 1, 4'000, 12)) > 10'000);
}

TEST_CASE("fingerprints that vary in few bits give the pairs of brute force",
          "[duplicates][simhash][prop]") {
  Random random(62);
  for (const uint64_t varying :
       {uint64_t{0xff}, uint64_t{0xfff} << 52, uint64_t{0x8000100020004001},
        uint64_t{0xffff0000ffff0000}}) {
    Fingerprints fingerprints(1'500);
    for (uint64_t& fingerprint : fingerprints) {
      fingerprint = (random.Next() & varying) | 0x0000800000000000;
    }
    CAPTURE(varying);
    CheckAgainstAllPairs(fingerprints);
    // One that stands apart makes all bits vary.
    fingerprints.push_back(~fingerprints[0]);
    CheckAgainstAllPairs(fingerprints);
  }
}

TEST_CASE("skewed fingerprints give the pairs of brute force",
          "[duplicates][simhash][prop]") {
  Random random(63);
  // Each bit is set in a share of its own, from never to always.
  Fingerprints fingerprints(3'000);
  for (uint64_t& fingerprint : fingerprints) {
    for (uint64_t b = 0; b < 64; ++b) {
      fingerprint |= uint64_t{random.Below(64) < b} << b;
    }
  }
  CheckAgainstAllPairs(fingerprints);
  // Half of them random, half in one cluster, with repeats.
  fingerprints = Clusters(random, 1, 1'500, 4);
  for (int i = 0; i < 1'500; ++i) fingerprints.push_back(random.Next());
  Shuffle(random, fingerprints);
  CHECK(CheckAgainstAllPairs(fingerprints) > 100'000);
}

TEST_CASE("a group of equal fingerprints beyond max_bucket is chained",
          "[duplicates][simhash]") {
  const Fingerprints equal(40, 77);
  const SimHashPairs whole = FindSimHashPairs(equal, 3, 40);
  CHECK(whole.pairs.size() == 40 * 39 / 2);
  CHECK(whole.oversize_buckets == 0);

  const SimHashPairs chained = FindSimHashPairs(equal, 3, 39);
  REQUIRE(chained.pairs.size() == 39);
  for (ArticleId i = 0; i < 39; ++i) {
    CHECK(chained.pairs[i] == SimHashPair{i, i + 1, 0});
  }
  CHECK(chained.oversize_buckets == 1);
}

TEST_CASE("two large groups of near fingerprints cost linear room",
          "[duplicates][simhash]") {
  Fingerprints fingerprints(30, 0b0001);
  fingerprints.insert(fingerprints.end(), 30, 0b1111);
  // Both groups chained, and 30 + 29 pairs between them.
  const SimHashPairs found = FindSimHashPairs(fingerprints, 3, 20);
  CHECK(found.pairs.size() == 29 + 29 + 59);
  CHECK(found.oversize_buckets == 3);
  CHECK(std::ranges::count(found.pairs, 3u, &SimHashPair::distance) == 59);
}

TEST_CASE("equal fingerprints cost linear time", "[duplicates][simhash]") {
  const auto work = [](size_t size) {
    Random random(64);
    Fingerprints fingerprints(size);
    // One large group among as many others.
    for (size_t i = 0; i < size; i += 2) fingerprints[i] = random.Next();
    return [fingerprints] {
      REQUIRE(FindSimHashPairs(fingerprints, 3, 1000).oversize_buckets == 1);
    };
  };
  CHECK(CpuGrowth(work, 20'000, 200'000) < 40);
}

// The numbers with at most three of `num_bits` bits set: all within 6 of each
// other.
Fingerprints Ball(int num_bits) {
  Fingerprints ball = {0};
  for (int a = 0; a < num_bits; ++a) {
    for (int b = 0; b <= a; ++b) {
      for (int c = 0; c <= b; ++c) {
        ball.push_back(uint64_t{1} << a | uint64_t{1} << b | uint64_t{1} << c);
      }
    }
  }
  std::ranges::sort(ball);
  ball.erase(std::unique(ball.begin(), ball.end()), ball.end());
  return ball;
}

TEST_CASE("fingerprints that are all alike are bounded and counted",
          "[duplicates][simhash]") {
  const Fingerprints ball = Ball(48);
  const size_t size = ball.size();
  REQUIRE(size == 1 + 48 + 48 * 47 / 2 + 48 * 47 * 46 / 6);
  const SimHashPairs found = FindSimHashPairs(ball, 6, 1000);
  CHECK(found.oversize_buckets > 0);
  CHECK(found.pairs.size() >= size - 1);
  CHECK(found.pairs.size() <= size * 4'004);
  // All that is printed is true, once.
  bool true_pairs = true;
  for (const SimHashPair& pair : found.pairs) {
    const int distance = std::popcount(ball[pair.a] ^ ball[pair.b]);
    true_pairs &= pair.distance == static_cast<uint32_t>(distance);
    true_pairs &= distance <= 6 && pair.a < pair.b;
  }
  CHECK(true_pairs);
  CHECK(std::ranges::adjacent_find(found.pairs) == found.pairs.end());
  // At a distance of 2 the same fingerprints have few pairs: all are found.
  const SimHashPairs near = FindSimHashPairs(ball, 2, 1000);
  CHECK(near.oversize_buckets == 0);
  // Of 3 bits set: 48 * 47 * 46 / 6 with 3 * 45 at distance 2; of 2 bits ...
  const size_t ones = 48;
  const size_t twos = 48 * 47 / 2;
  const size_t threes = 48 * 47 * 46 / 6;
  CHECK(near.pairs.size() == ones + ones * 47 / 2         // with 0, among 1
                                 + twos + twos * 2        // 2 with 0, with 1
                                 + twos * 2 * 46 / 2      // among 2
                                 + ones * (47 * 46 / 2)   // 3 with 1
                                 + threes * 3             // 3 with 2
                                 + threes * 3 * 45 / 2);  // among 3
}

TEST_CASE("pairs of fingerprints are equal at 1 and 4 threads",
          "[duplicates][simhash][deterministic]") {
  Random random(65);
  Fingerprints fingerprints = Clusters(random, 300, 20, 6);
  fingerprints.insert(fingerprints.end(), 50, fingerprints[0]);
  const Fingerprints ball = Ball(30);
  const auto run = [&](const Fingerprints& of, size_t threads) {
    const ThreadLimit limit(threads);
    return FindSimHashPairs(of, 6, 10);
  };
  for (const Fingerprints& of : {fingerprints, ball}) {
    const SimHashPairs found = run(of, 1);
    const SimHashPairs again = run(of, 4);
    CHECK(again.oversize_buckets == found.oversize_buckets);
    const bool equal = again.pairs == found.pairs;
    CHECK(equal);
  }
}

}  // namespace
}  // namespace storyfold
