#include "base/async_result.h"

#include <atomic>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

#include "base/threads.h"
#include "catch.h"

namespace storyfold {
namespace {

TEST_CASE("a result is there when it is asked for, with one thread, too",
          "[base]") {
  for (const size_t threads : {1, 2}) {
    const ThreadLimit limit(threads);
    AsyncResult<std::unique_ptr<std::string>> result(
        [] { return std::make_unique<std::string>("done"); });
    std::atomic<size_t> sum = 0;
    ParallelFor(100, [&](size_t i) { sum += i; });
    CHECK(sum == 4950);
    CHECK(*result.Take() == "done");
  }
}

TEST_CASE("an exception reaches who asks for the result", "[base]") {
  AsyncResult<int> result([]() -> int { throw std::runtime_error("no"); });
  CHECK_THROWS_AS(result.Take(), std::runtime_error);
}

TEST_CASE("a result that nobody asks for is computed to its end", "[base]") {
  std::atomic<bool> is_done = false;
  {
    const AsyncResult<int> result([&] {
      is_done = true;
      return 1;
    });
  }
  CHECK(is_done);
  const auto give_up = [] {
    const AsyncResult<int> result([]() -> int { throw std::bad_alloc(); });
    throw std::runtime_error("gave up");
  };
  CHECK_THROWS_AS(give_up(), std::runtime_error);
}

}  // namespace
}  // namespace storyfold
