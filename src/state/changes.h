#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "state/lasting_ids.h"
#include "storyfold/state.h"

namespace storyfold {

// What one night did to the articles whose stories were looked for.
struct NightOfStories {
  std::span<const std::string> ids;   // of the articles
  std::span<const uint32_t> earlier;  // story of each; kNoId: new
  std::span<const char> changed;      // whether each has a new text
  const LastingIds& stories;
  uint32_t first_new_story = 0;
};

// Returns what happened, by event, then story. Every article whose story is
// another one than before stands in one of the changes.
std::vector<StoryChange> DescribeChanges(const NightOfStories& night);

// Returns the change as a line of JSON without its end.
std::string ChangeAsJson(int64_t night, const StoryChange& change);

}  // namespace storyfold
