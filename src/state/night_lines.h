#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "boilerplate/line_state.h"
#include "pipeline/fold.h"
#include "state/database.h"
#include "state/lasting_ids.h"
#include "state/night_batch.h"
#include "state/state_folder.h"

namespace storyfold {

// The lines of a night, counted with those of all nights before.
struct NightLines {
  RemovedLines removed;        // of the batch
  std::vector<LateLine> late;  // of stored articles, by number
  std::string bytes;           // the line state after the night
};

// Counts the lines of a batch on top of what the last night left. Articles are
// known there by `numbers`, texts by their clusters.
// Errors (DataLoss): the line state is missing or damaged.
absl::StatusOr<NightLines> CountNightLines(
    const StateFiles& files, Database& database, const NightBatch& batch,
    const CleanedCopies& found, const LastingIds& clusters,
    std::span<const uint32_t> numbers, const BoilerplateOptions& options,
    int64_t now);

}  // namespace storyfold
