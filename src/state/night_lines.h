#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "base/async_result.h"
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
  RemovedLines removed;  // of the batch
  RepeatedParagraphs paragraphs;
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

// Numbers of the articles of a batch, and what became of lasting ids.
struct IdsOfNight {
  std::span<const uint32_t> numbers;  // see PagesOfNight
  const LastingIds& clusters;
  const LastingIds& stories;
};

// Returns the state of lines that the last night left, an empty one before the
// first. It is some 70 MB at 20,000 articles a night, so it is read while other
// things are done. Errors (DataLoss): it is missing or damaged.
AsyncResult<absl::StatusOr<LineState>> ReadLinesOfLastNight(
    const StateFiles& files, Database& database);

// Counts the lines of a batch on top of `before`.
NightLines CountNightLines(LineState before, const PagesOfNight& night,
                           const BoilerplateOptions& options);

// Returns the lines that were removed tonight and those of stored articles that
// an earlier night flagged: what showed those may not be near tonight.
RemovedLines WithEarlierFlags(const NightBatch& batch,
                              const RemovedLines& removed);

// What one story tells again stays: takes its paragraphs out of the flags in
// `after`, the rows of the batch after the night, whichever night set them, and
// out of late flags. For texts that are not in the batch the catalogue, still
// as of the night before, says of which story they are. A page is judged when
// it is in a batch, and keeps what was said of it then.
void TakeBackStoryLines(const IdsOfNight& ids, Database& database,
                        NightLines& lines, std::span<ArticleRow> after);

}  // namespace storyfold
