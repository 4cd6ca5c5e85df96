#pragma once

#include <algorithm>
#include <cmath>

namespace storyfold {

// Returns where `num_tokens` lies between `low` (0) and `high` (1) on a
// logarithmic scale; below 0, above 1.
inline double LengthRamp(double num_tokens, double low, double high) {
  return std::clamp(
      std::log(std::max(num_tokens, 1.0) / low) / std::log(high / low), 0.0,
      1.0);
}

// Returns 0 for headlines of 15 words or fewer, 1 for texts of 60 or more.
inline double FullTextRamp(double num_tokens) {
  return LengthRamp(num_tokens, 15, 60);
}

}  // namespace storyfold
