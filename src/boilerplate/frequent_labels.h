#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_key.h"

namespace storyfold {

inline constexpr size_t kTimesOfFrequentLabel = 3;

// Returns the labels of a page that hold a word and stand on it three times or
// more, in the order of the page.
std::vector<uint32_t> FrequentLabels(std::span<const LineKey> page);

}  // namespace storyfold
