#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
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
  LineState state;             // after the night
};

// Whose lines are counted. Articles are known to the line state by `numbers`,
// texts by their clusters.
struct PagesOfNight {
  const NightBatch& batch;
  const CleanedCopies& found;
  const LastingIds& clusters;
  std::span<const uint32_t> numbers;  // of the batch, new ones included
  int64_t now = 0;
};

// Counts the lines of a batch on top of what the last night left.
// Errors (DataLoss): the line state is missing or damaged.
absl::StatusOr<NightLines> CountNightLines(const StateFiles& files,
                                           Database& database,
                                           const PagesOfNight& night,
                                           const BoilerplateOptions& options);

}  // namespace storyfold
