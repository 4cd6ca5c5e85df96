#include "base/csr.h"

#include <vector>

#include "base/threads.h"
#include "catch.h"

namespace storyfold {
namespace {

// Row i has i % 4 times the number i.
std::vector<uint32_t> RowOf(size_t i) {
  return std::vector<uint32_t>(i % 4, static_cast<uint32_t>(i));
}

TEST_CASE("rows made in blocks stand in order, at any number of threads",
          "[base][csr][deterministic]") {
  const size_t size = GENERATE(0, 1, 5, 65'536, 65'537, 200'001);
  const size_t threads = GENERATE(1, 4);
  const ThreadLimit limit(threads);
  const Csr<uint32_t> rows = MakeRows(size, RowOf);
  REQUIRE(rows.size() == size);
  bool all_right = true;
  for (size_t i = 0; i < size; ++i) {
    const auto row = rows.Row(i);
    all_right &= std::vector(row.begin(), row.end()) == RowOf(i);
  }
  CHECK(all_right);
  CHECK(rows.values.size() == rows.offsets.back());
}

TEST_CASE("a row may be made in a scratch that is used again", "[base][csr]") {
  const Csr<size_t> rows = MakeRows<std::vector<size_t>>(
      100, [](size_t i, std::vector<size_t>& scratch) {
        scratch.assign(i, i);
        return scratch;
      });
  REQUIRE(rows.size() == 100);
  for (size_t i = 0; i < 100; ++i) {
    const auto row = rows.Row(i);
    CHECK(std::vector(row.begin(), row.end()) == std::vector<size_t>(i, i));
  }
}

}  // namespace
}  // namespace storyfold
