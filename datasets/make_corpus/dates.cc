#include "dates.h"

#include <array>
#include <chrono>
#include <string_view>

namespace storyfold {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

struct CalendarDay {
  uint32_t year;
  uint32_t month;  // 1 to 12
  uint32_t day;    // 1 to 31
};

CalendarDay DayOf(Moment moment) {
  using std::chrono::days;
  constexpr std::chrono::sys_days kStart =
      std::chrono::year{2024} / std::chrono::January / 1;
  const std::chrono::year_month_day date =
      kStart + days{static_cast<days::rep>(moment / kSecondsPerDay)};
  return {static_cast<uint32_t>(static_cast<int>(date.year())),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day())};
}

void AppendTwoDigits(uint32_t number, std::string* text) {
  *text += static_cast<char>('0' + number / 10);
  *text += static_cast<char>('0' + number % 10);
}

void AppendIsoDay(const CalendarDay& date, std::string* text) {
  *text += std::to_string(date.year);
  *text += '-';
  AppendTwoDigits(date.month, text);
  *text += '-';
  AppendTwoDigits(date.day, text);
}

// The seconds of the day in units of `unit` seconds, below `bound`.
uint32_t PartOfDay(Moment moment, Moment unit, Moment bound) {
  return static_cast<uint32_t>(moment / unit % bound);
}

}  // namespace

std::string IsoTime(Moment moment) {
  std::string text;
  AppendIsoDay(DayOf(moment), &text);
  text += 'T';
  text += ClockText(moment);
  text += ':';
  AppendTwoDigits(PartOfDay(moment, 1, 60), &text);
  text += 'Z';
  return text;
}

std::string DateText(Moment moment, uint32_t form) {
  const CalendarDay date = DayOf(moment);
  std::string text;
  switch (form) {
    case 0:
      text = std::to_string(date.day);
      text += ' ';
      text += kMonths[date.month - 1];
      text += ' ';
      return text += std::to_string(date.year);
    case 1:
      text = kMonths[date.month - 1];
      text += ' ';
      text += std::to_string(date.day);
      text += ", ";
      return text += std::to_string(date.year);
    case 2:
      AppendIsoDay(date, &text);
      return text;
    default:
      AppendTwoDigits(date.day, &text);
      text += '.';
      AppendTwoDigits(date.month, &text);
      text += '.';
      return text += std::to_string(date.year);
  }
}

std::string ClockText(Moment moment) {
  std::string text;
  AppendTwoDigits(PartOfDay(moment, 3'600, 24), &text);
  text += ':';
  AppendTwoDigits(PartOfDay(moment, 60, 60), &text);
  return text;
}

std::string YearText(Moment moment) {
  return std::to_string(DayOf(moment).year);
}

}  // namespace storyfold
