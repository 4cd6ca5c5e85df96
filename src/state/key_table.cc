// Tested by: tests/state/key_table_test.cc

#include "state/key_table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/radix_sort.h"
#include "sketch/band_keys.h"

namespace storyfold {
namespace {

constexpr uint32_t kRows = 4;
// A sixth of what a batch uses: texts that are less alike are found by their
// 3-grams.
constexpr uint32_t kBands = 8;
constexpr size_t kLeastShingles = 24;

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

// Leaves the least values, each once.
void LeaveLeast(size_t size, std::vector<uint32_t>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  values.resize(std::min(values.size(), size));
}

}  // namespace

KeyTable BandKeys(std::span<const Sketch* const> sketches) {
  const BandLayout layout(kRows);
  return SortedRecords(
      sketches, [&](const Sketch& sketch, uint32_t place, KeyTable& table) {
        for (uint32_t band = 0; band < kBands; ++band) {
          const uint64_t key = layout.Key(sketch.signature, band) >> 32;
          table.push_back(key << 32 | place);
        }
      });
}

KeyTable ShingleKeys(std::span<const Sketch* const> sketches,
                     WhichShingles which) {
  std::vector<uint32_t> own;
  return SortedRecords(
      sketches, [&](const Sketch& sketch, uint32_t place, KeyTable& table) {
        own = sketch.sampled_shingles;
        if (which == WhichShingles::kLeast) LeaveLeast(kLeastShingles, own);
        for (const uint32_t shingle : own) {
          table.push_back(uint64_t{shingle} << 32 | place);
        }
      });
}

KeyIndex::KeyIndex(KeyTable table)
    : table_(std::move(table)),
      has_((size_t{1} << kRangeBits) / 64, 0),
      block_begins_((size_t{1} << kBlockBits) + 1, 0) {
  for (const uint64_t record : table_) {
    const uint64_t range = RangeOf(record);
    has_[range / 64] |= uint64_t{1} << range % 64;
    ++block_begins_[BlockOf(record) + 1];
  }
  std::inclusive_scan(block_begins_.begin(), block_begins_.end(),
                      block_begins_.begin());
}

size_t KeyIndex::FirstNotBelow(uint64_t key) const {
  const uint64_t record = key << 32;
  const size_t block = BlockOf(record);
  const uint64_t* const found =
      std::lower_bound(BeginOfBlock(block), BeginOfBlock(block + 1), record);
  return static_cast<size_t>(found - table_.data());
}

}  // namespace storyfold
