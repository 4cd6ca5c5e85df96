// Tested by: tests/state/segment_test.cc

#include "state/key_table.h"

#include <algorithm>

#include "base/threads.h"
#include "sketch/band_keys.h"

namespace storyfold {
namespace {

constexpr uint32_t kRows = 4;
// Half of what a batch uses: texts that are less alike are found by their
// 3-grams.
constexpr uint32_t kBands = 24;

// Returns the records of all sketches; `append` gives those of one.
template <typename Append>
KeyTable SortedRecords(std::span<const Sketch* const> sketches,
                       const Append& append) {
  KeyTable table;
  for (uint32_t place = 0; place < sketches.size(); ++place) {
    if (!sketches[place]->empty()) append(*sketches[place], place, table);
  }
  ParallelSort(table);
  table.erase(std::unique(table.begin(), table.end()), table.end());
  return table;
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

KeyTable ShingleKeys(std::span<const Sketch* const> sketches) {
  return SortedRecords(
      sketches, [](const Sketch& sketch, uint32_t place, KeyTable& table) {
        for (const uint32_t shingle : sketch.sampled_shingles) {
          table.push_back(uint64_t{shingle} << 32 | place);
        }
      });
}

}  // namespace storyfold
