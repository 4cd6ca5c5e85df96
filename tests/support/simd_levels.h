#pragma once

#include <vector>

#include "base/simd.h"

namespace storyfold {

// Returns the levels this machine can run, kScalar first.
inline std::vector<SimdLevel> SimdLevels() {
  std::vector<SimdLevel> levels = {SimdLevel::kScalar};
  for (const SimdLevel level : {SimdLevel::kAvx2, SimdLevel::kAvx512}) {
    if (level <= ActiveSimdLevel()) levels.push_back(level);
  }
  return levels;
}

}  // namespace storyfold
