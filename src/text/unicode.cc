// Unicode properties come from utf8proc. Looking each character up there costs
// tens of nanoseconds, so the first 64 Ki code points are asked once and kept
// in a table of 8 bytes each; the rest (emoji, rare ideographs) is asked every
// time.
//
// Folding one code point at a time equals folding the word (NFKC, then case
// folding) only where nothing composes or expands. CodePointInfo::folded is 0
// for the others: combining marks, conjoining Hangul, ligatures, the German
// sharp s. Words that hold one of them are folded whole.
//
// Tested by: tests/text/unicode_test.cc, which compares both ways.

#include "text/unicode.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

namespace storyfold {
namespace {

constexpr uint32_t kTableSize = 0x10000;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct ScriptRange {
  uint32_t first;
  uint32_t last;
  Script script;
};

// Unicode blocks; letters outside of them are kOther.
constexpr ScriptRange kScriptRanges[] = {
    {0x0041, 0x024F, Script::kLatin},
    {0x0370, 0x03FF, Script::kGreek},
    {0x0400, 0x052F, Script::kCyrillic},
    {0x0590, 0x05FF, Script::kHebrew},
    {0x0600, 0x06FF, Script::kArabic},
    {0x0750, 0x077F, Script::kArabic},
    {0x08A0, 0x08FF, Script::kArabic},
    {0x0E00, 0x0EFF, Script::kSoutheastAsian},
    {0x1000, 0x109F, Script::kSoutheastAsian},
    {0x1100, 0x11FF, Script::kHangul},
    {0x1780, 0x17FF, Script::kSoutheastAsian},
    {0x1E00, 0x1EFF, Script::kLatin},
    {0x1F00, 0x1FFF, Script::kGreek},
    {0x2E80, 0x2FDF, Script::kHan},
    {0x3005, 0x3007, Script::kHan},
    {0x3040, 0x30FF, Script::kKana},
    {0x31F0, 0x31FF, Script::kKana},
    {0x3130, 0x318F, Script::kHangul},
    {0x3400, 0x4DBF, Script::kHan},
    {0x4E00, 0x9FFF, Script::kHan},
    {0xAC00, 0xD7AF, Script::kHangul},
    {0xF900, 0xFAFF, Script::kHan},
    {0xFB50, 0xFDFF, Script::kArabic},
    {0xFE70, 0xFEFF, Script::kArabic},
    {0xFF21, 0xFF5A, Script::kLatin},
    {0xFF66, 0xFF9F, Script::kKana},
    {0x20000, 0x3FFFF, Script::kHan},
};

Script ScriptOf(uint32_t code_point) {
  for (const ScriptRange& range : kScriptRanges) {
    if (code_point >= range.first && code_point <= range.last) {
      return range.script;
    }
  }
  return Script::kOther;
}

// The half-width voiced sound marks are letters to Unicode, but fold to marks.
bool IsMark(uint32_t code_point, utf8proc_category_t category) {
  if (code_point == 0xFF9E || code_point == 0xFF9F) return true;
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
         category == UTF8PROC_CATEGORY_ME;
}

bool IsLetter(utf8proc_category_t category) {
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL ||
         category == UTF8PROC_CATEGORY_LT || category == UTF8PROC_CATEGORY_LM ||
         category == UTF8PROC_CATEGORY_LO || category == UTF8PROC_CATEGORY_NL;
}

// Returns what `code_point` folds to alone, or 0 when that is not one code
// point.
uint32_t FoldAlone(uint32_t code_point) {
  std::string bytes;
  AppendUtf8(code_point, bytes);
  const std::string folded = FoldWord(bytes);
  if (folded.empty()) return 0;
  const DecodedCodePoint first = DecodeUtf8(folded);
  return first.length == folded.size() ? first.value : 0;
}

CodePointInfo ComputeInfo(uint32_t code_point) {
  CodePointInfo info;
  const utf8proc_property_t* property =
      utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
  const auto category = static_cast<utf8proc_category_t>(property->category);
  // U+200B separates words; the other ignorable format characters join.
  info.is_ignored = property->ignorable && code_point != 0x200B;
  info.is_digit = category == UTF8PROC_CATEGORY_ND;
  info.is_upper =
      category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
  info.is_mark = IsMark(code_point, category);
  info.in_word = info.is_digit || IsLetter(category) || info.is_mark ||
                 category == UTF8PROC_CATEGORY_NO;
  if (IsLetter(category) || info.is_mark) info.script = ScriptOf(code_point);
  if (info.in_word && !info.is_mark) {
    const uint32_t folded = FoldAlone(code_point);
    const bool conjoins = folded >= 0x1100 && folded <= 0x11FF;
    info.folded = conjoins ? 0 : folded;
  }
  return info;
}

const std::vector<CodePointInfo>& Table() {
  static const std::vector<CodePointInfo> table = [] {
    std::vector<CodePointInfo> rows(kTableSize);
    for (uint32_t c = 0; c < kTableSize; ++c) {
      const bool surrogate = c >= 0xD800 && c < 0xE000;
      if (!surrogate) rows[c] = ComputeInfo(c);
    }
    return rows;
  }();
  return table;
}

// Returns the length of the well-formed sequence at `i`, or 0.
size_t ValidSequenceLength(std::string_view bytes, size_t i) {
  utf8proc_int32_t code_point = 0;
  const auto length = utf8proc_iterate(
      reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()) + i,
      static_cast<utf8proc_ssize_t>(bytes.size() - i), &code_point);
  return length > 0 && code_point != 0 ? static_cast<size_t>(length) : 0;
}

}  // namespace

CodePointInfo LookUpCodePoint(uint32_t code_point) {
  static const std::vector<CodePointInfo>& table = Table();
  return code_point < kTableSize ? table[code_point] : ComputeInfo(code_point);
}

std::string FoldWord(std::string_view word) {
  utf8proc_uint8_t* folded = nullptr;
  const auto length = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(word.data()),
      static_cast<utf8proc_ssize_t>(word.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                     UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                     UTF8PROC_IGNORE));
  if (length < 0) return std::string(word);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(
      folded, std::free);
  return {reinterpret_cast<const char*>(folded), static_cast<size_t>(length)};
}

size_t ReplaceInvalidUtf8(std::string& bytes) {
  std::string repaired;
  size_t replaced = 0;
  for (size_t i = 0; i < bytes.size();) {
    const size_t length = ValidSequenceLength(bytes, i);
    if (length > 0) {
      repaired.append(bytes, i, length);
      i += length;
      continue;
    }
    repaired += kReplacement;
    ++replaced;
    ++i;
    while (i < bytes.size() &&
           (static_cast<unsigned char>(bytes[i]) & 0xC0) == 0x80) {
      ++i;
    }
  }
  if (replaced > 0) bytes = std::move(repaired);
  return replaced;
}

}  // namespace storyfold
