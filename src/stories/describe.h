#pragma once

#include <span>

#include "stories/cluster.h"
#include "storyfold/article.h"
#include "storyfold/stories.h"

namespace storyfold {

// Returns the stories of `model` as people see them: members by time, a
// headline, the terms that hold them together. Of settled ones, which were
// described before, only the members.
Stories DescribeStories(std::span<const Article> articles,
                        const StoryModel& model);

// Returns what an article is called: its title, or the start of its text where
// it has none, at most 160 bytes.
std::string DisplayTitle(const Article& article);

// Returns the words `article` uses for the given terms, in their order; for one
// that it uses only inside of compounds the word among `parts` (see TermBags).
// A term that is in neither is left out.
std::vector<std::string> SpellTerms(const Article& article,
                                    std::span<const uint64_t> terms,
                                    std::span<const CompoundPart> parts);

}  // namespace storyfold
