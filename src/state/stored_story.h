#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/stored_evidence.h"

namespace storyfold {

// A merger or split that a story was part of: `story` took in `other`, or lost
// articles to it.
struct StoredMove {
  int64_t night = 0;
  bool merged = false;
  uint32_t story = 0;
  uint32_t other = 0;
  std::vector<std::string> articles;  // their ids
};

// What a state knows of a story, and the articles of the window before its
// last one: those that it was compared with last.
struct StoredStory : StoredEvidence {
  uint32_t story = 0;
  std::string headline;
  bool is_headline_pinned = false;
  std::string terms;    // with commas between them
  int64_t created = 0;  // nights
  int64_t updated = 0;
  std::optional<int64_t> closed;
  std::vector<StoredMove> moves;             // oldest first
  std::vector<std::string> earlier_members;  // of before that window, by id

  // Of each story that one of the articles of `window` is in, by its number.
  std::map<uint32_t, std::string> headlines;
};

// Returns the story of this name ("s00000012"; of one that was merged, what it
// became), or that of the article with this id. Errors (NotFound): there is
// none; and what cannot be read of the state.
absl::StatusOr<StoredStory> LoadStoredStory(const std::string& folder,
                                            std::string_view name);

}  // namespace storyfold
