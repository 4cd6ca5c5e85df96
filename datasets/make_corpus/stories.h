#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

#include "alias_table.h"
#include "dates.h"
#include "events.h"
#include "options.h"
#include "pages.h"
#include "random.h"
#include "vocabulary.h"

namespace storyfold {

enum class CopyKind : uint8_t {
  kOriginal,
  kVerbatim,  // the same lines
  kEdited,    // 2 to 8 % of words replaced
  kAbridged,  // the first 30 to 70 % of lines
  kExtended,  // own lines added
  kRecrawled  // the same page of the same source once more
};

struct PlannedArticle {
  Moment seen = 0;  // published, or crawled again
  uint32_t source = 0;
  CopyKind kind = CopyKind::kOriginal;
  uint32_t original = 0;     // index in the story; its own when no copy
  uint32_t copies_left = 0;  // planned copies of this article not yet printed
  uint32_t side = 0;  // of a story that has two at first: 1 or 2; 0: all of it

  uint64_t number = 0;         // place in the corpus from 1, once printed
  std::unique_ptr<Page> page;  // kept while copies_left > 0
};

struct Story {
  uint64_t number = 0;  // from 1
  Event event;
  std::array<Event, 2> sides;  // what is known of it before they turn out one
  std::vector<PlannedArticle> articles;  // by time; copies after originals
  uint32_t next = 0;                     // the first not yet printed
};

// Returns the event as the story's article `next` knows it.
inline Event* EventOfNext(Story* story) {
  const uint32_t side = story->articles[story->next].side;
  return side == 0 ? &story->event : &story->sides[side - 1];
}

// Returns the largest share of copies, in millionths of all articles, that
// stories of more than one article have room for.
uint32_t MaxCopiesShare(uint32_t lone_share);

// Plans the stories of a corpus and gives their articles in order of time.
// Holds the stories that have begun and not ended.
class StoryStream {
 public:
  // The vocabulary must outlive the stream.
  // REQUIRES: options come from ParseFlags without error
  StoryStream(const CorpusOptions& options, const Vocabulary& vocabulary);

  // Returns the story whose article `next` is due, null after the last
  // article.  The caller adds 1 to `next`.  The pointer is good until the next
  // call.
  Story* Next();

  uint64_t num_stories() const { return num_stories_; }

 private:
  // Which live story is due when; ties go to the story that began first.
  struct Due {
    Moment seen;
    uint64_t story;
    size_t place;  // in live_

    bool operator>(const Due& other) const {
      return seen != other.seen ? seen > other.seen : story > other.story;
    }
  };

  Moment NextStart() const;
  size_t BeginStory();
  Cast PickCast();
  void PlanTimes(Story* story);
  void PlanPause(Story* story);
  void PlanMerge(Story* story);
  void PlanCopies(Story* story);
  uint32_t PickSource(const Story& story, uint32_t num_planned);

  const Vocabulary& vocabulary_;
  const uint64_t num_articles_;
  const Moment end_;
  const bool is_stream_;
  const Moment last_start_;  // of stories
  Random random_;
  const AliasTable sizes_;
  const AliasTable sources_;
  const uint32_t copy_chance_;  // of 2^32, for articles after a story's first

  uint64_t num_planned_ = 0;  // articles of the stories begun
  uint64_t num_given_ = 0;    // of those, given by Next
  uint64_t num_stories_ = 0;
  std::array<Cast, 4096> recent_casts_;
  std::vector<Story> live_;
  std::vector<size_t> free_places_;
  std::priority_queue<Due, std::vector<Due>, std::greater<Due>> due_;
  bool has_current_ = false;
  size_t current_ = 0;  // place of the story given last
};

}  // namespace storyfold
