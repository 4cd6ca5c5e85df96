#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace storyfold {

// Returns the longest runs of `items` whose members are alike the first of the
// run, in order.
template <typename T, typename AreAlike>
std::vector<std::span<const T>> CutIntoRuns(std::span<const T> items,
                                            const AreAlike& are_alike) {
  std::vector<std::span<const T>> runs;
  for (size_t begin = 0; begin < items.size();) {
    size_t end = begin + 1;
    while (end < items.size() && are_alike(items[begin], items[end])) ++end;
    runs.push_back(items.subspan(begin, end - begin));
    begin = end;
  }
  return runs;
}

}  // namespace storyfold
