#pragma once

#include <absl/strings/string_view.h>

#include <string_view>

namespace storyfold {

// absl::string_view is std::string_view in some packagings of Abseil and a
// type of its own in others (Debian 12 and 13). Every crossing goes through
// these two.
inline absl::string_view ToAbsl(std::string_view view) {
  return {view.data(), view.size()};
}
inline std::string_view FromAbsl(absl::string_view view) {
  return {view.data(), view.size()};
}

}  // namespace storyfold
