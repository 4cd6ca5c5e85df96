// Tested by: tests/state/night_clock_test.cc

#include "state/night_clock.h"

#include <algorithm>

#include "base/seconds.h"

namespace storyfold {
namespace {

constexpr int64_t kMostAhead = 30 * kSecondsPerDay;
constexpr int64_t kFirstCredible = 631'152'000;     // 1990
constexpr int64_t kLastCredible = 253'402'300'799;  // the end of 9999
constexpr size_t kFew = 20;

// Returns the value that the given share of `values` do not exceed.
// REQUIRES: values is not empty
int64_t Quantile(std::vector<int64_t>& values, double share) {
  const auto place =
      static_cast<ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + place);
  return values[static_cast<size_t>(place)];
}

}  // namespace

NightClock::NightClock(std::vector<int64_t> times,
                       std::optional<int64_t> previous) {
  std::erase_if(
      times, [](int64_t t) { return t < kFirstCredible || t > kLastCredible; });
  reference_ = now_ = std::clamp(previous.value_or(kFirstCredible),
                                 kFirstCredible, kLastCredible);
  if (times.empty()) return;
  if (times.size() >= kFew || !previous) reference_ = Quantile(times, 0.5);
  std::erase_if(times, [&](int64_t t) { return !IsCredible(t); });
  if (!times.empty()) now_ = std::max(now_, Quantile(times, 0.9));
}

bool NightClock::IsCredible(int64_t time) const {
  return time >= kFirstCredible && time <= reference_ + kMostAhead;
}

int64_t NightClock::TimeOf(std::optional<int64_t> stated) const {
  return stated && IsCredible(*stated) ? *stated : now_;
}

}  // namespace storyfold
