#pragma once

#include <absl/strings/ascii.h>

#include <string_view>

#include "base/string_view.h"

namespace storyfold {

// Returns `line` without the white space of ASCII around it.
inline std::string_view TrimSpace(std::string_view line) {
  return FromAbsl(absl::StripAsciiWhitespace(ToAbsl(line)));
}

}  // namespace storyfold
