#pragma once

#include <cstdint>
#include <string>

namespace storyfold {

// A moment of the corpus: seconds since 2024-01-01T00:00:00Z, not negative.
using Moment = int64_t;

inline constexpr Moment kSecondsPerDay = 86'400;

// "2024-03-05T14:05:09Z"
std::string IsoTime(Moment moment);

// How a source writes dates; the value is drawn from [0, kDateForms).
inline constexpr uint32_t kDateForms = 4;

// "5 March 2024", "March 5, 2024", "2024-03-05" or "05.03.2024".
std::string DateText(Moment moment, uint32_t form);

// "14:05"
std::string ClockText(Moment moment);

// "2024"
std::string YearText(Moment moment);

}  // namespace storyfold
