#pragma once

#include <cstdint>
#include <vector>

namespace storyfold {

// Bits that one pass over the values sorts by.
inline constexpr uint32_t kRadixDigitBits = 9;

// Sorts `values` by their bits from `first_bit` up to bit 63; values that agree
// in those keep their order. `scratch` is room of any size, for reuse. Least
// significant digit first: O(n) time, 1-2 ns a value and digit, on
// the calling thread.
// REQUIRES: first_bit < 64; fewer than 2^32 values
void RadixSort(std::vector<uint64_t>& values, uint32_t first_bit,
               std::vector<uint64_t>& scratch);

}  // namespace storyfold
