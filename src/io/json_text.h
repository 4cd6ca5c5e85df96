#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <type_traits>

namespace storyfold {

// Appends `text` as a JSON string with its quotation marks. People look at JSON
// in terminals: C1 controls and those that turn the order of words around are
// escaped, too (see text/printable.h). Bytes that are no valid UTF-8 are
// written as they are.
void AppendJsonString(std::string_view text, std::string& out);

// Appends a share in [0, 1] (or a duration) with four decimals, without
// trailing zeros: "0.9375", "1", "0".
void AppendJsonNumber(double value, std::string& out);

// Writes one JSON object, field by field, in the order of the calls. The
// object is complete after Close.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }

  // Begins a field; the caller appends its value to the string.
  std::string& Field(std::string_view name);

  void Add(std::string_view name, std::string_view text) {
    AppendJsonString(text, Field(name));
  }
  void Add(std::string_view name, const char* text) {
    Add(name, std::string_view(text));
  }
  void Add(std::string_view name, double value) {
    AppendJsonNumber(value, Field(name));
  }
  void Add(std::string_view name, size_t value) {
    Field(name) += std::to_string(value);
  }
  void AddNull(std::string_view name) { Field(name) += "null"; }

  // Adds an array of strings.
  template <typename Range>
  void AddStrings(std::string_view name, const Range& range) {
    Field(name) += '[';
    const char* separator = "";
    for (const auto& text : range) {
      out_ += separator;
      AppendJsonString(text, out_);
      separator = ",";
    }
    out_ += ']';
  }

  // Adds an array of numbers.
  template <typename Range>
  void AddNumbers(std::string_view name, const Range& range) {
    Field(name) += '[';
    const char* separator = "";
    for (const auto number : range) {
      out_ += separator;
      separator = ",";
      if constexpr (std::is_floating_point_v<
                        std::remove_cv_t<decltype(number)>>) {
        AppendJsonNumber(number, out_);
      } else {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof(digits), number);
        out_.append(digits, end.ptr);
      }
    }
    out_ += ']';
  }

  void Close() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace storyfold
