#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "boilerplate/line_state.h"
#include "state/database.h"
#include "state/lasting_ids.h"
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
  // Files are told to `written`; without it, none are written.
  NightWriter(const StateFiles& files, Database& database, int64_t night,
              WrittenFiles* written);

  // Writes segments with these articles and their rows; new ones get numbers.
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

  // Writes the log of changes, the line state, the words and the night itself.
  // Words of nights before `window_begin` are needed no more.
  struct NightFiles {
    int64_t clock = 0;
    int64_t window_begin = 0;
    std::span<const std::string_view> line_state;  // in pieces
    std::string_view terms;
  };
  void WriteNight(const UpdateResult& result, const NightFiles& night);

 private:
  // Writes a segment with these articles, and into their rows where they are.
  void AddSegment(int64_t segment, std::span<NightArticle> articles);
  void AddRow(const NightArticle& article);
  void ReplaceRow(const NightArticle& article);

  void WriteFile(const std::string& path,
                 std::span<const std::string_view> pieces);
  void WriteFile(const std::string& path, std::string_view bytes) {
    WriteFile(path, std::span(&bytes, 1));
  }

  const StateFiles& files_;
  Database& database_;
  int64_t night_;
  WrittenFiles* written_;
  Statement add_segment_;
  Statement add_article_;
  Statement replace_article_;
  Statement update_article_;
  Statement set_representative_;
  Statement add_story_;
  Statement count_story_;
  Statement describe_story_;
};

}  // namespace storyfold
