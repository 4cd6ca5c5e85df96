#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "base/background.h"
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

// The state of lines that the last night left; an empty one before the first.
// Some 70 MB a week of 20,000 articles a night, so it is read in the background
// from when the object is made. Errors (DataLoss): it is missing or damaged.
class LinesOfLastNight : public Background<absl::StatusOr<LineState>> {
 public:
  LinesOfLastNight(const StateFiles& files, Database& database);
};

// Counts the lines of a batch on top of `before`, which is taken.
// Errors: those of `before`.
absl::StatusOr<NightLines> CountNightLines(LinesOfLastNight& before,
                                           const PagesOfNight& night,
                                           const BoilerplateOptions& options);

}  // namespace storyfold
