#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace storyfold {

// What was known of the time before a night.
struct ClockEvidence {
  // Of so many articles the clock takes what most of them state.
  static constexpr size_t kFew = 20;

  std::optional<int64_t> previous = std::nullopt;  // the night before's, if any

  // What the last kFew articles that came in state, those that state one.
  std::vector<int64_t> recent = {};

  // How many stored articles state a time within 30 days of `previous`, counted
  // up to kFew.
  size_t witnesses = 0;

  // What a person says it is; nothing else counts then.
  std::optional<int64_t> given = std::nullopt;
};

// What time it is in the news of one night, though some of its articles say
// 1970 or 2099, or nothing. Of the input alone: the same at any later time.
class NightClock {
 public:
  // `times` are those that tonight's articles state, in any order.
  NightClock(std::vector<int64_t> times, const ClockEvidence& before);

  // The time before which nine of ten credible articles of tonight were
  // published, or that of the night before where that is later: late articles
  // do not turn the clock back. Only where few articles had set it, and more,
  // of tonight and of earlier nights, are from 90 days or more before, it was
  // wrong, and goes back to those.
  int64_t now() const { return now_; }
  bool has_turned_back() const { return has_turned_back_; }

  // Returns whether an article may be of a time: not before 1990, nor 30 days
  // after the night, as most of tonight's articles have it; of less than kFew
  // most of these and the last ones of earlier nights.
  bool IsCredible(int64_t time) const;

  // Returns the time an article is taken to be of: the one it states, or that
  // of the night where it states none or none that is credible.
  int64_t TimeOf(std::optional<int64_t> stated) const;

  // The last credible time.
  int64_t latest() const;

 private:
  int64_t reference_ = 0;
  int64_t now_ = 0;
  bool has_turned_back_ = false;
};

// The times that can be of news: 1990 to 9999.
inline constexpr int64_t kFirstCredible = 631'152'000;
inline constexpr int64_t kLastCredible = 253'402'300'799;

// How far ahead of the night an article may be.
inline constexpr int64_t kMostAhead = int64_t{30} * 86'400;

}  // namespace storyfold
