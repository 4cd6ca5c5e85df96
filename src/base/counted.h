#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace storyfold {

// Returns a number with what is counted: "1 article is", "2 articles are".
inline std::string Counted(uint64_t number, std::string_view one,
                           std::string_view many) {
  std::string text = std::to_string(number);
  text += ' ';
  return text += number == 1 ? one : many;
}

// The same where many are one with an s: "1 article", "0 articles".
inline std::string Counted(uint64_t number, std::string_view one) {
  return Counted(number, one, std::string(one) + 's');
}

}  // namespace storyfold
