#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storyfold/crawl.h"
#include "storyfold/embedding.h"
#include "storyfold/pipeline.h"
#include "storyfold/word_table.h"

namespace storyfold {

// A state is a folder that knows all articles so far, so that every night only
// the new ones are read, and stories keep their ids.
//
// All functions return the first error as a line for people that names the
// file; after one the state is as it was, but that a state of an older schema
// may have the present one. Whatever ends a process that writes,
// the next one finds the state before or after it. Writers exclude each other:
// the second gets an error. Readers see one moment and wait for nobody.

// What the nights of a state go by. What is given to an update holds from that
// night on; the rest is as in the night before, or as in PipelineOptions for
// the first one. The state keeps them: nobody has to repeat them.
struct StateSettings {
  // An article is compared with what was published so many days before the
  // night or later; more than 0, 7 for a new state.
  std::optional<double> window_days = std::nullopt;

  // See StoryOptions, DuplicateOptions and BoilerplateOptions.
  std::optional<double> granularity = std::nullopt;
  std::optional<double> min_similarity = std::nullopt;
  std::optional<uint32_t> max_bucket = std::nullopt;
  std::optional<uint32_t> min_texts = std::nullopt;

  // How common words are; none: BuiltInWords.
  std::optional<std::vector<WordShare>> words = std::nullopt;

  // Read only, see UpdateOptions::embedder: the model that makes dense vectors,
  // by its name, version and fingerprint; empty: stories go by words alone.
  std::optional<std::string> model = std::nullopt;
};

struct UpdateOptions {
  StateSettings settings = {};

  // Finds out what would change, and changes nothing.
  bool dry_run = false;

  // Makes dense vectors for the stories from this night on; null: none any
  // more; not given: none, an error where the state goes by a model. A state
  // that goes by a model takes no other one. With a model all articles of the
  // window are read every night: those of the same story in another language
  // share no words to find them by. Must outlive the call.
  std::optional<Embedder*> embedder = std::nullopt;

  // What time it is, in seconds since 1970, from 1990 to 9999; not given: what
  // nine of ten of tonight's articles do not exceed, or the time of the night
  // before where that is later. For a feed that states no times,
  // and where a clock went wrong: it may lie before the last night. Written
  // with the night, so a run with the same time can be done again.
  std::optional<int64_t> now = std::nullopt;
};

// What became of a story in one night.
enum class StoryEvent : uint8_t {
  kCreated,  // by these articles
  kGrew,     // by these articles
  kMerged,  // took in the story `other`, whose articles of the window these are
  kSplit,   // lost these articles to the story `other`
  kClosed,  // older than the window
  kUpdated,  // these articles of it have a new text
};

// All of them.
inline constexpr StoryEvent kStoryEvents[] = {
    StoryEvent::kCreated, StoryEvent::kGrew,   StoryEvent::kMerged,
    StoryEvent::kSplit,   StoryEvent::kClosed, StoryEvent::kUpdated};

// Returns "created", "grew", ...
std::string_view StoryEventName(StoryEvent event);

struct StoryChange {
  StoryEvent event = StoryEvent::kCreated;
  uint32_t story = 0;
  uint32_t other = 0;                 // 0: none
  std::vector<std::string> articles;  // their ids
};

struct UpdateResult {
  int64_t night = 0;  // the number of the last night with news, from 1
  // Records = fresh + changed + seen + rejected.
  size_t records = 0;
  size_t fresh = 0;
  size_t changed = 0;  // known articles with a new text
  size_t seen = 0;     // known articles that say nothing new
  size_t rejected = 0;
  size_t copies = 0;           // of the fresh ones
  size_t window_articles = 0;  // compared with each other, tonight's included
  size_t stored_articles = 0;
  std::vector<StoryChange> changes;
  std::vector<std::string> changed_settings;  // "--granularity 0.5 (was 0)"
  std::vector<std::string> warnings;          // for people, a line each
  VectorReport vectors;

  size_t Count(StoryEvent event) const;
};

// Adds a crawl to the state in `folder`, which is made where there is none. A
// crawl that brings nothing new changes nothing but the log, the other ids
// under which known articles came, and the settings that are given: those hold
// from the next night on.
// REQUIRES: the crawl was read with its records, texts in memory and ids by
// content
absl::StatusOr<UpdateResult> UpdateState(const std::string& folder,
                                         const Crawl& crawl,
                                         const UpdateOptions& options,
                                         const StageListener& on_stage = {});

struct StateInfo {
  int64_t schema = 0;
  int64_t nights = 0;
  int64_t articles = 0;
  int64_t stories = 0;  // without aliases
  int64_t open_stories = 0;
  int64_t clusters = 0;  // of two or more copies
  int64_t pins = 0;
  int64_t segments = 0;
  int64_t segment_bytes = 0;
  StateSettings settings;        // all but `words`, which may be none
  std::optional<int64_t> clock;  // time of the last night
};
absl::StatusOr<StateInfo> ReadStateInfo(const std::string& folder);

// Returns the name of the model that a state goes by, empty for none (see
// StateSettings::model); nothing where the next update may choose: there is no
// state yet, or none that has had a night. Reads states of earlier versions,
// too. Errors: what cannot be read; a newer version.
absl::StatusOr<std::optional<std::string>> ReadStateModel(
    const std::string& folder);

// Returns what a state holds, for people: the largest open stories and what the
// last night did.
absl::StatusOr<std::string> DescribeState(const std::string& folder);

// What is wrong with a state, a line each that names the file; empty where
// nothing is. Reads every byte.
absl::StatusOr<std::vector<std::string>> VerifyState(const std::string& folder);

// Calls write(line) for every article: its record as it was read, under the id
// that is the article's in all of the state, with a field "storyfold" as
// `storyfold run` writes it, and in that the `other_ids` under which it came in
// again, if any. By night.
using LineWriter = std::function<void(std::string_view line)>;
absl::Status ExportArticles(const std::string& folder, const LineWriter& write);

// The same for stories and for the log of changes, oldest first. Of stories
// that became another's the line says which.
absl::Status ExportStories(const std::string& folder, const LineWriter& write);
absl::Status ExportChanges(const std::string& folder, const LineWriter& write);

struct ExpireOptions {
  double older_than_days = 0;  // than the last night
  bool purge = false;  // delete records and stories, too; pinned articles
                       // and stories stay
};

// Forgets old articles: nothing is compared with them any more, but their
// records and stories stay, unless purged. Returns how many were deleted or, if
// none is to be, were not forgotten before.
absl::StatusOr<size_t> ExpireState(const std::string& folder,
                                   const ExpireOptions& options);

// Writes segments anew where purged or replaced articles take up room, and
// small ones together; addresses without those that no article has any more.
// Returns the bytes of segments saved.
absl::StatusOr<int64_t> CompactState(const std::string& folder);

// A person's word on two articles, by id; the next update follows it, and all
// later ones. Replaces what was said of them before.
// Errors: an unknown id; a contradiction to other pins.
absl::Status PinArticles(const std::string& folder, std::string_view a,
                         std::string_view b, bool same);
absl::Status UnpinArticles(const std::string& folder, std::string_view a,
                           std::string_view b);

// Gives a story ("s00000012") a headline that stays, and takes it back.
// Errors: an unknown story; a headline that is empty or has control characters;
// none to be taken back.
absl::Status PinHeadline(const std::string& folder, std::string_view story,
                         std::string_view headline);
absl::Status UnpinHeadline(const std::string& folder, std::string_view story);

}  // namespace storyfold
