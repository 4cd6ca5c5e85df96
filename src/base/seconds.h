#pragma once

#include <cstdint>

namespace storyfold {

inline constexpr int64_t kSecondsPerDay = 86'400;

// Returns days as seconds. REQUIRES: no more than fit
constexpr double SecondsOfDays(double days) {
  return days * static_cast<double>(kSecondsPerDay);
}

}  // namespace storyfold
