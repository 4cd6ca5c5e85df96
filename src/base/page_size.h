#pragma once

#include <cstddef>

namespace storyfold {

// Memory is mapped in pages of so many bytes.
constexpr size_t kPageSize = size_t{1} << 12;

// Returns `size` rounded up to whole pages.
constexpr size_t RoundUpToPages(size_t size) {
  return (size + kPageSize - 1) / kPageSize * kPageSize;
}

}  // namespace storyfold
