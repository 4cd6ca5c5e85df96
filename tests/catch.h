#pragma once

// Catch2 2 (Debian 12) and 3 (later) name their headers differently; this one
// picks. Tests use Approx, Contains and StartsWith without a namespace.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
namespace storyfold {
using Catch::Approx;
using Catch::Matchers::ContainsSubstring;
}  // namespace storyfold
#else
#include <catch2/catch.hpp>
#include <string>
namespace storyfold {
inline auto ContainsSubstring(const std::string& text) {
  return Catch::Matchers::Contains(text);
}
}  // namespace storyfold
#endif
