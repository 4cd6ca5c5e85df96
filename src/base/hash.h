#pragma once

// The one place that includes xxHash: inlined it costs 2 ns a word, called
// through the library 8.
#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace storyfold {

// Returns the 64-bit XXH3 hash of `bytes`; the same on every machine and CPU
// level.
inline uint64_t HashBytes(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

// Returns the hash of pieces of bytes one behind the other.
inline uint64_t HashPieces(std::span<const std::string_view> pieces) {
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  for (const std::string_view piece : pieces) {
    XXH3_64bits_update(&state, piece.data(), piece.size());
  }
  return XXH3_64bits_digest(&state);
}

// Returns `x` with every input bit spread over every output bit (the finaliser
// of SplitMix64: Steele, Lea & Flood 2014). A bijection.
constexpr uint64_t Mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// Returns the two halves of the 128-bit product, one folded onto the other.
inline uint64_t MultiplyFold(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// Returns a hash of the ordered pair (a, b).
inline uint64_t CombineHashes(uint64_t a, uint64_t b) {
  return Mix(a * 0x9e3779b97f4a7c15u + Mix(b));
}

}  // namespace storyfold
