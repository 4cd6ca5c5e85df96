// Tested by: tests/state/key_table_test.cc

#include "state/key_table.h"

#include <algorithm>
#include <array>
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

// Keys are hashes, so parts by their first bits are of about the same size, one
// that stays in a cache.
constexpr uint32_t kPartBits = 6;
constexpr uint32_t kPlacesOfChunk = 1024;

// The records of some places, by part.
class RecordParts {
 public:
  void Add(uint64_t key, uint32_t place) {
    parts_[key >> (32 - kPartBits)].push_back(key << 32 | place);
  }
  const KeyTable& operator[](size_t part) const { return parts_[part]; }

 private:
  std::array<KeyTable, size_t{1} << kPartBits> parts_;
};

// Returns the records that add_keys(place, parts) adds for each place, each
// once. In parallel.
template <typename AddKeys>
KeyTable SortedRecords(size_t num_places, const AddKeys& add_keys) {
  std::vector<RecordParts> chunks((num_places + kPlacesOfChunk - 1) /
                                  kPlacesOfChunk);
  ParallelFor(chunks.size(), [&](size_t c) {
    const auto begin = static_cast<uint32_t>(c * kPlacesOfChunk);
    const auto end = static_cast<uint32_t>(
        std::min<size_t>(num_places, size_t{begin} + kPlacesOfChunk));
    for (uint32_t place = begin; place < end; ++place) {
      add_keys(place, chunks[c]);
    }
  });
  std::vector<KeyTable> parts(size_t{1} << kPartBits);
  ParallelFor(parts.size(), [&](size_t p) {
    KeyTable& records = parts[p];
    for (const RecordParts& chunk : chunks) {
      records.insert(records.end(), chunk[p].begin(), chunk[p].end());
    }
    // By key; places ascend already, and the sort leaves them so.
    std::vector<uint64_t> scratch;
    RadixSort(records, 32, scratch);
    records.erase(std::unique(records.begin(), records.end()), records.end());
  });
  return ToCsr(parts).values;
}

// Leaves the least values, each once.
void LeaveLeast(size_t size, std::vector<uint32_t>& values) {
  const auto leave_each_once = [](std::vector<uint32_t>& some) {
    std::ranges::sort(some);
    some.erase(std::unique(some.begin(), some.end()), some.end());
  };
  // Hardly any stands twice, so the least are among a few more.
  if (values.size() > 2 * size) {
    const auto few = values.begin() + static_cast<ptrdiff_t>(2 * size);
    std::ranges::nth_element(values, few);
    std::vector<uint32_t> least(values.begin(), few);
    leave_each_once(least);
    if (least.size() >= size) values = std::move(least);
  }
  leave_each_once(values);
  values.resize(std::min(values.size(), size));
}

}  // namespace

KeyTable BandKeys(std::span<const Sketch* const> sketches) {
  const BandLayout layout(kRows);
  return SortedRecords(sketches.size(), [&](uint32_t place,
                                            RecordParts& records) {
    if (sketches[place]->empty()) return;
    for (uint32_t band = 0; band < kBands; ++band) {
      records.Add(layout.Key(sketches[place]->signature, band) >> 32, place);
    }
  });
}

KeyTable ShingleKeys(std::span<const Sketch* const> sketches,
                     WhichShingles which) {
  return SortedRecords(
      sketches.size(), [&](uint32_t place, RecordParts& records) {
        if (sketches[place]->empty()) return;
        std::vector<uint32_t> own = sketches[place]->sampled_shingles;
        if (which == WhichShingles::kLeast) LeaveLeast(kNumLeastShingles, own);
        for (const uint32_t shingle : own) records.Add(shingle, place);
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
