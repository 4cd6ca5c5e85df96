#pragma once

#include <absl/functional/function_ref.h>

#include <cstddef>
#include <span>

#include "storyfold/article.h"

namespace storyfold {

// The pairs of articles behind a group of equal ones, and behind two groups
// that were found to be alike. A group of m has m (m - 1) / 2 pairs, so beyond
// max_bucket a linear number of them stands for all.
using AddPair = absl::FunctionRef<void(ArticleId a, ArticleId b)>;

// Calls add(a, b), a < b, for every two members of `group`; of a group of more
// than max_bucket members for each with the next. Returns whether it was one.
// REQUIRES: `group` is ascending
bool ExpandGroup(std::span<const ArticleId> group, size_t max_bucket,
                 AddPair add);

// Calls add(a, b), a < b, for every member of `x` with every one of `y`; where
// that is more than max_bucket^2 / 2 pairs, for the first of each with all of
// the other. Returns whether it was.
// REQUIRES: neither is empty; they have no common member
bool ExpandGroupPair(std::span<const ArticleId> x, std::span<const ArticleId> y,
                     size_t max_bucket, AddPair add);

}  // namespace storyfold
