#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace storyfold {

// The scripts that are treated alike when text is cut into tokens or terms.
enum class Script : uint8_t {
  kNone,  // digits, symbols
  kLatin,
  kGreek,
  kCyrillic,
  kArabic,
  kHebrew,
  kHan,
  kKana,
  kHangul,
  kSoutheastAsian,  // Thai, Lao, Khmer, Myanmar: written without spaces
  kOther,
};

// Returns whether words of `script` are not separated by spaces, so that each
// of its characters is a token.
constexpr bool WrittenWithoutSpaces(Script script) {
  return script == Script::kHan || script == Script::kKana ||
         script == Script::kSoutheastAsian;
}

// What the tokeniser needs to know of a code point.
struct CodePointInfo {
  // The code point it folds to (NFKC and case folding), when that is one code
  // point and no composition with a neighbour is possible; 0 when the word has
  // to go through FoldWord.
  uint32_t folded = 0;
  Script script = Script::kNone;
  bool in_word = false;     // letter, digit or mark
  bool is_mark = false;     // combines with the character before
  bool is_digit = false;    // of any script
  bool is_upper = false;    // upper or title case
  bool is_ignored = false;  // soft hyphen, joiners: part of a word, not hashed
};

// Returns the properties of `code_point`; those of an unassigned code point
// are all zero. Thread-safe. The first call builds a table (5 ms).
CodePointInfo LookUpCodePoint(uint32_t code_point);

// A code point and the number of bytes it was read from.
struct DecodedCodePoint {
  uint32_t value = 0;
  size_t length = 0;
};

// Returns the code point at the start of `bytes`.
// REQUIRES: bytes is not empty and valid UTF-8
inline DecodedCodePoint DecodeUtf8(std::string_view bytes) {
  const auto at = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(bytes[i]));
  };
  const uint32_t lead = at(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {(lead & 0x1F) << 6 | (at(1) & 0x3F), 2};
  if (lead < 0xF0) {
    return {(lead & 0x0F) << 12 | (at(1) & 0x3F) << 6 | (at(2) & 0x3F), 3};
  }
  return {(lead & 0x07) << 18 | (at(1) & 0x3F) << 12 | (at(2) & 0x3F) << 6 |
              (at(3) & 0x3F),
          4};
}

// Appends `code_point` to `out` as UTF-8.
// REQUIRES: code_point is at most U+10FFFF and no surrogate
inline void AppendUtf8(uint32_t code_point, std::string& out) {
  const auto add = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0 | code_point >> 6);
    add(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    add(0xE0 | code_point >> 12);
    add(0x80 | (code_point >> 6 & 0x3F));
    add(0x80 | (code_point & 0x3F));
  } else {
    add(0xF0 | code_point >> 18);
    add(0x80 | (code_point >> 12 & 0x3F));
    add(0x80 | (code_point >> 6 & 0x3F));
    add(0x80 | (code_point & 0x3F));
  }
}

// Returns `word` in NFKC with case folded and ignorable code points removed.
// About 1 us: for the words that LookUpCodePoint cannot fold.
// REQUIRES: word is valid UTF-8
std::string FoldWord(std::string_view word);

// Replaces every maximal invalid sequence and every NUL byte of `bytes` by
// U+FFFD and returns how many there were. Leaves valid text untouched.
size_t ReplaceInvalidUtf8(std::string& bytes);

}  // namespace storyfold
