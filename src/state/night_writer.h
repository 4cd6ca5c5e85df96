#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/async_result.h"
#include "boilerplate/line_state.h"
#include "state/catalogue.h"
#include "state/database.h"
#include "state/lasting_ids.h"
#include "state/night_terms.h"
#include "state/segment.h"
#include "state/state_folder.h"
#include "state/window.h"
#include "storyfold/state.h"
#include "storyfold/stories.h"

namespace storyfold {

// An article of tonight with all that is known of it now.
struct NightArticle {
  ArticleRow row;
  SegmentArticle stored;  // tonight's only
  int64_t content = 0;
};

// Writes what a night found into the catalogue and beside it. All writes of the
// catalogue are for one transaction, which the caller commits; files are there
// before it does. Errors stick to the database.
class NightWriter {
 public:
  // Files are told to `written`; without it, none are written. They are packed
  // and written by other threads while the catalogue is written to (by this one
  // in WriteNight where there is no other), and are all there when WriteNight
  // returns: until then `files`, what is in them, which are `lines`, `terms`
  // and the texts and sketches of articles, and `written` must stay as they
  // are.
  NightWriter(const StateFiles& files, Database& database, int64_t night,
              WrittenFiles* written, const LineState& lines,
              const NightTerms& terms);

  // Writes the rows of these articles; new ones get numbers. Begins to write
  // segments with them.
  void AddArticles(std::span<NightArticle> articles);

  // Writes what of a stored article is not as it was.
  void UpdateArticle(const ArticleRow& before, const ArticleRow& after);

  // Gives all members of merged clusters and stories their new one, those that
  // are not in the window too.
  void MergeClusters(const LastingIds& clusters);
  void MergeStories(const LastingIds& stories);

  void SetRepresentative(uint32_t cluster, int64_t article);

  // Writes the story with sizes and times of its members, as they are now.
  struct StoryText {
    std::string_view headline;
    std::string terms;  // a JSON array
  };
  void WriteStory(uint32_t story, const std::optional<StoryText>& text);

  // Closes the stories whose last article is from before `window_begin`, and
  // returns them.
  std::vector<uint32_t> CloseStories(int64_t window_begin);

  // Adds lines to the boilerplate of articles that were not compared tonight.
  void FlagLate(std::span<const LateLine> lines);

  // The last call. Writes the log of changes and, once all files are there,
  // what the catalogue knows of them and of the night itself. Words of nights
  // before `window_begin` are needed no more.
  void WriteNight(const UpdateResult& result, int64_t clock,
                  int64_t window_begin);

 private:
  using PendingFile = AsyncResult<absl::StatusOr<FileFacts>>;
  struct PendingSegment {
    SegmentRow row;
    std::unique_ptr<PendingFile> file;
  };

  // Begins to write a segment with these articles, and says in their rows where
  // they are.
  void BeginSegment(int64_t segment, std::span<NightArticle> articles);
  // Waits for the oldest segments until no more are being written than so many.
  void FinishSegments(size_t most_left);
  void AddRow(const NightArticle& article);
  void ReplaceRow(const NightArticle& article);

  // Begins to write a file: another thread calls write(path). Returns null in a
  // dry run and after an error.
  using WriteFile =
      std::function<absl::StatusOr<FileFacts>(const std::string& path)>;
  std::unique_ptr<PendingFile> Begin(const std::string& path, WriteFile write);
  // Waits for it, and makes its error one of the database. Zeros where there is
  // none, or null.
  FileFacts Finish(const std::unique_ptr<PendingFile>& file);

  const StateFiles& files_;
  Database& database_;
  int64_t night_;
  WrittenFiles* written_;
  Statement add_article_;
  Statement replace_article_;
  Statement update_article_;
  Statement set_representative_;
  Statement add_story_;
  Statement count_story_;
  Statement describe_story_;
  std::unique_ptr<PendingFile> lines_file_;
  std::unique_ptr<PendingFile> terms_file_;
  std::deque<PendingSegment> segments_;
};

}  // namespace storyfold
