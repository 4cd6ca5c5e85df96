#pragma once

#include <absl/status/statusor.h>

#include <optional>
#include <string>
#include <string_view>

#include "state/stored_evidence.h"

namespace storyfold {

// Two articles of a state with those they were compared with, as far as they
// are stored: all that explains them.
struct StoredPair : StoredEvidence {
  ArticleId a = 0;
  ArticleId b = 0;
  std::optional<bool> pinned_same;  // what a person said of the two
};

// Returns the articles within the window of either. Errors: an unknown id.
absl::StatusOr<StoredPair> LoadStoredPair(const std::string& folder,
                                          std::string_view a,
                                          std::string_view b);

}  // namespace storyfold
