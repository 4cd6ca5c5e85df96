// What time it is follows from what articles state, so that a run can be done
// again. Most state a time of the last days; a few are wrong by decades, or
// late by months. One wrong article must not move the clock of a state for
// good, nor may a feed of three articles a day be held back for ever after a
// pause, because three are few.
//
// So what a small night says is heard together with what the last articles
// before it said: the median of twenty in all. A wrong one is outvoted; after a
// pause of months the clock follows once eleven articles agree, in one night or
// in eleven. (A state with fewer articles has the clock of the night before as
// one more vote.)
//
// That moves it ahead only. Late articles are usual, a night of them says
// nothing of today. But where fewer than twenty stored articles are near the
// clock, say one of 2099 that came first, and more are far before it, in more
// than one night, those are right.
//
// Tested by: tests/state/night_clock_test.cc

#include "state/night_clock.h"

#include <algorithm>
#include <span>

#include "base/seconds.h"

namespace storyfold {
namespace {

static_assert(kMostAhead == 30 * kSecondsPerDay);
constexpr int64_t kFarBefore = 90 * kSecondsPerDay;

// Returns the value that the given share of `values` do not exceed.
// REQUIRES: values is not empty
int64_t Quantile(std::vector<int64_t>& values, double share) {
  const auto place =
      static_cast<ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + place);
  return values[static_cast<size_t>(place)];
}

void RemoveImpossible(std::vector<int64_t>& times) {
  std::erase_if(
      times, [](int64_t t) { return t < kFirstCredible || t > kLastCredible; });
}

size_t CountFarBefore(std::span<const int64_t> times, int64_t clock) {
  return static_cast<size_t>(std::ranges::count_if(
      times, [&](int64_t t) { return t < clock - kFarBefore; }));
}

// Returns whether the clock of the night before was wrong.
bool WasAhead(std::span<const int64_t> times, std::span<const int64_t> recent,
              int64_t previous, size_t witnesses) {
  const size_t tonight = CountFarBefore(times, previous);
  const size_t before = CountFarBefore(recent, previous);
  return witnesses < ClockEvidence::kFew && tonight > 0 && before > 0 &&
         tonight + before > witnesses + (times.size() - tonight);
}

}  // namespace

NightClock::NightClock(std::vector<int64_t> times,
                       const ClockEvidence& before) {
  if (before.given) {
    reference_ = now_ =
        std::clamp(*before.given, kFirstCredible, kLastCredible);
    return;
  }
  reference_ = now_ = std::clamp(before.previous.value_or(kFirstCredible),
                                 kFirstCredible, kLastCredible);
  // Nights that state no time are of 1990.
  const bool is_known = now_ > kFirstCredible;
  RemoveImpossible(times);
  if (times.empty()) return;
  std::vector<int64_t> recent = before.recent;
  RemoveImpossible(recent);
  has_turned_back_ =
      is_known && WasAhead(times, recent, now_, before.witnesses);
  std::vector<int64_t> evidence = times;
  for (const int64_t time : recent) {
    if (evidence.size() < ClockEvidence::kFew) evidence.push_back(time);
  }
  if (evidence.size() < ClockEvidence::kFew && is_known) {
    evidence.push_back(now_);
  }
  const int64_t median = Quantile(evidence, 0.5);
  reference_ = has_turned_back_ ? median : std::max(median, now_);
  if (has_turned_back_) now_ = median;
  std::erase_if(times, [&](int64_t t) { return !IsCredible(t); });
  if (!times.empty()) now_ = std::max(now_, Quantile(times, 0.9));
}

bool NightClock::IsCredible(int64_t time) const {
  return time >= kFirstCredible && time <= latest();
}

int64_t NightClock::latest() const { return reference_ + kMostAhead; }

int64_t NightClock::TimeOf(std::optional<int64_t> stated) const {
  return stated && IsCredible(*stated) ? *stated : now_;
}

}  // namespace storyfold
