#pragma once

#include <absl/status/status.h>

#include "cli/config.h"

namespace storyfold {

// One function a command. Results go to standard output or into the folder
// named, progress to standard error. Errors are for the user to read.
absl::Status RunRun(const Config& config);
absl::Status RunDedup(const Config& config);
absl::Status RunPairs(const Config& config);
absl::Status RunClusters(const Config& config);
absl::Status RunBoilerplate(const Config& config);
absl::Status RunStories(const Config& config);
absl::Status RunExplain(const Config& config);
absl::Status RunFingerprint(const Config& config);
absl::Status RunBackground(const Config& config);
absl::Status RunEval(const Config& config);
absl::Status RunUpdate(const Config& config);
absl::Status RunState(const Config& config);
absl::Status RunPin(const Config& config);
absl::Status RunReport(const Config& config);

}  // namespace storyfold
