#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/hash.h"

namespace storyfold {

// Bytes that must be readable at a word that is hashed in place.
inline constexpr size_t kShortWord = 16;

inline constexpr uint64_t kWordSeedA = 0x9E3779B97F4A7C15u;
inline constexpr uint64_t kWordSeedB = 0xD6E8FEB86659FD93u;

// kShortWord bytes of ones, then as many of zeros: read at kShortWord - n it
// is a mask of n bytes. A mask that is computed has a branch on the length,
// which would be mispredicted at every third word.
inline constexpr std::array<unsigned char, 2 * kShortWord> kByteMask = [] {
  std::array<unsigned char, 2 * kShortWord> mask{};
  std::fill_n(mask.begin(), kShortWord, static_cast<unsigned char>(0xFF));
  return mask;
}();

// Returns the hash of the folded word at `bytes`. Words of up to 16 bytes,
// nearly all, cost one multiplication; longer ones go through XXH3.
// REQUIRES: kShortWord bytes are readable at `bytes`
inline uint64_t HashPaddedWord(const char* bytes, size_t length) {
  if (length > kShortWord) [[unlikely]] {
    return HashBytes({bytes, length});
  }
  const auto masked_word = [&](size_t offset) {
    uint64_t word = 0;
    uint64_t mask = 0;
    std::memcpy(&word, bytes + offset, sizeof(word));
    std::memcpy(&mask, kByteMask.data() + kShortWord - length + offset,
                sizeof(mask));
    return word & mask;
  };
  return MultiplyFold(masked_word(0) ^ kWordSeedA,
                      masked_word(8) ^ kWordSeedB ^ (uint64_t{length} << 56));
}

// Returns the hash of a folded word wherever it stands: what Token::hash is
// for a token that folds to `folded`.
inline uint64_t HashWord(std::string_view folded) {
  if (folded.size() > kShortWord) return HashBytes(folded);
  char padded[kShortWord] = {};
  std::memcpy(padded, folded.data(), folded.size());
  return HashPaddedWord(padded, folded.size());
}

}  // namespace storyfold
