#include "sketch/signature.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/simd_levels.h"

namespace storyfold {
namespace {

std::vector<uint64_t> RandomSet(Random& random, size_t size) {
  std::vector<uint64_t> set(size);
  for (uint64_t& shingle : set) shingle = random.Next();
  return set;
}

struct EstimateError {
  double mean = 0;
  double root_mean_square = 0;
};

// Estimates the similarity of `rounds` random pairs of sets of `size`
// shingles, of which `shared` are in both.
EstimateError MeasureError(size_t size, size_t shared, int rounds) {
  const double exact =
      static_cast<double>(shared) / static_cast<double>(2 * size - shared);
  Random random(size * 1000 + shared);
  double sum = 0;
  double squares = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::vector<uint64_t> a = RandomSet(random, size);
    std::vector<uint64_t> b = RandomSet(random, size);
    std::copy_n(a.begin(), shared, b.begin());
    const double error =
        EstimateJaccard(ComputeSignature(a), ComputeSignature(b)) - exact;
    sum += error;
    squares += error * error;
  }
  return {sum / rounds, std::sqrt(squares / rounds)};
}

TEST_CASE("agreement estimates Jaccard similarity within the stated error",
          "[sketch][prop]") {
  // Of 300 shingles each: J = shared / (600 - shared) = .1 .3 .5 .7 .9.
  for (const size_t shared : {55, 138, 200, 247, 284}) {
    const EstimateError error = MeasureError(300, shared, 2000);
    CAPTURE(shared);
    CHECK(error.root_mean_square <= 0.05);
    CHECK(std::abs(error.mean) <= 0.01);
  }
}

TEST_CASE("the estimate of short texts is unbiased", "[sketch][prop]") {
  // Of 20 shingles each: J = .11 .33 .54 .74 .90.
  for (const size_t shared : {4, 10, 14, 17, 19}) {
    const EstimateError error = MeasureError(20, shared, 2000);
    CAPTURE(shared);
    CHECK(std::abs(error.mean) <= 0.02);
  }
}

TEST_CASE("sets without a common shingle agree nowhere", "[sketch][prop]") {
  for (const size_t size : {1, 5, 40, 300, 3000}) {
    const EstimateError error = MeasureError(size, 0, 200);
    CAPTURE(size);
    CHECK(error.root_mean_square <= 0.001);
  }
}

TEST_CASE("equal sets agree everywhere", "[sketch]") {
  for (const size_t size : {1, 2, 20, 128, 1000}) {
    CAPTURE(size);
    CHECK(MeasureError(size, size, 20).root_mean_square == 0);
  }
}

TEST_CASE("order and repeats of shingles do not change a signature",
          "[sketch][prop]") {
  Random random(11);
  for (const size_t size : {1, 3, 30, 400}) {
    std::vector<uint64_t> shingles = RandomSet(random, size);
    const Signature signature = ComputeSignature(shingles);
    std::ranges::reverse(shingles);
    CAPTURE(size);
    CHECK(ComputeSignature(shingles) == signature);
    std::ranges::sort(shingles);
    CHECK(ComputeSignature(shingles) == signature);
    shingles.insert(shingles.end(), shingles.begin(), shingles.end());
    shingles.push_back(shingles[0]);
    CHECK(ComputeSignature(shingles) == signature);
  }
}

TEST_CASE("the signature of no shingles is zero", "[sketch]") {
  CHECK(ComputeSignature({}) == Signature{});
}

TEST_CASE("every level finds the same equal values",
          "[sketch][deterministic]") {
  Random random(18);
  for (int round = 0; round < 100; ++round) {
    Signature a;
    Signature b;
    for (size_t i = 0; i < a.size(); ++i) {
      a[i] = static_cast<uint32_t>(random.Below(4));
      b[i] = static_cast<uint32_t>(random.Below(4));
    }
    SignatureMatch expected{};
    for (size_t i = 0; i < a.size(); ++i) {
      if (a[i] == b[i]) expected[i / 64] |= uint64_t{1} << (i % 64);
    }
    for (const SimdLevel level : SimdLevels()) {
      CAPTURE(SimdLevelName(level));
      REQUIRE(MatchSignatures(a, b, level) == expected);
    }
  }
}

TEST_CASE("a shingle that looks like an empty bin is no reason to wait",
          "[sketch]") {
  const std::vector<uint64_t> shingles = {~uint64_t{0}};
  const Signature signature = ComputeSignature(shingles);
  CHECK(std::ranges::count(signature, signature[0]) == 128);
}

TEST_CASE("the estimate is the share of equal values", "[sketch]") {
  Signature a{};
  Signature b{};
  CHECK(EstimateJaccard(a, b) == 1.0);
  for (size_t i = 0; i < 32; ++i) b[i] = 7;
  CHECK(EstimateJaccard(a, b) == 0.75);
  b.fill(9);
  CHECK(EstimateJaccard(a, b) == 0.0);
}

}  // namespace
}  // namespace storyfold
