#include "io/times.h"

#include <limits>
#include <string>

#include "catch.h"

namespace storyfold {
namespace {

// 2031-03-04, a Tuesday.
constexpr int64_t kMidnight = 1'930'348'800;
constexpr int64_t kFivePastTwo = kMidnight + 14 * 3600 + 5 * 60;

TEST_CASE("every documented form of a time is read", "[io]") {
  const std::string text = GENERATE(
      as<std::string>{},  //
      "2031-03-04T14:05:00Z", "2031-03-04t14:05:00z", "2031-03-04T14:05:00",
      "2031-03-04 14:05:00", "2031-03-04 14:05:00Z", "2031-03-04 14:05:00 UTC",
      "2031-03-04T14:05Z", "2031-03-04T14:05", "2031-03-04 14:05",
      "2031/03/04 14:05:00", "20310304T140500Z",
      "Tue, 04 Mar 2031 14:05:00 GMT", "Tue, 4 Mar 2031 14:05:00 +0000",
      "Tue, 04 Mar 2031 14:05:00 UT", "Tue, 04 Mar 2031 14:05:00 Z",
      "Tue, 04 Mar 2031 14:05:00", "04 Mar 2031 14:05:00 GMT",
      "Tue, 04 Mar 2031 14:05 GMT", "Tue Mar  4 14:05:00 2031",
      "Tue Mar 4 14:05:00 2031", "Tue Mar 04 14:05:00 2031",
      "Tue Mar 04 14:05:00 +0000 2031", "Tue Mar 04 16:05:00 +0200 2031",
      "1930399500", "1930399500000");
  CAPTURE(text);
  CHECK(ParseTime(text) == kFivePastTwo);
}

TEST_CASE("a date without a time is midnight", "[io]") {
  const std::string text =
      GENERATE(as<std::string>{},  //
               "2031-03-04", "2031/03/04", "20310304", "March 4, 2031",
               "4 March 2031", "4 Mar 2031", "2031-03-03T24:00:00Z");
  CAPTURE(text);
  CHECK(ParseTime(text) == kMidnight);
}

TEST_CASE("a zone shifts the time", "[io]") {
  const std::string text = GENERATE(
      as<std::string>{},  //
      "2031-03-04T16:05:00+02:00", "2031-03-04T16:05:00+0200",
      "2031-03-04 09:05:00-05:00", "2031-03-04 09:05:00 -05:00",
      "2031-03-04T19:35+05:30", "Tue, 04 Mar 2031 09:05:00 -0500",
      "Wed, 05 Mar 2031 00:05:00 +1000", "Tue, 04 Mar 2031 09:05:00 EST",
      "Tue, 04 Mar 2031 10:05:00 EDT", "Tue, 04 Mar 2031 06:05:00 PST");
  CAPTURE(text);
  CHECK(ParseTime(text) == kFivePastTwo);
}

TEST_CASE("a fraction of a second is dropped", "[io]") {
  CHECK(ParseTime("2031-03-04T14:05:00.999Z") == kFivePastTwo);
  CHECK(ParseTime("2031-03-04T14:05:00.123456+00:00") == kFivePastTwo);
  CHECK(ParseTime("1930399500.75") == kFivePastTwo);
  CHECK(ParseTime("1930399500999") == kFivePastTwo);
}

TEST_CASE("space around a time does not matter", "[io]") {
  CHECK(ParseTime("  2031-03-04T14:05:00Z ") == kFivePastTwo);
}

TEST_CASE("what is no time gives nothing", "[io]") {
  const std::string text = GENERATE(
      as<std::string>{},  //
      "", " ", "yesterday", "2031", "12345", "2031-02-30", "2031-13-01",
      "2031-03-04T25:00:00Z", "2031-03-04T24:00:01Z", "2031-02-30T24:00:00Z",
      "Tue Mar  4 14:05:00", "2031-03-04T14:61:00Z", "2031-03-04T14:05:00Q",
      "2031-03-04 and more", "1.930.399.500", ".........", "infinite-future",
      "31-03-04", "Tue, 04 Mar 31 14:05:00 GMT");
  CAPTURE(text);
  CHECK(ParseTime(text) == std::nullopt);
}

TEST_CASE("times outside of the years 1 to 9999 are nothing", "[io]") {
  CHECK(ParseTime("0001-01-01T00:00:00Z") == -62'135'596'800);
  CHECK(ParseTime("9999-12-31T23:59:59Z") == 253'402'300'799);
  CHECK(ParseTime("0000-12-31T23:59:59Z") == std::nullopt);
  CHECK(ParseTime("10000-01-01T00:00:00Z") == std::nullopt);
  CHECK(ParseTime("9999-12-31T24:00:00Z") == std::nullopt);
  CHECK(ParseTime("9999-12-31T23:59:59-01:00") == std::nullopt);
  CHECK(ParseTime("99999999999999999999999") == std::nullopt);
}

TEST_CASE("numbers from 1e11 on are milliseconds", "[io]") {
  CHECK(ParseTime("99999999999") == 99'999'999'999);
  CHECK(ParseTime("100000000000") == 100'000'000);
  CHECK(ParseTime("1930399500999") == kFivePastTwo);
}

TEST_CASE("numbers may be of before 1970, and have an exponent", "[io]") {
  CHECK(ParseTime("-31536000.5") == -31'536'001);
  CHECK(ParseTime("1.9303995E9") == kFivePastTwo);
  CHECK(ParseTime("1.9303995e+09") == kFivePastTwo);
  CHECK(ParseTime("1.9303995E12") == kFivePastTwo);
  CHECK(ParseTime("1930399500.123") == kFivePastTwo);  // 14 characters
  CHECK(ParseTime("-1930399500000") == -kFivePastTwo);
}

TEST_CASE("numbers that are no time give nothing", "[io]") {
  CHECK(ParseTime("1.000e+300") == std::nullopt);
  CHECK(ParseTime("-1.00e+300") == std::nullopt);
  CHECK(ParseTime("1.000e+999") == std::nullopt);
  CHECK(ParseTime("1930399500e") == std::nullopt);
  CHECK(ParseTime("+-.eE+-.eE") == std::nullopt);
}

TEST_CASE("times are written in RFC 3339", "[io]") {
  CHECK(FormatTime(kFivePastTwo) == "2031-03-04T14:05:00Z");
  CHECK(FormatTime(0) == "1970-01-01T00:00:00Z");
  CHECK(FormatTime(-1) == "1969-12-31T23:59:59Z");
  CHECK(FormatTime(-62'135'596'800) == "0001-01-01T00:00:00Z");
  CHECK(FormatTime(253'402'300'799) == "9999-12-31T23:59:59Z");
}

TEST_CASE("fourteen digits are a compact time, not milliseconds", "[io]") {
  CHECK(ParseTime("20310304140500") == kFivePastTwo);
}

}  // namespace
}  // namespace storyfold
