#include "io/json_text.h"

#include <absl/strings/str_format.h>

#include "base/short_escape.h"

namespace storyfold {
namespace {

bool NeedsEscape(char c) {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 ||
         c == '\x7F';
}

// Whether a byte begins characters of which some move the cursor of a terminal
// or turn the order of words around.
bool MayBeginControl(char c) { return c == '\xC2' || c == '\xE2'; }

// Returns the control character that `bytes` begins with (U+0080 to U+009F,
// U+202A to U+202E, U+2066 to U+2069); 0 where there is none.
uint32_t ControlAt(std::string_view bytes) {
  const auto byte = [&](size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  if (byte(0) == 0xC2) return byte(1) >= 0x80 && byte(1) < 0xA0 ? byte(1) : 0;
  const bool overrides = byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE;
  const bool isolates = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  if (!overrides && !isolates) return 0;
  return 0x2000 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
}

void AppendEscape(char c, std::string& out) {
  const auto code = static_cast<unsigned char>(c);
  const std::string_view escape = ShortEscape(code);
  if (!escape.empty()) {
    out += escape;
  } else if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else {
    absl::StrAppendFormat(&out, "\\u%04x", unsigned{code});
  }
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (NeedsEscape(text[i])) {
      out.append(text.substr(plain, i - plain));
      AppendEscape(text[i], out);
      plain = i + 1;
    } else if (MayBeginControl(text[i])) {
      const uint32_t control = ControlAt(text.substr(i));
      if (control == 0) continue;
      out.append(text.substr(plain, i - plain));
      absl::StrAppendFormat(&out, "\\u%04x", control);
      plain = i + (control < 0x100 ? 2 : 3);
    }
  }
  out.append(text.substr(plain));
  out += '"';
}

void AppendJsonNumber(double value, std::string& out) {
  std::string digits = absl::StrFormat("%.4f", value);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  out += digits == "-0" ? "0" : digits;
}

std::string& JsonObject::Field(std::string_view name) {
  if (!first_) out_ += ',';
  first_ = false;
  AppendJsonString(name, out_);
  return out_ += ':';
}

}  // namespace storyfold
