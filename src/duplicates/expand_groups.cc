#include "duplicates/expand_groups.h"

#include <algorithm>

namespace storyfold {

bool ExpandGroup(std::span<const ArticleId> group, size_t max_bucket,
                 AddPair add) {
  const bool oversize = group.size() > max_bucket;
  for (size_t i = 0; i < group.size(); ++i) {
    const size_t end = oversize ? std::min(i + 2, group.size()) : group.size();
    for (size_t j = i + 1; j < end; ++j) add(group[i], group[j]);
  }
  return oversize;
}

bool ExpandGroupPair(std::span<const ArticleId> x, std::span<const ArticleId> y,
                     size_t max_bucket, AddPair add) {
  const auto add_in_order = [&](ArticleId a, ArticleId b) {
    add(std::min(a, b), std::max(a, b));
  };
  if (x.size() * y.size() > max_bucket * max_bucket / 2) {
    for (const ArticleId b : y) add_in_order(x[0], b);
    for (const ArticleId a : x.subspan(1)) add_in_order(a, y[0]);
    return true;
  }
  for (const ArticleId a : x) {
    for (const ArticleId b : y) add_in_order(a, b);
  }
  return false;
}

}  // namespace storyfold
