#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "base/threads.h"

namespace storyfold {

// Rows of different lengths stored back to back (compressed sparse rows).
// Row i is values[offsets[i] .. offsets[i + 1]).
template <typename T>
struct Csr {
  std::vector<size_t> offsets = {0};
  std::vector<T> values;

  size_t size() const { return offsets.size() - 1; }
  std::span<const T> Row(size_t i) const {
    return {values.data() + offsets[i], offsets[i + 1] - offsets[i]};
  }
  std::span<T> Row(size_t i) {
    return {values.data() + offsets[i], offsets[i + 1] - offsets[i]};
  }
};

// Returns the rows of `rows` as one Csr, in order.
template <typename T>
Csr<T> ToCsr(const std::vector<std::vector<T>>& rows) {
  Csr<T> csr;
  csr.offsets.reserve(rows.size() + 1);
  for (const auto& row : rows) {
    csr.offsets.push_back(csr.offsets.back() + row.size());
  }
  csr.values.resize(csr.offsets.back());
  ParallelFor(rows.size(), [&](size_t i) {
    std::copy(rows[i].begin(), rows[i].end(), csr.Row(i).begin());
  });
  return csr;
}

// Returns the values in `num_rows` rows: each in the row that row_of(value)
// says, those of a row in the order in which they were. O(both), serial.
template <typename T, typename RowOf>
Csr<T> GroupByRow(std::span<const T> values, size_t num_rows,
                  const RowOf& row_of) {
  Csr<T> csr;
  csr.offsets.assign(num_rows + 1, 0);
  for (const T& value : values) ++csr.offsets[row_of(value) + 1];
  std::inclusive_scan(csr.offsets.begin(), csr.offsets.end(),
                      csr.offsets.begin());
  csr.values.resize(values.size());
  std::vector<size_t> next = csr.offsets;
  for (const T& value : values) csr.values[next[row_of(value)]++] = value;
  return csr;
}

}  // namespace storyfold
