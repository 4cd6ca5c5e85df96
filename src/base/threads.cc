#include "base/threads.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

namespace storyfold {

struct ThreadLimit::Control {
  explicit Control(size_t threads)
      : limit(tbb::global_control::max_allowed_parallelism, threads) {}
  tbb::global_control limit;
};

ThreadLimit::ThreadLimit(size_t threads)
    : control_(threads == 0 ? nullptr : std::make_unique<Control>(threads)) {}

ThreadLimit::~ThreadLimit() = default;

size_t MaxThreads() {
  return tbb::global_control::active_value(
      tbb::global_control::max_allowed_parallelism);
}

}  // namespace storyfold
