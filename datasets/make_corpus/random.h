#pragma once

#include <cstdint>

namespace storyfold {

// The independent sequences of one corpus.
enum class RandomStream : uint64_t {
  kWords = 1,
  kThemes,
  kSources,
  kStories,
  kArticles,
  kNights,
};

// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
//
// Everything that decides a byte of the corpus is integer arithmetic on these
// numbers; the distributions of <random> and libm differ between libraries.
// Copying one copies its place in the sequence.
class Random {
 public:
  Random(uint64_t seed, RandomStream stream)
      : state_(Mix(Mix(seed + kStep) ^ static_cast<uint64_t>(stream))) {}

  uint64_t Next() { return Mix(state_ += kStep); }

  uint32_t Next32() { return static_cast<uint32_t>(Next() >> 32); }

  // Returns a number from [0, bound); 0 when bound is 0.
  uint32_t Below(uint32_t bound) {
    return static_cast<uint32_t>((uint64_t{Next32()} * bound) >> 32);
  }

  // Returns a number from [low, high], both included.
  uint32_t Between(uint32_t low, uint32_t high) {
    return low + Below(high - low + 1);
  }

  // True in `percent` of 100 cases.
  bool Chance(uint32_t percent) { return Below(100) < percent; }

 private:
  static constexpr uint64_t kStep = 0x9e3779b97f4a7c15u;

  static uint64_t Mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }

  uint64_t state_;
};

}  // namespace storyfold
