#include "base/simd.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace storyfold {
namespace {

SimdLevel StrongestLevel() {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") &&
                    __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("popcnt");
  if (avx2 && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vbmi2")) {
    return SimdLevel::kAvx512;
  }
  if (avx2) return SimdLevel::kAvx2;
#endif
  return SimdLevel::kScalar;
}

SimdLevel ChooseLevel() {
  const SimdLevel strongest = StrongestLevel();
  const char* forced = std::getenv("STORYFOLD_SIMD");
  if (forced == nullptr) return strongest;
  for (const SimdLevel level :
       {SimdLevel::kScalar, SimdLevel::kAvx2, SimdLevel::kAvx512}) {
    if (std::string_view(forced) == SimdLevelName(level)) {
      return std::min(level, strongest);
    }
  }
  return strongest;
}

}  // namespace

SimdLevel ActiveSimdLevel() {
  static const SimdLevel level = ChooseLevel();
  return level;
}

const char* SimdLevelName(SimdLevel level) {
  switch (level) {
    case SimdLevel::kScalar:
      return "scalar";
    case SimdLevel::kAvx2:
      return "avx2";
    case SimdLevel::kAvx512:
      return "avx512";
  }
  return "scalar";
}

}  // namespace storyfold
