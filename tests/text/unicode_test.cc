#include "text/unicode.h"

#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

std::string Utf8(uint32_t code_point) {
  std::string bytes;
  AppendUtf8(code_point, bytes);
  return bytes;
}

bool IsSurrogate(uint32_t code_point) {
  return code_point >= 0xD800 && code_point < 0xE000;
}

TEST_CASE("UTF-8 is written in one to four bytes", "[text]") {
  CHECK(Utf8('A') == "A");
  CHECK(Utf8(0x7F) == "\x7F");
  CHECK(Utf8(0x80) == "\xC2\x80");
  CHECK(Utf8(0xE9) == "\xC3\xA9");
  CHECK(Utf8(0x7FF) == "\xDF\xBF");
  CHECK(Utf8(0x800) == "\xE0\xA0\x80");
  CHECK(Utf8(0x20AC) == "\xE2\x82\xAC");
  CHECK(Utf8(0x10348) == "\xF0\x90\x8D\x88");
  CHECK(Utf8(0x10FFFF) == "\xF4\x8F\xBF\xBF");
}

TEST_CASE("a code point is read back from its UTF-8", "[text][prop]") {
  for (uint32_t c = 0; c < 0x110000; c += c < 0x3000 ? 1 : 37) {
    if (IsSurrogate(c)) continue;
    const std::string bytes = Utf8(c);
    const DecodedCodePoint decoded = DecodeUtf8(bytes + "x");
    CAPTURE(c);
    REQUIRE(decoded.value == c);
    REQUIRE(decoded.length == bytes.size());
  }
}

TEST_CASE("a word is folded to NFKC in one case", "[text]") {
  CHECK(FoldWord("Corvane") == "corvane");
  CHECK(FoldWord("\xC3\x89T\xC3\x89") == "\xC3\xA9t\xC3\xA9");
  CHECK(FoldWord("e\xCC\x81") == "\xC3\xA9");  // e + combining acute
  CHECK(FoldWord("stra\xC3\x9F"
                 "e") == "strasse");
  CHECK(FoldWord("\xEF\xAC\x81nal") == "final");        // ligature fi
  CHECK(FoldWord("\xEF\xBC\xA1\xEF\xBC\x92") == "a2");  // full width A2
  CHECK(FoldWord("co\xC2\xADop") == "coop");            // soft hyphen
  CHECK(FoldWord("\xD0\x9C\xD0\x98\xD0\xA0") == "\xD0\xBC\xD0\xB8\xD1\x80");
  CHECK(FoldWord("\xE1\x84\x80\xE1\x85\xA1") == "\xEA\xB0\x80");  // jamo: ga
  CHECK(FoldWord("") == "");
}

TEST_CASE("properties of code points", "[text]") {
  const CodePointInfo a = LookUpCodePoint('A');
  CHECK(a.folded == 'a');
  CHECK(a.script == Script::kLatin);
  CHECK((a.in_word && a.is_upper && !a.is_digit && !a.is_mark));

  const CodePointInfo seven = LookUpCodePoint('7');
  CHECK(seven.script == Script::kNone);
  CHECK((seven.in_word && seven.is_digit));
  CHECK(LookUpCodePoint(0x0667).is_digit);  // Arabic-Indic seven

  const CodePointInfo acute = LookUpCodePoint(0x0301);
  CHECK((acute.in_word && acute.is_mark && acute.folded == 0));

  const CodePointInfo soft_hyphen = LookUpCodePoint(0x00AD);
  CHECK((soft_hyphen.is_ignored && !soft_hyphen.in_word));
  CHECK_FALSE(LookUpCodePoint(0x200B).is_ignored);  // zero-width space

  for (const uint32_t no_word : {0x20u, 0x2014u, 0x2019u, 0x3002u, 0x1F600u}) {
    CAPTURE(no_word);
    CHECK_FALSE(LookUpCodePoint(no_word).in_word);
  }
  const CodePointInfo unassigned = LookUpCodePoint(0x0378);
  CHECK(unassigned.folded == 0);
  CHECK(unassigned.script == Script::kNone);
  CHECK_FALSE((unassigned.in_word || unassigned.is_ignored));
}

TEST_CASE("letters know their script", "[text]") {
  const auto script = [](uint32_t c) { return LookUpCodePoint(c).script; };
  CHECK(script(0x00E9) == Script::kLatin);
  CHECK(script(0x03B1) == Script::kGreek);
  CHECK(script(0x0416) == Script::kCyrillic);
  CHECK(script(0x05D0) == Script::kHebrew);
  CHECK(script(0x0627) == Script::kArabic);
  CHECK(script(0x0E01) == Script::kSoutheastAsian);
  CHECK(script(0x1780) == Script::kSoutheastAsian);
  CHECK(script(0x4E2D) == Script::kHan);
  CHECK(script(0x20000) == Script::kHan);
  CHECK(script(0x3042) == Script::kKana);
  CHECK(script(0x30A2) == Script::kKana);
  CHECK(script(0xFF71) == Script::kKana);
  CHECK(script(0xD55C) == Script::kHangul);
  CHECK(script(0x0915) == Script::kOther);  // Devanagari
  CHECK(WrittenWithoutSpaces(Script::kHan));
  CHECK(WrittenWithoutSpaces(Script::kKana));
  CHECK(WrittenWithoutSpaces(Script::kSoutheastAsian));
  CHECK_FALSE(WrittenWithoutSpaces(Script::kHangul));
  CHECK_FALSE(WrittenWithoutSpaces(Script::kLatin));
}

