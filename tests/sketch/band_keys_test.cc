#include "sketch/band_keys.h"

#include <set>
#include <utility>

#include "catch.h"

namespace storyfold {
namespace {

Signature Counting() {
  Signature signature;
  for (uint32_t i = 0; i < signature.size(); ++i) signature[i] = i;
  return signature;
}

TEST_CASE("a band key depends on the values of its band alone", "[sketch]") {
  const Signature before = Counting();
  for (uint32_t value = 0; value < kSignatureSize; ++value) {
    Signature after = before;
    ++after[value];
    for (uint32_t band = 0; band < 32; ++band) {
      const bool same = BandKey(before, band, 4) == BandKey(after, band, 4);
      CAPTURE(value, band);
      REQUIRE(same == (value / 4 != band));
    }
  }
}

TEST_CASE("equal values in different bands have different keys", "[sketch]") {
  const Signature zero = {};
  std::set<uint64_t> keys;
  for (uint32_t band = 0; band < 128; ++band) {
    keys.insert(BandKey(zero, band, 1));
  }
  CHECK(keys.size() == 128);
}

TEST_CASE("the order of the values in a band counts", "[sketch]") {
  Signature swapped = Counting();
  std::swap(swapped[0], swapped[1]);
  CHECK(BandKey(swapped, 0, 4) != BandKey(Counting(), 0, 4));
}

// Keys stand in other people's tables: a change would part old from new.
TEST_CASE("band keys stay what they were", "[sketch]") {
  CHECK(BandKey(Counting(), 0, 4) == 0x9dbab9286d038a65u);
  CHECK(BandKey(Counting(), 31, 4) == 0x9a34a220133ca3a8u);
}

}  // namespace
}  // namespace storyfold
