#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "storyfold/article.h"

namespace storyfold {

// Returns the language of each of the articles that `chosen` names, an ISO 639
// code: what the record says; else what the text shows; else, for one too short
// to show it, the language of most of the others in the same script. Empty
// where nothing tells. The views are good as long as the articles. Parallel and
// deterministic; 9 us an article whose record does not say.
std::vector<std::string_view> LanguagesOf(std::span<const Article> articles,
                                          std::span<const ArticleId> chosen);

// Returns whether `language` writes all nouns with a capital.
bool CapitalisesNouns(std::string_view language);

}  // namespace storyfold
