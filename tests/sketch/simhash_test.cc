#include "sketch/simhash.h"

#include <algorithm>
#include <array>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// Counts each of the 64 bits by itself.
uint64_t CountedSimHash(const std::vector<uint64_t>& shingles) {
  std::array<size_t, 64> ones = {};
  for (const uint64_t shingle : shingles) {
    for (size_t b = 0; b < 64; ++b) ones[b] += (shingle >> b) & 1;
  }
  uint64_t fingerprint = 0;
  for (size_t b = 0; b < 64; ++b) {
    if (2 * ones[b] > shingles.size()) fingerprint |= uint64_t{1} << b;
  }
  return fingerprint;
}

std::vector<uint64_t> RandomShingles(Random& random, size_t size) {
  std::vector<uint64_t> shingles(size);
  for (uint64_t& shingle : shingles) shingle = random.Next();
  return shingles;
}

TEST_CASE("a bit of the fingerprint is what most shingles have",
          "[sketch][simhash]") {
  CHECK(ComputeSimHash(std::vector<uint64_t>{0b1100, 0b1010, 0b1001}) ==
        0b1000);
  // Half is not most.
  CHECK(ComputeSimHash(std::vector<uint64_t>{0b11, 0b01}) == 0b01);
  CHECK(ComputeSimHash(std::vector<uint64_t>{42}) == 42);
}

TEST_CASE("the fingerprint of no shingles is zero", "[sketch][simhash]") {
  CHECK(ComputeSimHash({}) == 0);
}

TEST_CASE("a repeated shingle counts again", "[sketch][simhash]") {
  CHECK(ComputeSimHash(std::vector<uint64_t>{1, 6, 6}) == 6);
  CHECK(ComputeSimHash(std::vector<uint64_t>{1, 1, 1, 6, 6}) == 1);
}

TEST_CASE("fingerprints are those of 64 counters", "[sketch][simhash][prop]") {
  Random random(50);
  for (size_t size = 0; size < 300; ++size) {
    const std::vector<uint64_t> shingles = RandomShingles(random, size);
    CAPTURE(size);
    REQUIRE(ComputeSimHash(shingles) == CountedSimHash(shingles));
  }
  for (const size_t size : {4'095u, 4'096u, 4'097u, 65'536u, 100'003u}) {
    const std::vector<uint64_t> shingles = RandomShingles(random, size);
    CAPTURE(size);
    CHECK(ComputeSimHash(shingles) == CountedSimHash(shingles));
  }
}

TEST_CASE("fingerprints of one-sided and repeated shingles are right too",
          "[sketch][simhash][prop]") {
  Random random(51);
  for (const size_t size :
       {1u, 15u, 16u, 17u, 255u, 256u, 257u, 1'000u, 70'000u}) {
    CAPTURE(size);
    CHECK(ComputeSimHash(std::vector<uint64_t>(size, ~uint64_t{0})) ==
          ~uint64_t{0});
    CHECK(ComputeSimHash(std::vector<uint64_t>(size, 0)) == 0);
    // Few different shingles, so that many counters meet the half exactly.
    const std::vector<uint64_t> few = RandomShingles(random, 3);
    std::vector<uint64_t> shingles(size);
    for (uint64_t& shingle : shingles) shingle = few[random.Below(3)];
    CHECK(ComputeSimHash(shingles) == CountedSimHash(shingles));
  }
}

TEST_CASE("the order of shingles does not change a fingerprint",
          "[sketch][simhash][prop]") {
  Random random(52);
  std::vector<uint64_t> shingles = RandomShingles(random, 777);
  const uint64_t fingerprint = ComputeSimHash(shingles);
  std::ranges::reverse(shingles);
  CHECK(ComputeSimHash(shingles) == fingerprint);
  std::ranges::sort(shingles);
  CHECK(ComputeSimHash(shingles) == fingerprint);
}

TEST_CASE("a fingerprint stays near when few shingles change",
          "[sketch][simhash][prop]") {
  Random random(53);
  uint64_t changed_by_5_percent = 0;
  uint64_t changed_wholly = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<uint64_t> shingles = RandomShingles(random, 300);
    const uint64_t before = ComputeSimHash(shingles);
    for (size_t i = 0; i < 15; ++i) shingles[i] = random.Next();
    changed_by_5_percent += HammingDistance(before, ComputeSimHash(shingles));
    changed_wholly +=
        HammingDistance(before, ComputeSimHash(RandomShingles(random, 300)));
  }
  // A bit turns with probability acos(.95) / pi = .101: 6.5 bits.
  CHECK(static_cast<double>(changed_by_5_percent) / 500 ==
        Approx(6.5).margin(0.5));
  CHECK(static_cast<double>(changed_wholly) / 500 == Approx(32).margin(1));
}

TEST_CASE("the Hamming distance counts the bits that differ",
          "[sketch][simhash]") {
  CHECK(HammingDistance(0, 0) == 0);
  CHECK(HammingDistance(0b1011, 0b0110) == 3);
  CHECK(HammingDistance(0, ~uint64_t{0}) == 64);
}

}  // namespace
}  // namespace storyfold
