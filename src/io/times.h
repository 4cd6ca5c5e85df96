#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace storyfold {

// Returns the seconds since 1970-01-01T00:00:00Z that `text` stands for:
// RFC 3339, RFC 822 (RSS), ctime ("Tue Mar  4 14:05:00 2031", also with a
// zone before the year), ISO dates with or without time and zone (UTC then),
// epoch seconds or, from 1e11 on, milliseconds, in nine characters or
// more. Nothing where it is none of these, or lies outside of the years 1 to
// 9999.
std::optional<int64_t> ParseTime(std::string_view text);

// Returns "2031-03-04T14:05:00Z".
std::string FormatTime(int64_t seconds);

}  // namespace storyfold
