#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "storyfold/article.h"

namespace storyfold {

// Returns the language of each of `chosen`: what its record says; where that is
// nothing, what most of the others of its script have; where none of them says
// anything, the name of the script. The views are the articles' or static.
// Parallel and deterministic.
std::vector<std::string_view> LanguagesOrScripts(
    std::span<const Article> articles, std::span<const ArticleId> chosen);

}  // namespace storyfold
