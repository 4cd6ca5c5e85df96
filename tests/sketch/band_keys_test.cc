#include "sketch/band_keys.h"

#include <numeric>
#include <set>

#include "catch.h"

namespace storyfold {
namespace {

Signature Counting() {
  Signature signature;
  std::iota(signature.begin(), signature.end(), 1000);
  return signature;
}

// Returns the values a band's key depends on.
std::set<size_t> ValuesOf(const BandLayout& layout, uint32_t band) {
  const Signature whole = Counting();
  std::set<size_t> values;
  for (size_t i = 0; i < whole.size(); ++i) {
    Signature other = whole;
    ++other[i];
    if (layout.Key(other, band) != layout.Key(whole, band)) values.insert(i);
  }
  return values;
}

TEST_CASE("the first bands have neighbours, the others values from afar",
          "[sketch]") {
  const BandLayout layout(4);
  CHECK(layout.MostBands() == 64);
  CHECK(ValuesOf(layout, 0) == std::set<size_t>{0, 1, 2, 3});
  CHECK(ValuesOf(layout, 31) == std::set<size_t>{124, 125, 126, 127});
  CHECK(ValuesOf(layout, 32) == std::set<size_t>{0, 32, 64, 96});
  CHECK(ValuesOf(layout, 63) == std::set<size_t>{31, 63, 95, 127});
}

TEST_CASE("rows that do not divide the signature leave values over",
          "[sketch]") {
  const BandLayout layout(5);  // 25 bands of 5, three values over
  CHECK(layout.MostBands() == 50);
  CHECK(ValuesOf(layout, 24) == std::set<size_t>{120, 121, 122, 123, 124});
  CHECK(ValuesOf(layout, 49) == std::set<size_t>{24, 49, 74, 99, 124});
  CHECK(ValuesOf(BandLayout(128), 1).size() == 128);
  CHECK(ValuesOf(BandLayout(1), 130) == std::set<size_t>{2});
}

TEST_CASE("equal values in another band or order have another key",
          "[sketch]") {
  const BandLayout layout(4);
  Signature equal;
  equal.fill(7);
  CHECK(layout.Key(equal, 0) != layout.Key(equal, 1));
  Signature turned = Counting();
  std::swap(turned[0], turned[1]);
  CHECK(layout.Key(turned, 0) != layout.Key(Counting(), 0));
}

}  // namespace
}  // namespace storyfold
