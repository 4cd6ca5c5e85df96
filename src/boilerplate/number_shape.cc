// A line of nothing but numbers is told by what stands between them, as it is
// typed, but for what writers vary:
//
//   14:05   9:40   ١٤:٠٥       #:#    digits of any script
//   12  30  14<no-break>05     # #    white space of any kind and width
//   - 3 -   – 4 –   -- 5 --    - # -  dashes of any kind and width
//   12   1,234   5 678 901     #      marks before groups of three digits
//   1986.                      #.     another line than "1986"
//
// Tested by: tests/boilerplate/number_shape_test.cc

#include "boilerplate/number_shape.h"

#include <vector>

#include "text/unicode.h"

namespace storyfold {
namespace {

constexpr uint32_t kDigit = '0';  // stands for all digits
constexpr uint32_t kSlot = '#';
constexpr size_t kDigitsOfGroup = 3;

bool IsSpace(uint32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool IsDash(uint32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

bool IsGroupMark(uint32_t c) {
  return c == ',' || c == '.' || c == '\'' || c == ' ' || c == 0x2019 ||
         c == 0x66C;
}

// Returns the characters of a line, all digits, spaces and dashes as one of
// their kind, and spaces and dashes once where several stand in a row.
std::vector<uint32_t> FoldCharacters(std::string_view line) {
  std::vector<uint32_t> folded;
  while (!line.empty()) {
    const auto [c, length] = DecodeUtf8(line);
    line.remove_prefix(length);
    const CodePointInfo info = LookUpCodePoint(c);
    if (info.is_ignored) continue;
    const uint32_t kind = info.is_digit ? kDigit
                          : IsSpace(c)  ? ' '
                          : IsDash(c)   ? '-'
                                        : c;
    const bool once = kind == ' ' || kind == '-';
    if (!once || folded.empty() || folded.back() != kind)
      folded.push_back(kind);
  }
  return folded;
}

// Returns the end of the digits from `begin` on.
size_t EndOfDigits(const std::vector<uint32_t>& line, size_t begin) {
  while (begin < line.size() && line[begin] == kDigit) ++begin;
  return begin;
}

// Returns the end of the number from `begin` on, with its groups of digits.
size_t EndOfNumber(const std::vector<uint32_t>& line, size_t begin) {
  size_t end = EndOfDigits(line, begin);
  if (end - begin > kDigitsOfGroup) return end;
  while (end < line.size() && IsGroupMark(line[end]) &&
         EndOfDigits(line, end + 1) == end + 1 + kDigitsOfGroup) {
    end += 1 + kDigitsOfGroup;
  }
  return end;
}

}  // namespace

std::string ShapeOfNumbers(std::string_view line) {
  const std::vector<uint32_t> folded = FoldCharacters(line);
  std::string shape;
  for (size_t i = 0; i < folded.size();) {
    const bool is_number = folded[i] == kDigit;
    AppendUtf8(is_number ? kSlot : folded[i], shape);
    i = is_number ? EndOfNumber(folded, i) : i + 1;
  }
  return shape;
}

}  // namespace storyfold
