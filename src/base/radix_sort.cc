#include "base/radix_sort.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <limits>

namespace storyfold {
namespace {

// 512 places to write to fit the first-level cache.
constexpr size_t kNumDigits = size_t{1} << kRadixDigitBits;

// How many values have each digit at one place; then where the next value with
// it goes.
using Counts = std::array<uint32_t, kNumDigits>;

size_t DigitOf(uint64_t value, uint32_t shift) {
  return (value >> shift) % kNumDigits;
}

// Counts the digits of all places in one pass over the values.
std::vector<Counts> CountDigits(const std::vector<uint64_t>& values,
                                uint32_t first_bit) {
  std::vector<Counts> counts((64 - first_bit + kRadixDigitBits - 1) /
                             kRadixDigitBits);
  for (const uint64_t value : values) {
    uint32_t shift = first_bit;
    for (Counts& place : counts) {
      ++place[DigitOf(value, shift)];
      shift += kRadixDigitBits;
    }
  }
  return counts;
}

void MoveByDigit(const std::vector<uint64_t>& from, uint32_t shift,
                 Counts& counts, std::vector<uint64_t>& to) {
  uint32_t sum = 0;
  for (uint32_t& count : counts) {
    const uint32_t begin = sum;
    sum += count;
    count = begin;
  }
  for (const uint64_t value : from) to[counts[DigitOf(value, shift)]++] = value;
}

}  // namespace

void RadixSort(std::vector<uint64_t>& values, uint32_t first_bit,
               std::vector<uint64_t>& scratch) {
  assert(values.size() <= std::numeric_limits<uint32_t>::max());
  if (values.empty()) return;
  scratch.resize(values.size());
  uint32_t shift = first_bit;
  for (Counts& counts : CountDigits(values, first_bit)) {
    // Nothing to move where all values have the same digit.
    if (counts[DigitOf(values[0], shift)] != values.size()) {
      MoveByDigit(values, shift, counts, scratch);
      values.swap(scratch);
    }
    shift += kRadixDigitBits;
  }
}

}  // namespace storyfold