TEST_CASE("folding by the table equals folding the word of one code point",
          "[text][prop]") {
  size_t folded_alone = 0;
  for (uint32_t c = 1; c < 0x10000; ++c) {
    if (IsSurrogate(c)) continue;
    const CodePointInfo info = LookUpCodePoint(c);
    if (info.folded == 0) continue;
    ++folded_alone;
    CAPTURE(c);
    REQUIRE(info.in_word);
    REQUIRE(Utf8(info.folded) == FoldWord(Utf8(c)));
  }
  CHECK(folded_alone > 40'000);  // letters and digits of the whole plane
}

TEST_CASE("folding code point by code point equals folding the word",
          "[text][prop]") {
  const auto check = [](uint32_t a, uint32_t b) {
    if (IsSurrogate(a) || IsSurrogate(b)) return;
    const uint32_t folded_a = LookUpCodePoint(a).folded;
    const uint32_t folded_b = LookUpCodePoint(b).folded;
    if (folded_a == 0 || folded_b == 0) return;
    CAPTURE(a, b);
    REQUIRE(Utf8(folded_a) + Utf8(folded_b) == FoldWord(Utf8(a) + Utf8(b)));
  };
  // Half-width and compatibility forms, which fold to what may compose.
  for (const uint32_t block : {0x3100u, 0xFF00u}) {
    for (uint32_t i = 0; i < 256 * 256; ++i) {
      check(block + i / 256, block + i % 256);
    }
  }
  Random random(5);
  for (int round = 0; round < 200'000; ++round) {
    const uint64_t block = random.Below(256) * 256;
    check(static_cast<uint32_t>(block + random.Below(256)),
          static_cast<uint32_t>(block + random.Below(256)));
  }
}

struct Repair {
  const char* what;
  std::string bytes;
  std::string repaired;
  size_t replaced;
};

TEST_CASE("invalid UTF-8 is replaced", "[text]") {
  const std::string r = "\xEF\xBF\xBD";
  const std::vector<Repair> repairs = {
      {"stray continuation byte",
       "a\x80"
       "b",
       "a" + r + "b", 1},
      {"truncated at the end", "a\xE2\x82", "a" + r, 1},
      {"truncated four bytes at the end", "a\xF0\x9F\x98", "a" + r, 1},
      {"lead byte at the end", "a\xC3", "a" + r, 1},
      {"truncated before a letter", "\xE2\x82z", r + "z", 1},
      {"truncated before a character", "\xE2\x82\xC3\xA9", r + "\xC3\xA9", 1},
      {"overlong slash", "\xC0\xAF", r, 1},
      {"overlong in three bytes", "\xE0\x80\xAF!", r + "!", 1},
      {"overlong NUL", "\xC0\x80", r, 1},
      {"surrogate", "x\xED\xA0\x80y", "x" + r + "y", 1},
      {"above U+10FFFF", "\xF4\x90\x80\x80", r, 1},
      {"Latin-1", "caf\xE9 noir", "caf" + r + " noir", 1},
      {"bytes that begin nothing", "\xFF.\xFE", r + "." + r, 2},
      {"NUL bytes", std::string("a\0b\0", 4), "a" + r + "b" + r, 2},
  };
  for (const Repair& repair : repairs) {
    CAPTURE(repair.what);
    std::string bytes = repair.bytes;
    CHECK(ReplaceInvalidUtf8(bytes) == repair.replaced);
    CHECK(bytes == repair.repaired);
  }
}

TEST_CASE("valid UTF-8 is left untouched", "[text]") {
  const std::string valid =
      "plain \xC3\xA9 \xE2\x82\xAC \xED\x9F\xBF \xEE\x80\x80 \xF0\x9F\x98\x80 "
      "\xF4\x8F\xBF\xBF \xEF\xBF\xBD\n\t\x01";
  std::string bytes = valid;
  CHECK(ReplaceInvalidUtf8(bytes) == 0);
  CHECK(bytes == valid);
  bytes.clear();
  CHECK(ReplaceInvalidUtf8(bytes) == 0);
  CHECK(bytes.empty());
}

TEST_CASE("what has been repaired needs no second repair", "[text][prop]") {
  Random random(6);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (uint64_t k = random.Below(12); k > 0; --k) {
      bytes += static_cast<char>(random.Below(256));
    }
    ReplaceInvalidUtf8(bytes);
    const std::string repaired = bytes;
    CAPTURE(round);
    REQUIRE(ReplaceInvalidUtf8(bytes) == 0);
    REQUIRE(bytes == repaired);
  }
}

}  // namespace
}  // namespace storyfold
