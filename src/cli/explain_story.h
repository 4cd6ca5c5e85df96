#pragma once

#include <absl/status/statusor.h>

#include <string>

#include "cli/config.h"
#include "cli/log.h"

namespace storyfold {

// Returns what there is to be said of the story config.article_a names: in a
// state by its name ("s00000012") or an article of it, in the folder of a run
// by an article. Errors: there is none; what cannot be read.
absl::StatusOr<std::string> ExplainStory(const Config& config, Log& log);

}  // namespace storyfold
