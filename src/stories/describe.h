#pragma once

#include <span>

#include "stories/cluster.h"
#include "storyfold/article.h"
#include "storyfold/stories.h"

namespace storyfold {

// Returns the stories of `model` as people see them: members by time, a
// headline, the terms that hold them together.
Stories DescribeStories(std::span<const Article> articles,
                        const StoryModel& model);

// Returns what an article is called: its title, or the start of its text where
// it has none, at most 160 bytes.
std::string DisplayTitle(const Article& article);

// Returns the words `article` uses for the given terms, in their order; a term
// that it does not use is left out.
std::vector<std::string> SpellTerms(const Article& article,
                                    std::span<const uint64_t> terms);

}  // namespace storyfold
