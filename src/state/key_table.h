#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sketch/sketch.h"

namespace storyfold {

// What texts are looked up by: (key << 32 | place) records, ascending. A place
// is the position of an article in its segment; of an address, the number of
// the article.
using KeyTable = std::vector<uint64_t>;

// Returns the keys of eight bands of the sketches, whose places count from 0.
KeyTable BandKeys(std::span<const Sketch* const> sketches);

// Which sampled 3-grams of each text: the 24 least find nearly all copies. As
// these are hashes, what is least in one text is among the least of its copies,
// too (bottom-k sketch; Broder 1997, Cohen and Kaplan 2007).
enum class WhichShingles { kLeast, kAll };

// Returns the sampled 3-grams of the sketches, each once for a text.
KeyTable ShingleKeys(std::span<const Sketch* const> sketches,
                     WhichShingles which);

// A key that stands in two tables, with the places that have it.
struct SharedKey {
  std::span<const uint64_t> ours;
  std::span<const uint64_t> theirs;
};

inline uint32_t PlaceOfRecord(uint64_t record) {
  return static_cast<uint32_t>(record);
}

// A table that many others are compared with. A bit for each of 2^25 ranges of
// keys says whether it has one there, so most keys of others cost one look,
// one after the other in memory as keys ascend. The others are searched for
// among the records of 32 such ranges.
class KeyIndex {
 public:
  // REQUIRES: fewer than 2^32 records
  explicit KeyIndex(KeyTable table);

  // Calls visit(SharedKey) for every key that both tables have, once and
  // ascending even where theirs do not. O(size of theirs, and of the keys that
  // both may have).
  template <typename Visit>
  void ForEachShared(std::span<const uint64_t> theirs,
                     const Visit& visit) const {
    std::array<size_t, kLooks> maybe;
    uint64_t least = 0;  // keys below it were visited, if theirs ascend
    for (size_t begin = 0; begin < theirs.size(); begin += kLooks) {
      const size_t end = std::min(begin + kLooks, theirs.size());
      // One in twenty is looked at closer: no branch foretells which.
      size_t found = 0;
      for (size_t j = begin; j < end; ++j) {
        maybe[found] = j;
        found += MayHave(theirs[j]);
      }
      for (const size_t j : std::span(maybe).first(found)) {
        __builtin_prefetch(BeginOfBlock(BlockOf(theirs[j])));
      }
      for (const size_t j : std::span(maybe).first(found)) {
        const uint64_t key = theirs[j] >> 32;
        if (key < least) continue;
        const size_t i = FirstNotBelow(key);
        if (i == table_.size() || table_[i] >> 32 != key) continue;
        visit(SharedKey{RunAt(table_, i), RunAt(theirs, j)});
        least = key + 1;
      }
    }
  }

 private:
  static constexpr uint32_t kRangeBits = 25;
  static constexpr uint32_t kBlockBits = 20;
  static constexpr size_t kLooks = 512;

  static uint64_t RangeOf(uint64_t record) {
    return record >> (64 - kRangeBits);
  }
  static size_t BlockOf(uint64_t record) { return record >> (64 - kBlockBits); }
  const uint64_t* BeginOfBlock(size_t block) const {
    return table_.data() + block_begins_[block];
  }
  static std::span<const uint64_t> RunAt(std::span<const uint64_t> table,
                                         size_t begin) {
    size_t end = begin;
    while (end < table.size() && table[end] >> 32 == table[begin] >> 32) ++end;
    return table.subspan(begin, end - begin);
  }
  bool MayHave(uint64_t record) const {
    const uint64_t range = RangeOf(record);
    return (has_[range / 64] >> range % 64 & 1) != 0;
  }

  // Returns the first place whose key is not below `key`.
  size_t FirstNotBelow(uint64_t key) const;

  KeyTable table_;
  std::vector<uint64_t> has_;
  std::vector<uint32_t> block_begins_;  // of keys by their first 20 bits
};

}  // namespace storyfold
