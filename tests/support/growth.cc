#include "support/growth.h"

#include <algorithm>
#include <ctime>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr int kRuns = 3;

double LeastCpuTime(const std::function<void()>& timed) {
  std::clock_t least = 0;
  for (int run = 0; run < kRuns; ++run) {
    const std::clock_t start = std::clock();
    timed();
    const std::clock_t taken = std::clock() - start;
    least = run == 0 ? taken : std::min(least, taken);
  }
  return static_cast<double>(std::max<std::clock_t>(least, 1));
}

}  // namespace

double CpuGrowth(const std::function<std::function<void()>(size_t size)>& work,
                 size_t small, size_t large) {
  const ThreadLimit limit(1);
  const double of_small = LeastCpuTime(work(small));
  return LeastCpuTime(work(large)) / of_small;
}

}  // namespace storyfold
