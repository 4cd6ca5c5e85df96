#pragma once

#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <cassert>
#include <functional>
#include <optional>
#include <utility>

namespace storyfold {

// A result that is computed while its owner goes on with something else: by a
// thread of the parallel passes that has nothing to do, or by who asks for it.
// Its owner alone may use it, and makes it outside of parallel passes. What is
// computed must not write to anything that others use, nor read what they
// change. Its own parallel passes do not take up other results on the way.
template <typename Result>
class AsyncResult {
 public:
  explicit AsyncResult(std::function<Result()> compute) {
    group_.run([this, compute = std::move(compute)] {
      tbb::this_task_arena::isolate([&] { result_ = compute(); });
    });
  }
  // Waits. Who never asked for the result does not get its exception either.
  ~AsyncResult() {
    try {
      group_.wait();
    } catch (...) {
    }
  }
  AsyncResult(const AsyncResult&) = delete;
  AsyncResult& operator=(const AsyncResult&) = delete;

  // Waits for the result, or throws what computing it threw. REQUIRES: it was
  // not called before
  Result Take() {
    group_.wait();
    assert(result_.has_value());
    return *std::exchange(result_, std::nullopt);
  }

 private:
  std::optional<Result> result_;
  tbb::task_group group_;
};

}  // namespace storyfold
