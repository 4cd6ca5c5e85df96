#include "io/json_text.h"

#include <absl/strings/str_format.h>

#include "base/short_escape.h"

namespace storyfold {
namespace {

bool NeedsEscape(char c) {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
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
    if (!NeedsEscape(text[i])) continue;
    out.append(text.substr(plain, i - plain));
    AppendEscape(text[i], out);
    plain = i + 1;
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
