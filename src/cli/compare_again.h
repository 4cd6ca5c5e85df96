#pragma once

#include <absl/status/statusor.h>

#include "cli/config.h"
#include "cli/log.h"
#include "pipeline/fold.h"
#include "state/stored_evidence.h"
#include "storyfold/crawl.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// The articles and options of an earlier run, as its folder has them.
struct EarlierRun {
  Crawl crawl;
  PipelineOptions options;
};

// Errors: what cannot be read; the model of the run.
absl::StatusOr<EarlierRun> ReadEarlierRun(const Config& config, Log& log);

// Compares the articles of a run again, which gives the same result. Errors:
// its records were changed meanwhile.
absl::StatusOr<ExplainedFolding> CompareAgain(const EarlierRun& run, Log& log);

// Compares stored articles again, as the last night would. Errors: another
// model than the state's, or none.
absl::StatusOr<ExplainedFolding> CompareAgain(const Config& config,
                                              StoredEvidence& stored, Log& log);

}  // namespace storyfold
