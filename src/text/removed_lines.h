#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/csr.h"
#include "storyfold/article.h"
#include "text/analysis.h"

namespace storyfold {

// The lines of each article that the later stages do not read, because they
// are boilerplate: numbers from 1, ascending. An object without rows removes
// nothing.
class RemovedLines {
 public:
  RemovedLines() = default;
  explicit RemovedLines(const std::vector<std::vector<uint32_t>>& rows)
      : rows_(ToCsr(rows)) {}
  // A row an article.
  static RemovedLines FromRows(Csr<uint32_t> rows) {
    RemovedLines lines;
    lines.rows_ = std::move(rows);
    return lines;
  }

  std::span<const uint32_t> Of(ArticleId article) const {
    if (article >= rows_.size()) return {};
    return rows_.Row(article);
  }

 private:
  Csr<uint32_t> rows_;
};

// Calls visit(line) for the lines of `analysis` whose number is not among
// `removed_lines`, in order.
template <typename Visit>
void ForEachKeptLine(const Analysis& analysis,
                     std::span<const uint32_t> removed_lines,
                     const Visit& visit) {
  auto removed = removed_lines.begin();
  for (uint32_t number = 1; const Line& line : analysis.lines) {
    if (removed != removed_lines.end() && *removed == number) {
      ++removed;
    } else {
      visit(line);
    }
    ++number;
  }
}

}  // namespace storyfold
