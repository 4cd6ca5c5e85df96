#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "base/async_result.h"
#include "base/csr.h"
#include "boilerplate/line_state.h"
#include "boilerplate/story_lines.h"
#include "pipeline/fold.h"
#include "state/database.h"
#include "state/lasting_ids.h"
#include "state/night_batch.h"
#include "state/state_folder.h"

namespace storyfold {

// The lines of a night, counted with those of all nights before.
struct NightLines {
  RemovedLines removed;        // of the batch
  Csr<LinePlace> paragraphs;   // see ParagraphsOfFewTexts
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

// Returns the state of lines that the last night left, an empty one before the
// first. It is some 70 MB at 20,000 articles a night, so it is read while other
// things are done. Errors (DataLoss): it is missing or damaged.
AsyncResult<absl::StatusOr<LineState>> ReadLinesOfLastNight(
    const StateFiles& files, Database& database);

// Counts the lines of a batch on top of `before`.
NightLines CountNightLines(LineState before, const PagesOfNight& night,
                           const BoilerplateOptions& options);

// What one story tells again stays: takes its paragraphs out of the flags that
// the night adds, those of `after`, the rows of the batch after the night, and
// late ones. `numbers`: see PagesOfNight.
void KeepStoryLines(const NightBatch& batch, std::span<const uint32_t> numbers,
                    NightLines& lines, std::span<ArticleRow> after);

}  // namespace storyfold
