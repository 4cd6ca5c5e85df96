#pragma once

#include <absl/container/flat_hash_set.h>

#include <bitset>
#include <cstddef>
#include <cstdint>

namespace storyfold {

// The names of months and days, long and short, in English, Spanish, German,
// French and Russian, by their HashWord.
class DateWords {
 public:
  DateWords();

  // Whether the word with this hash is one. Nearly every other word is told by
  // MayContain: one bit of a table that stays in the cache.
  bool Contain(uint64_t hash) const {
    return MayContain(hash) && hashes_.contains(hash);
  }
  bool MayContain(uint64_t hash) const { return may_be_[Bit(hash)]; }

 private:
  static constexpr size_t kBits = size_t{1} << 16;
  static size_t Bit(uint64_t hash) { return hash % kBits; }

  std::bitset<kBits> may_be_;
  absl::flat_hash_set<uint64_t> hashes_;
};

// Returns the one table of them.
const DateWords& Dates();

}  // namespace storyfold
