#include "text/printable.h"

#include <algorithm>
#include <string>

#include "catch.h"
#include "support/corpus.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

using namespace std::string_literals;

TEST_CASE("words of every script are printable as they are", "[text]") {
  const std::string text = "Fähre \"Ansel\" \\ 渡輪 паром عبّارة \u200f 😀 C:\\n";
  CHECK(Printable(text) == text);
  CHECK(IsPrintable(text));
  CHECK(Printable("").empty());
}

TEST_CASE("control characters are written as escapes", "[text]") {
  CHECK(Printable("\x1b]0;pwn\x07") == "\\x1b]0;pwn\\x07");
  CHECK(Printable("a\tb\r\nc\x7f"s + '\0') == "a\\tb\\r\\nc\\x7f\\x00");
  // U+0085 and U+009B: a line end, and ESC [ in one character.
  CHECK(Printable("\u0085x\u009b31m") == "\\x85x\\x9b31m");
  CHECK_FALSE(IsPrintable("one\ntwo"));
}

TEST_CASE("characters that turn the order of words around are escaped",
          "[text]") {
  CHECK(Printable("\u202egnp.exe\u202c") == "\\u202egnp.exe\\u202c");
  CHECK(Printable("\u202a\u2066\u2069") == "\\u202a\\u2066\\u2069");
  CHECK(Printable("\u2029\u202f\u2065\u206a") == "\u2029\u202f\u2065\u206a");
}

TEST_CASE("bytes that are no UTF-8 are escaped one by one", "[text]") {
  CHECK(Printable("caf\xe9 \x9b\xff") == "caf\\xe9 \\x9b\\xff");
  CHECK(Printable("\xe2\x80") == "\\xe2\\x80");
  CHECK(Printable("\xc0\xaf") == "\\xc0\\xaf");
}

TEST_CASE("the start of a text is cut between characters", "[text]") {
  CHECK(PrintableStart("Fähre", 5) == "Fähre");
  CHECK(PrintableStart("Fähre", 2) == "Fä...");
  CHECK(PrintableStart("\x1b\xff\n", 2) == "\\x1b\\xff...");
  CHECK(PrintableStart("", 0).empty());
}

TEST_CASE("escaping twice changes nothing", "[text]") {
  const std::string once = Printable("\x1b[2J\u202e\xff\n");
  CHECK(Printable(once) == once);
}

TEST_CASE(
    "of any bytes what is printable is valid and has no control characters",
    "[text][prop]") {
  Random random(71);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (uint64_t k = random.Below(12); k > 0; --k) {
      // Mostly lead and continuation bytes.
      bytes += static_cast<char>(
          random.Below(4) == 0 ? random.Below(256) : 0x80 + random.Below(0x78));
    }
    std::string printable = Printable(bytes);
    CAPTURE(round, printable);
    REQUIRE(std::ranges::none_of(printable, [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    }));
    REQUIRE(printable.find("\u009b") == std::string::npos);
    REQUIRE(ReplaceInvalidUtf8(printable) == 0);
  }
}

TEST_CASE("of several lines the ends stay", "[text]") {
  CHECK(PrintableLines("one\x07\ntwo\n") == "one\\x07\ntwo\n");
  CHECK(PrintableLines("\n\n") == "\n\n");
  CHECK(PrintableLines("one") == "one");
}

}  // namespace
}  // namespace storyfold
