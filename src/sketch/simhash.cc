// A fingerprint asks of 64 columns whether more than half of their bits are
// set. Counted one by one that is 64 additions a shingle. Here the 64 counters
// are kept sideways: plane p holds bit p of all of them, so one operation on a
// plane works on 64 counters.
//
//   counters 5 0 2 3   plane 2:  1 0 0 0     adding the bits 1 1 0 1 is
//                      plane 1:  0 0 1 1     "plane 0 ^= bits, carry the ands
//                      plane 0:  1 0 0 1     into plane 1", and so on
//
// The carry is rarely over before the top plane, so sixteen shingles are first
// added to one another by full adders (three words of weight w make one of w
// and one of 2w, in five operations) and carried up once: the carry-save tree
// of Harley and Seal (Warren, "Hacker's Delight", ch. 5). About six operations
// a shingle; vector registers gain nothing, since the carries up stay.
//
// Tested by: tests/sketch/simhash_test.cc (against 64 counters).

#include "sketch/simhash.h"

#include <array>
#include <cstddef>

namespace storyfold {
namespace {

constexpr size_t kBlock = 16;
constexpr size_t kMostPlanes = 64;

// 64 counters of the bits of the words added so far.
class BitCounters {
 public:
  // Adds 2^plane to the counter of each set bit.
  void Add(uint64_t bits, size_t plane) {
    for (; bits != 0; ++plane) {
      const uint64_t carry = planes_[plane] & bits;
      planes_[plane] ^= bits;
      bits = carry;
    }
  }

  // Adds sixteen words.
  void AddBlock(const uint64_t* words) {
    const uint64_t low = AddEight(words);
    const uint64_t high = AddEight(words + kBlock / 2);
    Add(AddTwo(3, low, high), 4);
  }

  // Returns the bits whose counter is above `bound`.
  // REQUIRES: no counter is 2^num_planes or more
  uint64_t Above(size_t bound, int num_planes) const {
    uint64_t above = 0;
    uint64_t equal = ~uint64_t{0};  // to `bound`, as far as looked at
    for (int p = num_planes - 1; p >= 0; --p) {
      const uint64_t plane = planes_[static_cast<size_t>(p)];
      if ((bound >> p) & 1) {
        equal &= plane;
      } else {
        above |= equal & plane;
        equal &= ~plane;
      }
    }
    return above;
  }

 private:
  // Adds two words of weight 2^plane and returns the carry, of twice that.
  uint64_t AddTwo(size_t plane, uint64_t a, uint64_t b) {
    const uint64_t old = planes_[plane];
    const uint64_t either = old ^ a;
    planes_[plane] = either ^ b;
    return (old & a) | (either & b);
  }

  // Adds eight words and returns the carry, of weight eight.
  uint64_t AddEight(const uint64_t* words) {
    const uint64_t two_a = AddTwo(0, words[0], words[1]);
    const uint64_t two_b = AddTwo(0, words[2], words[3]);
    const uint64_t two_c = AddTwo(0, words[4], words[5]);
    const uint64_t two_d = AddTwo(0, words[6], words[7]);
    const uint64_t four_a = AddTwo(1, two_a, two_b);
    const uint64_t four_b = AddTwo(1, two_c, two_d);
    return AddTwo(2, four_a, four_b);
  }

  std::array<uint64_t, kMostPlanes> planes_ = {};
};

}  // namespace

uint64_t ComputeSimHash(std::span<const uint64_t> shingles) {
  BitCounters counters;
  size_t i = 0;
  for (; i + kBlock <= shingles.size(); i += kBlock) {
    counters.AddBlock(shingles.data() + i);
  }
  for (; i < shingles.size(); ++i) counters.Add(shingles[i], 0);
  return counters.Above(shingles.size() / 2,
                        static_cast<int>(std::bit_width(shingles.size())));
}

}  // namespace storyfold
