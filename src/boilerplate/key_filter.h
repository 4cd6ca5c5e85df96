#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace storyfold {

// Says of most keys that are not among those added that they are not: a Bloom
// filter (Bloom 1970) of one hash, which the keys are. 8 to 16 bits for each
// key, of which one in eight at most is set. One without a size says nothing,
// and nothing may be added to it.
// Tested by: tests/boilerplate/known_lines_test.cc
class KeyFilter {
 public:
  KeyFilter() = default;
  explicit KeyFilter(size_t num_keys)
      : shift_(61 - static_cast<int>(std::bit_width(num_keys))),
        bits_(((size_t{1} << (64 - shift_)) + 63) / 64, 0) {}

  void Add(uint64_t key) { bits_[Word(key)] |= Bit(key); }

  bool MayHave(uint64_t key) const {
    return bits_.empty() || (bits_[Word(key)] & Bit(key)) != 0;
  }

 private:
  size_t Word(uint64_t key) const { return key >> shift_ >> 6; }
  uint64_t Bit(uint64_t key) const {
    return uint64_t{1} << (key >> shift_ & 63);
  }

  int shift_ = 0;
  std::vector<uint64_t> bits_;
};

}  // namespace storyfold
