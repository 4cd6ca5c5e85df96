#pragma once

#include <span>
#include <string>
#include <vector>

#include "state/incoming.h"
#include "state/window.h"
#include "storyfold/article.h"

namespace storyfold {

// Returns whether what an article says has next to nothing in common with what
// it said: less than one of ten word pairs of the shorter text. That is no
// correction but another article. False where one of them has no two words.
bool IsReplaced(const Article& before, const Article& now);

// Returns the ids of the changed articles that are replaced; `before` are all
// changed ones as they are stored.
std::vector<std::string> FindReplaced(const Window& before,
                                      const Incoming& incoming,
                                      std::span<const Article> articles);

// Returns what a person should know where known ids, these, came with what
// other articles say; nothing where there are none.
std::vector<std::string> WarningsOfReplaced(std::span<const std::string> ids);

}  // namespace storyfold
