// Tested by: tests/state/key_table_test.cc

#include "state/key_table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/csr.h"
#include "base/radix_sort.h"
#include "base/threads.h"
#include "sketch/band_keys.h"

namespace storyfold {
namespace {

constexpr uint32_t kRows = 4;
// A sixth of what a batch uses: texts that are less alike are found by their
// 3-grams.
constexpr uint32_t kBands = 8;
constexpr size_t kNumLeastShingles = 24;

// Collects records, and sorts them.
class RecordSorter {
 public:
  void Add(uint64_t key, uint32_t place) {
    parts_[key >> (32 - kPartBits)].push_back(key << 32 | place);
  }

  // Returns the records, each once. REQUIRES: they were added by place
  KeyTable Sorted() && {
    ParallelFor(parts_.size(), [&](size_t p) {
      // By key; places ascend already, and the sort leaves them so.
      std::vector<uint64_t> scratch;
      RadixSort(parts_[p], 32, scratch);
      parts_[p].erase(std::unique(parts_[p].begin(), parts_[p].end()),
                      parts_[p].end());
    });
    return ToCsr(parts_).values;
  }

 private:
  // Keys are hashes, so parts by their first bits are of about the same size,
  // one that stays in a cache.
  static constexpr uint32_t kPartBits = 6;

  std::vector<KeyTable> parts_ = std::vector<KeyTable>(size_t{1} << kPartBits);
};

// Leaves the least values, each once.
void LeaveLeast(size_t size, std::vector<uint32_t>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  values.resize(std::min(values.size(), size));
}

}  // namespace

KeyTable BandKeys(std::span<const Sketch* const> sketches) {
  const BandLayout layout(kRows);
  RecordSorter records;
  for (uint32_t place = 0; place < sketches.size(); ++place) {
    if (sketches[place]->empty()) continue;
    for (uint32_t band = 0; band < kBands; ++band) {
      records.Add(layout.Key(sketches[place]->signature, band) >> 32, place);
    }
  }
  return std::move(records).Sorted();
}

KeyTable ShingleKeys(std::span<const Sketch* const> sketches,
                     WhichShingles which) {
  RecordSorter records;
  std::vector<uint32_t> own;
  for (uint32_t place = 0; place < sketches.size(); ++place) {
    if (sketches[place]->empty()) continue;
    own = sketches[place]->sampled_shingles;
    if (which == WhichShingles::kLeast) LeaveLeast(kNumLeastShingles, own);
    for (const uint32_t shingle : own) records.Add(shingle, place);
  }
  return std::move(records).Sorted();
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
