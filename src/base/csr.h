#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <type_traits>
#include <utility>
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

// Returns the rows make_row(i, scratch) for every i in [0, size): vectors of
// one type. In parallel (see ParallelForWithScratch). Beside the result there
// are never more than 16,384 rows at a time.
template <typename Scratch, typename MakeRow>
auto MakeRows(size_t size, const MakeRow& make_row) {
  using Row = std::invoke_result_t<const MakeRow&, size_t, Scratch&>;
  constexpr size_t kBlock = 1 << 14;
  Csr<typename Row::value_type> csr;
  csr.offsets.reserve(size + 1);
  std::vector<Row> blocks;  // the values of each
  for (size_t begin = 0; begin < size; begin += kBlock) {
    std::vector<Row> rows(std::min(kBlock, size - begin));
    ParallelForWithScratch<Scratch>(rows.size(),
                                    [&](size_t k, Scratch& scratch) {
                                      rows[k] = make_row(begin + k, scratch);
                                    });
    auto block = ToCsr(rows);
    for (const Row& row : rows) {
      csr.offsets.push_back(csr.offsets.back() + row.size());
    }
    blocks.push_back(std::move(block.values));
  }
  csr.values.reserve(csr.offsets.back());
  for (Row& block : blocks) {
    csr.values.insert(csr.values.end(), block.begin(), block.end());
    block = Row();
  }
  return csr;
}

// The same for rows make_row(i).
template <typename MakeRow>
auto MakeRows(size_t size, const MakeRow& make_row) {
  struct None {};
  return MakeRows<None>(size, [&](size_t i, None&) { return make_row(i); });
}

// Returns the values that for_each(visit) gives, by calls of visit(row, value),
// in `num_rows` rows; those of a row in the order of the calls. for_each is
// called twice. O(both), serial.
template <typename T, typename ForEach>
Csr<T> FillRows(size_t num_rows, const ForEach& for_each) {
  Csr<T> csr;
  csr.offsets.assign(num_rows + 1, 0);
  for_each([&](size_t row, const T&) { ++csr.offsets[row + 1]; });
  std::inclusive_scan(csr.offsets.begin(), csr.offsets.end(),
                      csr.offsets.begin());
  csr.values.resize(csr.offsets.back());
  std::vector<size_t> next(csr.offsets.begin(), csr.offsets.end() - 1);
  for_each(
      [&](size_t row, const T& value) { csr.values[next[row]++] = value; });
  return csr;
}

// Returns the values in `num_rows` rows: each in the row that row_of(value)
// says, those of a row in the order in which they were. O(both), serial.
template <typename T, typename RowOf>
Csr<T> GroupByRow(std::span<const T> values, size_t num_rows,
                  const RowOf& row_of) {
  return FillRows<T>(num_rows, [&](const auto& visit) {
    for (const T& value : values) visit(row_of(value), value);
  });
}

}  // namespace storyfold
