// Runs the micro-benchmarks of all steps. STORYFOLD_SIMD sets the CPU level.

#include <benchmark/benchmark.h>

#include "base/simd.h"

int main(int argc, char** argv) {
  using storyfold::ActiveSimdLevel;
  using storyfold::SimdLevelName;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("cpu_level", SimdLevelName(ActiveSimdLevel()));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
