// "And did he go?", in English, Hindi and Arabic:
//
//   And did he go?
//   और क्या वह चला गया?      a danda ends what is told: वह चला गया।
//   وهل ذهب؟
//   'And did he go?'        the mark is behind the single quotation mark
//
// A double quotation mark at the end of a line closes speech, whichever it is:
// „Ja“, »Ja«, ”Ja”. A single one is an apostrophe as often ("the dogs'"), so it
// is looked through.
//
// Without gain: looking through brackets, too ("(Roundup!)"; some teasers
// stay).
//
// Tested by: tests/boilerplate/sentence_end_test.cc

#include "boilerplate/sentence_end.h"

#include <algorithm>
#include <cstdint>

#include "text/unicode.h"

namespace storyfold {
namespace {

struct CodePoints {
  uint32_t first;
  uint32_t last;
};

// Outside of ASCII: terminals of sentences in the scripts newspapers are
// written in (Unicode's Sentence_Terminal), ellipses and double quotation
// marks.
constexpr CodePoints kEnds[] = {
    {0x00AB, 0x00AB},  // «
    {0x00BB, 0x00BB},  // »
    {0x0589, 0x0589},  // Armenian
    {0x061D, 0x061F},  // Arabic: ؟
    {0x06D4, 0x06D4},  // Urdu: ۔
    {0x0700, 0x0702},  // Syriac
    {0x0964, 0x0965},  // of India: । ॥
    {0x104A, 0x104B},  // Burmese: ။
    {0x1362, 0x1362},  // Ethiopic: ።
    {0x1367, 0x1368},  // Ethiopic: ፧ ፨
    {0x17D4, 0x17D5},  // Khmer: ។ ៕
    {0x1803, 0x1803},  // Mongolian
    {0x1809, 0x1809},  // Manchu
    {0x201C, 0x201D},  // “ ”
    {0x2026, 0x2026},  // …
    {0x203C, 0x203D},  // ‼ ‽
    {0x2047, 0x2049},  // ⁇ ⁈ ⁉
    {0x3002, 0x3002},  // 。
    {0x300D, 0x300D},  // 」
    {0x300F, 0x300F},  // 』
    {0xFF01, 0xFF01},  // ！
    {0xFF0E, 0xFF0E},  // ．
    {0xFF1F, 0xFF1F},  // ？
    {0xFF61, 0xFF61},  // ｡
    {0xFF63, 0xFF63},  // ｣
};

// The single quotation mark, white space, and marks of direction.
constexpr CodePoints kLookedThrough[] = {
    {0x2019, 0x2019}, {0x00A0, 0x00A0}, {0x061C, 0x061C},
    {0x2000, 0x200F}, {0x202A, 0x202F}, {0x2060, 0x2060},
    {0x2066, 0x2069}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF},
};

template <size_t n>
bool Contain(const CodePoints (&ranges)[n], uint32_t code_point) {
  return std::ranges::any_of(ranges, [&](const CodePoints& range) {
    return code_point >= range.first && code_point <= range.last;
  });
}

bool IsLookedThrough(uint32_t c) {
  return c < 0x80 ? c == '\'' || c == ' ' : Contain(kLookedThrough, c);
}
bool IsEnd(uint32_t c) {
  if (c >= 0x80) return Contain(kEnds, c);
  return c == '.' || c == '!' || c == '?' || c == '"';
}

// Returns the bytes of the last code point. REQUIRES: line is not empty
std::string_view LastCodePoint(std::string_view line) {
  size_t begin = line.size() - 1;
  while ((static_cast<unsigned char>(line[begin]) & 0xC0) == 0x80) --begin;
  return line.substr(begin);
}

}  // namespace

bool EndsLikeSentenceOfAnyScript(std::string_view line) {
  for (; !line.empty(); line.remove_suffix(LastCodePoint(line).size())) {
    const uint32_t last = DecodeUtf8(LastCodePoint(line)).value;
    if (!IsLookedThrough(last)) return IsEnd(last);
  }
  return false;
}

}  // namespace storyfold
