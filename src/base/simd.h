#pragma once

namespace storyfold {

// The instruction sets a kernel may be compiled for, weakest first.
enum class SimdLevel {
  kScalar,  // what every machine of the architecture has
  kAvx2,    // with BMI and POPCNT: x86-64-v3
  kAvx512,  // F, BW, DQ, VL and VBMI2: Ice Lake, Zen 4 and later
};

// Returns the strongest level this CPU can run, or the weaker one named by the
// environment variable STORYFOLD_SIMD ("scalar", "avx2", "avx512"); a level
// the CPU lacks and an unknown name are ignored. Read once, at the first call.
// Every level gives the same results; the variable is for tests and
// measurements.
SimdLevel ActiveSimdLevel();

// Returns "scalar", "avx2" or "avx512".
const char* SimdLevelName(SimdLevel level);

}  // namespace storyfold
