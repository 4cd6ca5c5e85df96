#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace storyfold {

// What time it is in the news of one night, though some of its articles say
// 1970 or 2099, or nothing. Of the input alone: the same at any later time.
class NightClock {
 public:
  // `times` are those that tonight's articles state, in any order; `previous`
  // is the time of the night before, if there was one. Few articles cannot move
  // the clock far: of less than 20, those later than the night before by more
  // than 30 days do not count.
  NightClock(std::vector<int64_t> times, std::optional<int64_t> previous);

  // The time before which nine of ten credible articles were published, or
  // `previous` where that is later: the clock never goes back.
  int64_t now() const { return now_; }

  // Returns the time an article is taken to be of: the one it states, or that
  // of the night where it states none or one that cannot be: before 1990, or 30
  // days after the night.
  int64_t TimeOf(std::optional<int64_t> stated) const;

 private:
  bool IsCredible(int64_t time) const;

  int64_t reference_ = 0;
  int64_t now_ = 0;
};

}  // namespace storyfold
