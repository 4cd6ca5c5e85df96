#include "io/times.h"

#include <absl/strings/numbers.h>
#include <absl/time/time.h>

#include <cmath>

#include "base/string_view.h"

namespace storyfold {
namespace {

constexpr double kLeastMilliseconds = 1e11;       // the year 5138 in seconds
constexpr int64_t kFirstSecond = -62'135'596'800;  // year 1
constexpr int64_t kLastSecond = 253'402'300'799;   // year 9999

// %E*S is seconds with or without a fraction, %Ez a zone of +hh:mm or Z. What
// names no zone is UTC.
constexpr const char* kFormats[] = {
    "%Y-%m-%d%ET%H:%M:%E*S%Ez",    // RFC 3339
    "%Y-%m-%d %H:%M:%E*S%Ez",      //
    "%Y-%m-%d %H:%M:%E*S %Ez",     //
    "%Y-%m-%d%ET%H:%M:%E*S",       //
    "%Y-%m-%d %H:%M:%E*S",         //
    "%Y-%m-%d%ET%H:%M%Ez",         //
    "%Y-%m-%d%ET%H:%M",            //
    "%Y-%m-%d %H:%M",              //
    "%Y-%m-%d",                    //
    "%Y/%m/%d %H:%M:%E*S",         //
    "%Y/%m/%d",                    //
    "%Y%m%d%ET%H%M%S%Ez",          // ISO 8601 basic
    "%a, %d %b %Y %H:%M:%S %z",    // RFC 822
    "%a, %d %b %Y %H:%M:%S",       //
    "%d %b %Y %H:%M:%S %z",        //
    "%a, %d %b %Y %H:%M %z",       //
    "%B %d, %Y",                   //
    "%d %B %Y",                    //
};

std::optional<int64_t> InRange(int64_t seconds) {
  if (seconds < kFirstSecond || seconds > kLastSecond) return std::nullopt;
  return seconds;
}

bool LooksLikeEpoch(std::string_view text) {
  return text.size() >= 9 &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// RFC 822 names zones; all that feeds use of them is UTC.
std::string WithNumericZone(std::string_view text) {
  for (const std::string_view zone : {" GMT", " UTC", " UT", " Z"}) {
    if (text.ends_with(zone)) {
      return std::string(text.substr(0, text.size() - zone.size())) + " +0000";
    }
  }
  return std::string(text);
}

}  // namespace

std::optional<int64_t> TimeFromEpoch(double epoch) {
  if (!std::isfinite(epoch)) return std::nullopt;
  if (std::abs(epoch) >= kLeastMilliseconds) epoch /= 1000;
  if (std::abs(epoch) > 1e12) return std::nullopt;
  return InRange(static_cast<int64_t>(std::floor(epoch)));
}

std::optional<int64_t> ParseTime(std::string_view text) {
  if (LooksLikeEpoch(text)) {
    double epoch = 0;
    if (absl::SimpleAtod(ToAbsl(text), &epoch)) return TimeFromEpoch(epoch);
  }
  const std::string zoned = WithNumericZone(text);
  for (const char* format : kFormats) {
    absl::Time time;
    if (absl::ParseTime(format, zoned, absl::UTCTimeZone(), &time, nullptr)) {
      return InRange(absl::ToUnixSeconds(time));
    }
  }
  return std::nullopt;
}

std::string FormatTime(int64_t seconds) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixSeconds(seconds),
                          absl::UTCTimeZone());
}

}  // namespace storyfold
