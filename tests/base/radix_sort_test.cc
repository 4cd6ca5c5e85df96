#include "base/radix_sort.h"

#include <algorithm>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Values = std::vector<uint64_t>;

Values Sorted(Values values, uint32_t first_bit) {
  Values scratch = {1, 2, 3};
  RadixSort(values, first_bit, scratch);
  return values;
}

TEST_CASE("nothing and one value are sorted", "[base]") {
  CHECK(Sorted({}, 0).empty());
  CHECK(Sorted({7}, 0) == Values{7});
}

TEST_CASE("values that agree in the key keep their order", "[base]") {
  const uint64_t key = uint64_t{5} << 32;
  CHECK(Sorted({key | 9, key | 2, 8, key | 4}, 32) ==
        Values{8, key | 9, key | 2, key | 4});
}

TEST_CASE("a radix sort equals a stable sort by the key", "[base][prop]") {
  Random random(40);
  for (const uint32_t first_bit : {0u, 1u, 13u, 32u, 40u, 60u, 63u}) {
    for (const size_t size : {2u, 100u, 5000u}) {
      Values values(size);
      // Few different keys, and digits that all values share.
      const uint64_t mask = random.Next() & random.Next();
      for (uint64_t& value : values) value = random.Next() & mask;
      Values expected = values;
      std::ranges::stable_sort(
          expected, {}, [&](uint64_t value) { return value >> first_bit; });
      CAPTURE(first_bit, size);
      REQUIRE(Sorted(values, first_bit) == expected);
    }
  }
}

}  // namespace
}  // namespace storyfold
