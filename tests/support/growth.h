#pragma once

#include <cstddef>
#include <functional>

namespace storyfold {

// Returns how many times the CPU time of `work(small)` `work(large)` takes on
// one thread: the least of three runs each. A ratio, so that a slow or busy
// machine fails no test. `work` makes its input and returns what is to be
// timed.
double CpuGrowth(const std::function<std::function<void()>(size_t size)>& work,
                 size_t small, size_t large);

}  // namespace storyfold
