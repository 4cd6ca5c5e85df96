#include "io/json_check.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace storyfold {
namespace {

namespace od = simdjson::ondemand;

constexpr int kMostNested = 1000;

// Returns the end of the digits from `i` on.
size_t SkipDigits(std::string_view text, size_t i) {
  return std::min(text.find_first_not_of("0123456789", i), text.size());
}

bool IsNumber(std::string_view text) {
  const size_t whole = text.starts_with('-') ? 1 : 0;
  size_t end = SkipDigits(text, whole);
  if (end == whole || (text[whole] == '0' && end > whole + 1)) return false;
  if (end < text.size() && text[end] == '.') {
    const size_t decimals = end + 1;
    end = SkipDigits(text, decimals);
    if (end == decimals) return false;
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    size_t power = end + 1;
    if (power < text.size() && (text[power] == '+' || text[power] == '-')) {
      ++power;
    }
    end = SkipDigits(text, power);
    if (end == power) return false;
  }
  return end == text.size();
}

bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
         (c >= 'A' && c <= 'F');
}

// Returns the value of the \uXXXX escape at `i`, or nothing.
std::optional<uint32_t> UnicodeEscape(std::string_view json, size_t i) {
  if (i + 6 > json.size() || json[i] != '\\' || json[i + 1] != 'u' ||
      !std::all_of(json.begin() + static_cast<ptrdiff_t>(i + 2),
                   json.begin() + static_cast<ptrdiff_t>(i + 6), IsHex)) {
    return std::nullopt;
  }
  return static_cast<uint32_t>(
      std::stoul(std::string(json.substr(i + 2, 4)), nullptr, 16));
}

// Returns whether all escapes of a JSON string are known ones.
bool HasValidEscapes(std::string_view json) {
  for (size_t i = json.find('\\'); i != std::string_view::npos;
       i = json.find('\\', i)) {
    if (i + 1 == json.size()) return false;
    const bool known = json[i + 1] == 'u'
                           ? UnicodeEscape(json, i).has_value()
                           : std::string_view("\"\\/bfnrt").find(json[i + 1]) !=
                                 std::string_view::npos;
    if (!known) return false;
    i += 2;
  }
  return true;
}

// Checks a value that is a string, number, true, false or null. simdjson finds
// the places where values begin and ends strings; what stands there is looked
// at only when it is asked for.
absl::Status CheckScalar(std::string_view token) {
  const bool valid = token.starts_with('"')
                         ? HasValidEscapes(token)
                         : token == "true" || token == "false" ||
                               token == "null" || IsNumber(token);
  if (valid) return absl::OkStatus();
  return absl::InvalidArgumentError("broken json: an invalid value");
}

absl::Status CheckValueAt(od::value value, int depth);

absl::Status CheckObjectAt(od::object object, int depth) {
  for (auto entry : object) {
    od::field field;
    if (const auto error = std::move(entry).get(field))
      return BrokenJson(error);
    const absl::Status status = CheckValueAt(field.value(), depth);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckValueAt(od::value value, int depth) {
  if (depth > kMostNested) {
    return absl::InvalidArgumentError("json is nested too deep");
  }
  od::json_type type;
  if (const auto error = value.type().get(type)) return BrokenJson(error);
  if (type == od::json_type::object) {
    od::object object;
    if (const auto error = value.get_object().get(object))
      return BrokenJson(error);
    return CheckObjectAt(object, depth + 1);
  }
  if (type != od::json_type::array) {
    return CheckScalar(TrimJson(value.raw_json_token()));
  }
  od::array array;
  if (const auto error = value.get_array().get(array)) return BrokenJson(error);
  for (auto entry : array) {
    od::value element;
    if (const auto error = std::move(entry).get(element))
      return BrokenJson(error);
    const absl::Status status = CheckValueAt(element, depth + 1);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// simdjson's version in Ubuntu 24.04 (3.6) has to be told that lone surrogates
// are errors; for others they are where they are not told.
template <typename Field>
simdjson::simdjson_result<std::string_view> Unescaped(Field& field) {
  if constexpr (requires { field.unescaped_key(); }) {
    return field.unescaped_key();
  } else {
    return field.unescaped_key(false);
  }
}

}  // namespace

std::string_view TrimJson(std::string_view line) {
  const char* kSpace = " \t\r\n";
  const size_t begin = line.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kSpace) - begin + 1);
}

absl::Status NotAnObject(std::string_view json) {
  return absl::InvalidArgumentError(
      TrimJson(json).starts_with('[')
          ? "one json object a line is read, not an array"
          : "not a json object");
}

absl::Status BrokenJson(simdjson::error_code code) {
  return absl::InvalidArgumentError(
      absl::StrCat("broken json: ", simdjson::error_message(code)));
}

absl::Status CheckValue(od::value value) { return CheckValueAt(value, 1); }

absl::Status CheckObject(od::object object) { return CheckObjectAt(object, 1); }

simdjson::simdjson_result<std::string_view> NameOf(od::field& field) {
  return Unescaped(field);
}

size_t ReplaceLoneSurrogates(std::string& json) {
  size_t replaced = 0;
  for (size_t i = 0; i + 1 < json.size(); ++i) {
    if (json[i] != '\\') continue;
    const std::optional<uint32_t> unit = UnicodeEscape(json, i);
    if (!unit) {
      ++i;  // an escape of two characters
      continue;
    }
    const bool high = *unit >= 0xD800 && *unit < 0xDC00;
    const bool low = *unit >= 0xDC00 && *unit < 0xE000;
    const uint32_t next = UnicodeEscape(json, i + 6).value_or(0);
    if (high && next >= 0xDC00 && next < 0xE000) {
      i += 11;
      continue;
    }
    if (high || low) {
      json.replace(i, 6, "\\ufffd");
      ++replaced;
    }
    i += 5;
  }
  return replaced;
}

}  // namespace storyfold
