#pragma once

#include <absl/status/status.h>

#include "cli/config.h"

namespace storyfold {

// Returns an error where a command would write over what it reads: an input,
// --words, or with --metrics a file of the state. Links are followed. Where
// such a file is there already the inputs are listed, but not read.
absl::Status CheckOutputs(const Config& config);

}  // namespace storyfold
