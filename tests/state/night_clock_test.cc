#include "state/night_clock.h"

#include <limits>

#include "base/seconds.h"
#include "catch.h"

namespace storyfold {
namespace {

constexpr int64_t kToday = 1'930'000'000;   // 2031
constexpr int64_t kFuture = 4'102'444'799;  // 2099

TEST_CASE("times of 1970 and 2099 do not move the clock", "[state]") {
  std::vector<int64_t> times(30, kToday);
  times.insert(times.end(), {0, kFuture, kFuture});
  const NightClock clock(times, {});
  CHECK(clock.now() == kToday);
  CHECK(clock.TimeOf(0) == kToday);
  CHECK(clock.TimeOf(kFuture) == kToday);
  CHECK(clock.TimeOf(std::nullopt) == kToday);
}

TEST_CASE("late articles keep their time", "[state]") {
  const NightClock clock(std::vector<int64_t>(30, kToday), {});
  CHECK(clock.TimeOf(kToday - 90 * kSecondsPerDay) ==
        kToday - 90 * kSecondsPerDay);
  CHECK(clock.TimeOf(kToday + kSecondsPerDay) == kToday + kSecondsPerDay);
}

TEST_CASE("one article cannot move the clock by decades", "[state]") {
  const NightClock clock({kFuture}, {kToday});
  CHECK(clock.now() == kToday);
  CHECK(clock.TimeOf(kFuture) == kToday);
}

TEST_CASE("one article of the next day moves the clock", "[state]") {
  CHECK(NightClock({kToday + kSecondsPerDay}, {kToday}).now() ==
        kToday + kSecondsPerDay);
}

TEST_CASE("many articles move the clock as far as they say", "[state]") {
  const NightClock clock(
      std::vector<int64_t>(30, kToday + 400 * kSecondsPerDay), {kToday});
  CHECK(clock.now() == kToday + 400 * kSecondsPerDay);
}

TEST_CASE("late articles do not turn the clock back", "[state]") {
  CHECK(NightClock({kToday - 60 * kSecondsPerDay}, {kToday}).now() == kToday);
  const std::vector<int64_t> late(30, kToday - 60 * kSecondsPerDay);
  CHECK(NightClock(late, {kToday}).now() == kToday);
}

TEST_CASE("a clock beyond all times is held to them", "[state]") {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  CHECK(NightClock({kToday}, {kMost}).now() == 253'402'300'799);
  CHECK(NightClock({}, {-kMost}).now() == 631'152'000);
}

TEST_CASE("a night without times is of the time of the night before",
          "[state]") {
  CHECK(NightClock({}, {kToday}).now() == kToday);
  CHECK(NightClock({0, 0}, {kToday}).now() == kToday);
}

// A clock of few articles, of the day before a pause of 60 days.
ClockEvidence AfterPause(size_t num_recent, size_t num_since) {
  ClockEvidence before = {.previous = kToday - 60 * kSecondsPerDay,
                          .witnesses = 15};
  before.recent.assign(num_recent - num_since, kToday - 60 * kSecondsPerDay);
  before.recent.insert(before.recent.begin(), num_since, kToday);
  return before;
}

TEST_CASE("a small feed goes on after a pause once its articles agree",
          "[state]") {
  // So many a night as there may be in an hour.
  CHECK(NightClock({kToday}, AfterPause(20, 9)).now() ==
        kToday - 60 * kSecondsPerDay);
  CHECK(NightClock({kToday}, AfterPause(20, 10)).now() == kToday);
  CHECK(NightClock(std::vector<int64_t>(11, kToday), AfterPause(20, 0)).now() ==
        kToday);
  // A state of three articles needs four.
  CHECK(NightClock({kToday, kToday, kToday}, AfterPause(3, 0)).now() ==
        kToday - 60 * kSecondsPerDay);
  CHECK(NightClock({kToday, kToday}, AfterPause(6, 3)).now() == kToday);
}

TEST_CASE("a clock that one article set to 2099 goes back", "[state]") {
  ClockEvidence before = {kFuture, {kFuture}, 1};
  const NightClock second({kToday}, before);
  CHECK(second.now() == kFuture);
  CHECK_FALSE(second.has_turned_back());
  before.recent = {kToday, kFuture};
  const NightClock third({kToday + kSecondsPerDay}, before);
  CHECK(third.has_turned_back());
  CHECK(third.now() == kToday + kSecondsPerDay);
  CHECK(third.TimeOf(kFuture) == third.now());
}

TEST_CASE("an archive does not turn back the clock of a state", "[state]") {
  const std::vector<int64_t> archive(500, kToday - 3000 * kSecondsPerDay);
  ClockEvidence before = {kToday, std::vector<int64_t>(20, kToday), 20};
  CHECK(NightClock(archive, before).now() == kToday);
  before.recent.assign(20, archive[0]);
  CHECK(NightClock(archive, before).now() == kToday);
  // In a small state the first night of it does not.
  before = {kToday, std::vector<int64_t>(5, kToday), 5};
  CHECK(NightClock(archive, before).now() == kToday);
}

TEST_CASE("articles of today are credible in a night of late ones", "[state]") {
  std::vector<int64_t> late(30, kToday - 60 * kSecondsPerDay);
  late.push_back(kToday + kSecondsPerDay);
  CHECK(NightClock(late, {kToday}).TimeOf(kToday + kSecondsPerDay) ==
        kToday + kSecondsPerDay);
}

TEST_CASE("what a person says the time is counts alone", "[state]") {
  const ClockEvidence before = {.previous = kFuture, .given = kToday};
  const NightClock clock(std::vector<int64_t>(50, kFuture), before);
  CHECK(clock.now() == kToday);
  CHECK(clock.TimeOf(kFuture) == kToday);
}

TEST_CASE("the first time that is stated sets a clock of 1990", "[state]") {
  CHECK(NightClock({kToday}, {kFirstCredible}).now() == kToday);
}

}  // namespace
}  // namespace storyfold
