// Tested by: tests/state/key_table_test.cc

#include "state/key_table.h"

#include <algorithm>
#include <utility>

#include "base/radix_sort.h"
#include "sketch/band_keys.h"

namespace storyfold {
namespace {

constexpr uint32_t kRows = 4;
// Half of what a batch uses: texts that are less alike are found by their
// 3-grams.
constexpr uint32_t kBands = 24;
constexpr uint32_t kSomeBands = 8;
constexpr size_t kSomeShingles = 24;

// Returns the records of all sketches; `append` gives those of one.
template <typename Append>
KeyTable SortedRecords(std::span<const Sketch* const> sketches,
                       const Append& append) {
  KeyTable table;
  for (uint32_t place = 0; place < sketches.size(); ++place) {
    if (!sketches[place]->empty()) append(*sketches[place], place, table);
  }
  // By key; places ascend already, and the sort leaves them so.
  std::vector<uint64_t> scratch;
  RadixSort(table, 32, scratch);
  table.erase(std::unique(table.begin(), table.end()), table.end());
  return table;
}

// Leaves some or the other 3-grams of a text, each once.
void LeaveSomeOrOthers(WhichKeys which, std::vector<uint32_t>& own) {
  std::ranges::sort(own);
  own.erase(std::unique(own.begin(), own.end()), own.end());
  const size_t some = std::min(own.size(), kSomeShingles);
  if (which == WhichKeys::kSome) {
    own.resize(some);
  } else {
    own.erase(own.begin(), own.begin() + static_cast<ptrdiff_t>(some));
  }
}

}  // namespace

KeyTable BandKeys(std::span<const Sketch* const> sketches, WhichKeys which) {
  const uint32_t first = which == WhichKeys::kOthers ? kSomeBands : 0;
  const uint32_t end = which == WhichKeys::kSome ? kSomeBands : kBands;
  const BandLayout layout(kRows);
  return SortedRecords(
      sketches, [&](const Sketch& sketch, uint32_t place, KeyTable& table) {
        for (uint32_t band = first; band < end; ++band) {
          const uint64_t key = layout.Key(sketch.signature, band) >> 32;
          table.push_back(key << 32 | place);
        }
      });
}

KeyTable ShingleKeys(std::span<const Sketch* const> sketches, WhichKeys which) {
  std::vector<uint32_t> own;
  return SortedRecords(
      sketches, [&](const Sketch& sketch, uint32_t place, KeyTable& table) {
        own = sketch.sampled_shingles;
        if (which != WhichKeys::kAll) LeaveSomeOrOthers(which, own);
        for (const uint32_t shingle : own) {
          table.push_back(uint64_t{shingle} << 32 | place);
        }
      });
}

KeyIndex::KeyIndex(KeyTable table)
    : table_(std::move(table)), has_((size_t{1} << kRangeBits) / 64, 0) {
  for (const uint64_t record : table_) {
    const uint64_t range = RangeOf(record);
    has_[range / 64] |= uint64_t{1} << range % 64;
  }
}

size_t KeyIndex::FirstNotBelow(uint64_t key, size_t begin) const {
  size_t step = 1;
  while (begin + step <= table_.size() &&
         table_[begin + step - 1] >> 32 < key) {
    begin += step;
    step *= 2;
  }
  const auto from = table_.begin() + static_cast<ptrdiff_t>(begin);
  const auto to = table_.begin() + static_cast<ptrdiff_t>(std::min(
                                       begin + step - 1, table_.size()));
  const auto found = std::lower_bound(from, to, key << 32);
  return static_cast<size_t>(found - table_.begin());
}

}  // namespace storyfold
