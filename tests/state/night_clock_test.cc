#include "state/night_clock.h"

#include <limits>

#include "catch.h"

namespace storyfold {
namespace {

constexpr int64_t kDay = 86'400;
constexpr int64_t kToday = 1'930'000'000;   // 2031
constexpr int64_t kFuture = 4'102'444'799;  // 2099

TEST_CASE("times of 1970 and 2099 do not move the clock", "[state]") {
  std::vector<int64_t> times(30, kToday);
  times.insert(times.end(), {0, kFuture, kFuture});
  const NightClock clock(times, std::nullopt);
  CHECK(clock.now() == kToday);
  CHECK(clock.TimeOf(0) == kToday);
  CHECK(clock.TimeOf(kFuture) == kToday);
  CHECK(clock.TimeOf(std::nullopt) == kToday);
}

TEST_CASE("late articles keep their time", "[state]") {
  const NightClock clock(std::vector<int64_t>(30, kToday), std::nullopt);
  CHECK(clock.TimeOf(kToday - 90 * kDay) == kToday - 90 * kDay);
  CHECK(clock.TimeOf(kToday + kDay) == kToday + kDay);
}

TEST_CASE("one article cannot move the clock by decades", "[state]") {
  const NightClock clock({kFuture}, kToday);
  CHECK(clock.now() == kToday);
  CHECK(clock.TimeOf(kFuture) == kToday);
}

TEST_CASE("one article of the next day moves the clock", "[state]") {
  CHECK(NightClock({kToday + kDay}, kToday).now() == kToday + kDay);
}

TEST_CASE("many articles move the clock as far as they say", "[state]") {
  const NightClock clock(std::vector<int64_t>(30, kToday + 400 * kDay), kToday);
  CHECK(clock.now() == kToday + 400 * kDay);
}

TEST_CASE("late articles do not turn the clock back", "[state]") {
  CHECK(NightClock({kToday - 60 * kDay}, kToday).now() == kToday);
  const std::vector<int64_t> late(30, kToday - 60 * kDay);
  CHECK(NightClock(late, kToday).now() == kToday);
}

TEST_CASE("a clock beyond all times is held to them", "[state]") {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  CHECK(NightClock({kToday}, kMost).now() == 253'402'300'799);
  CHECK(NightClock({kToday}, -kMost).now() == 631'152'000);
}

TEST_CASE("a night without times is of the time of the night before",
          "[state]") {
  CHECK(NightClock({}, kToday).now() == kToday);
  CHECK(NightClock({0, 0}, kToday).now() == kToday);
}

}  // namespace
}  // namespace storyfold
