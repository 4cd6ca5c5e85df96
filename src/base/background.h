#pragma once

#include <tbb/task_group.h>

#include <functional>
#include <optional>
#include <utility>

namespace storyfold {

// A result that is computed by a thread of the parallel passes that has nothing
// else to do, or by who asks for it. One thread may use it.
template <typename Result>
class Background {
 public:
  // `compute` writes to nothing that others use.
  explicit Background(std::function<Result()> compute) {
    group_.run([this, compute = std::move(compute)] { result_ = compute(); });
  }
  ~Background() { group_.wait(); }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // Waits for the result. To be called once.
  Result Take() {
    group_.wait();
    return *std::move(result_);
  }

 private:
  tbb::task_group group_;
  std::optional<Result> result_;
};

}  // namespace storyfold
