// What must not reach a terminal as it is, by code point:
//
//   C0 and DEL       0000-001F, 007F   ESC ] 0 ; ... BEL renames the window
//   C1               0080-009F         U+009B is ESC [ in one character
//   bidi overrides   202A-202E,        "\u202egnp.exe" reads "exe.png"
//   and isolates     2066-2069
//
// Marks of direction that only order their neighbours (200E, 200F) belong into
// Arabic and Hebrew texts and stay.
//
// Tested by: tests/text/printable_test.cc

#include "text/printable.h"

#include <absl/strings/str_format.h>

#include <algorithm>

#include "base/short_escape.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

bool MovesCursor(uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

bool TurnsOrder(uint32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// Returns whether a byte stands in none of the characters above, and is valid.
bool IsPlain(char c) { return c >= 0x20 && c < 0x7F; }

void AppendEscape(uint32_t c, std::string& out) {
  const std::string_view escape = ShortEscape(c);
  if (!escape.empty()) {
    out += escape;
  } else if (c < 0x100) {
    absl::StrAppendFormat(&out, "\\x%02x", c);
  } else {
    absl::StrAppendFormat(&out, "\\u%04x", c);
  }
}

// Returns the length of the valid UTF-8 character that `bytes` begins with; 0
// where there is none.
size_t ValidLength(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  const size_t length = lead < 0x80   ? 1
                        : lead < 0xC2 ? 0
                        : lead < 0xE0 ? 2
                        : lead < 0xF0 ? 3
                        : lead < 0xF5 ? 4
                                      : 0;
  if (length == 0 || length > bytes.size()) return 0;
  std::string character(bytes.substr(0, length));
  const bool is_valid = lead == 0 || ReplaceInvalidUtf8(character) == 0;
  return is_valid ? length : 0;
}

// Appends what `bytes` begins with; returns how many bytes of it that are.
size_t AppendFirst(std::string_view bytes, std::string& out) {
  const size_t length = ValidLength(bytes);
  if (length == 0) {
    AppendEscape(static_cast<unsigned char>(bytes[0]), out);
    return 1;
  }
  const uint32_t c = DecodeUtf8(bytes).value;
  if (MovesCursor(c) || TurnsOrder(c)) {
    AppendEscape(c, out);
  } else {
    out.append(bytes.substr(0, length));
  }
  return length;
}

}  // namespace

void AppendPrintable(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const auto plain = static_cast<size_t>(
        std::ranges::find_if_not(text, IsPlain) - text.begin());
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (!text.empty()) text.remove_prefix(AppendFirst(text, out));
  }
}

std::string Printable(std::string_view text) {
  std::string out;
  AppendPrintable(text, out);
  return out;
}

std::string PrintableStart(std::string_view text, size_t most) {
  std::string out;
  for (size_t i = 0; i < most && !text.empty(); ++i) {
    text.remove_prefix(AppendFirst(text, out));
  }
  return text.empty() ? out : out + "...";
}

std::string PrintableLines(std::string_view text) {
  std::string out;
  while (true) {
    const size_t end = text.find('\n');
    AppendPrintable(text.substr(0, end), out);
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

bool IsPrintable(std::string_view text) { return Printable(text) == text; }

}  // namespace storyfold
