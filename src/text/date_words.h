#pragma once

#include <absl/container/flat_hash_map.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace storyfold {

// The names of months and days, long and short, in English, Spanish, German,
// French and Russian, by their HashWord.
class DateWords {
 public:
  DateWords();

  // Whether the word with this hash is one. Nearly every other word is told by
  // one byte of a table that stays in the cache.
  bool Contain(uint64_t hash) const {
    return may_be_[Place(hash)] && months_.contains(hash);
  }

  // Returns the number of the month whose name this is, from 1; 0 for others.
  uint32_t MonthOf(uint64_t hash) const;

  // Returns the place of the first of the words from `begin` on that is one;
  // the number of words if there is none. A third of a nanosecond a word.
  size_t Find(std::span<const uint64_t> words, size_t begin) const;

 private:
  static constexpr size_t kPlaces = size_t{1} << 14;
  static size_t Place(uint64_t hash) { return hash % kPlaces; }

  std::array<bool, kPlaces> may_be_ = {};
  absl::flat_hash_map<uint64_t, uint32_t> months_;  // 0: a day
};

// Returns the one table of them.
const DateWords& Dates();

}  // namespace storyfold
