// Which articles there are, when, by whom, and which copies which.
//
// Sizes.  A story of s > 1 articles has weight 1 / s^2 up to s = 100, so each
// doubling of size holds as many articles as the one before; lone articles get
// the weight that makes them the wished share of all articles.  The weights do
// not know the number of articles: a larger corpus has more stories, not larger
// ones.
//
// Time.  A story begins when the articles planned before it have filled their
// share of the days, lasts from three hours to four days, mostly less than one,
// and reports more at its beginning.  Stories that begin near the end are told
// faster, so that all articles lie within the days.
//
// Look-alikes.  One story in eight has the cast and field of another recent
// story and words of its own.  Casts are remembered in a ring of fixed size.
//
// Streams.  Three stories of ten fall silent in their middle for one to three
// days.  One of five begins as two: until two thirds of its articles are out,
// each tells of one of two events with people and words of its own; then it
// turns out that they are one, and what follows tells of both.
//
// Copies.  Every article after the first of its story is a copy with one
// probability.  It copies the original of a uniformly chosen earlier article of
// the story, so what was copied often is copied more often, and prints it in
// another source than the original's, new to the story where one is found.
//
// Only stories in flight are held, ordered by a heap with one entry a story,
// and a page only while copies of it are to come.

#include "stories.h"

#include <algorithm>

namespace storyfold {
namespace {

constexpr uint32_t kMaxStorySize = 100;
constexpr uint32_t kLookAlikePercent = 12;
constexpr uint32_t kPausePercent = 30;
constexpr uint32_t kMergePercent = 20;
constexpr size_t kLeastPausing = 4;  // articles of a story that may pause
constexpr size_t kLeastMerging = 6;
constexpr Moment kHour = 3'600;
constexpr Moment kShortestStory = 3 * kHour;
constexpr Moment kLongestStory = 96 * kHour;
// From the start of its story to an article of a stream, on average.
constexpr Moment kMeanDelay = 7 * kHour;

uint32_t SizeWeight(uint32_t size) { return (1u << 18) / (size * size); }

struct SizeTotals {
  uint64_t stories = 0;   // weight of all stories of more than one article
  uint64_t articles = 0;  // the same, each times its size
};

SizeTotals TotalSizes() {
  SizeTotals totals;
  for (uint32_t size = 2; size <= kMaxStorySize; ++size) {
    totals.stories += SizeWeight(size);
    totals.articles += uint64_t{SizeWeight(size)} * size;
  }
  return totals;
}

// Draws the size of a story less one.
AliasTable StorySizes(uint32_t lone_share) {
  std::vector<uint32_t> weights(kMaxStorySize, 0);
  if (lone_share == kMillion) {
    weights[0] = 1;
    return AliasTable(weights);
  }
  weights[0] = static_cast<uint32_t>(std::min<uint64_t>(
      lone_share * TotalSizes().articles / (kMillion - lone_share), 1u << 31));
  for (uint32_t size = 2; size <= kMaxStorySize; ++size) {
    weights[size - 1] = SizeWeight(size);
  }
  return AliasTable(weights);
}

uint32_t CopyChance(const CorpusOptions& options) {
  const uint64_t most = MaxCopiesShare(options.lone_share);
  if (options.copies_share >= most) return most == 0 ? 0 : UINT32_MAX;
  return static_cast<uint32_t>((uint64_t{options.copies_share} << 32) / most);
}

// Returns 0 to 1 in units of 2^-16, small values more likely.
uint64_t LowFraction(uint32_t power, Random& random) {
  const uint64_t uniform = random.Below(1 << 16);
  uint64_t fraction = uniform;
  for (; power > 1; --power) fraction = (fraction * uniform) >> 16;
  return fraction;
}

Moment Scale(Moment duration, uint64_t fraction) {
  return static_cast<Moment>((static_cast<uint64_t>(duration) * fraction) >>
                             16);
}

CopyKind PickKind(Random& random) {
  const uint32_t percent = random.Below(100);
  if (percent < 35) return CopyKind::kVerbatim;
  if (percent < 60) return CopyKind::kEdited;
  if (percent < 75) return CopyKind::kAbridged;
  if (percent < 88) return CopyKind::kExtended;
  return CopyKind::kRecrawled;
}

bool IsSourceOf(const Story& story, uint32_t num_planned, uint32_t source) {
  const auto end = story.articles.begin() + num_planned;
  return std::any_of(
      story.articles.begin(), end,
      [&](const PlannedArticle& article) { return article.source == source; });
}

}  // namespace

uint32_t MaxCopiesShare(uint32_t lone_share) {
  const SizeTotals totals = TotalSizes();
  const uint64_t later = totals.articles - totals.stories;
  return static_cast<uint32_t>((kMillion - lone_share) * later /
                               totals.articles);
}

StoryStream::StoryStream(const CorpusOptions& options,
                         const Vocabulary& vocabulary)
    : vocabulary_(vocabulary),
      num_articles_(options.num_articles),
      end_(options.num_days * kSecondsPerDay),
      is_stream_(options.num_nights > 0),
      last_start_(is_stream_ ? end_ - kMeanDelay : end_),
      random_(options.seed, RandomStream::kStories),
      sizes_(StorySizes(options.lone_share)),
      sources_(SourceSizes(options.num_sources)),
      copy_chance_(CopyChance(options)) {}

Moment StoryStream::NextStart() const {
  const uint64_t seconds = static_cast<uint64_t>(last_start_);
  return static_cast<Moment>(num_planned_ * seconds / num_articles_);
}

Cast StoryStream::PickCast() {
  const auto place = static_cast<uint32_t>(num_stories_ % recent_casts_.size());
  if (num_stories_ > 0 && random_.Chance(kLookAlikePercent)) {
    const auto known = static_cast<uint32_t>(
        std::min<uint64_t>(num_stories_, recent_casts_.size()));
    recent_casts_[place] = recent_casts_[random_.Below(known)];
  } else {
    recent_casts_[place] = DrawCast(vocabulary_, random_);
  }
  return recent_casts_[place];
}

void StoryStream::PlanTimes(Story* story) {
  const Moment start = NextStart();
  Moment length = kShortestStory + Scale(kLongestStory - kShortestStory,
                                         LowFraction(3, random_));
  if (!is_stream_) length = std::min(length, end_ - 1 - start);
  std::vector<Moment> times = {start};
  while (times.size() < story->articles.size()) {
    times.push_back(start + Scale(length, LowFraction(2, random_)));
  }
  std::sort(times.begin(), times.end());
  for (size_t i = 0; i < times.size(); ++i) story->articles[i].seen = times[i];
}

void StoryStream::PlanPause(Story* story) {
  std::vector<PlannedArticle>& articles = story->articles;
  if (articles.size() < kLeastPausing || !random_.Chance(kPausePercent)) return;
  const Moment pause = 24 * kHour * random_.Between(1, 3);
  for (size_t i = articles.size() / 2; i < articles.size(); ++i) {
    articles[i].seen += pause;
  }
}

void StoryStream::PlanMerge(Story* story) {
  std::vector<PlannedArticle>& articles = story->articles;
  if (articles.size() < kLeastMerging || !random_.Chance(kMergePercent)) return;
  for (size_t i = 0; i < articles.size() * 2 / 3; ++i) {
    articles[i].side = random_.Between(1, 2);
  }
  const Event& one = story->sides[0] = story->event;
  const Event& other = story->sides[1] =
      MakeEvent(vocabulary_, DrawCast(vocabulary_, random_), random_);
  story->event.cast.num_people = 4;
  story->event.cast.people = {one.cast.people[0], other.cast.people[0],
                              one.cast.people[1], other.cast.people[1]};
  story->event.cast.places = {one.cast.places[0], other.cast.places[0]};
  story->event.topical_words.clear();
  for (size_t i = 0; i < 20; ++i) {
    story->event.topical_words.push_back(one.topical_words[i]);
    story->event.topical_words.push_back(other.topical_words[i]);
  }
}

uint32_t StoryStream::PickSource(const Story& story, uint32_t num_planned) {
  uint32_t source = 0;
  for (uint32_t tries = 0; tries < 8; ++tries) {
    source = sources_.Draw(random_.Next32());
    if (!IsSourceOf(story, num_planned, source)) break;
  }
  return source;
}

void StoryStream::PlanCopies(Story* story) {
  std::vector<PlannedArticle>& articles = story->articles;
  for (uint32_t i = 0; i < articles.size(); ++i) {
    PlannedArticle& article = articles[i];
    article.original = i;
    article.source = PickSource(*story, i);
    if (i == 0 || random_.Next32() >= copy_chance_) continue;

    article.original = articles[random_.Below(i)].original;
    article.kind = PickKind(random_);
    PlannedArticle& original = articles[article.original];
    ++original.copies_left;
    if (article.kind == CopyKind::kRecrawled) article.source = original.source;
    while (article.kind != CopyKind::kRecrawled &&
           article.source == original.source) {
      article.source = sources_.Draw(random_.Next32());
    }
  }
}

size_t StoryStream::BeginStory() {
  if (free_places_.empty()) {
    free_places_.push_back(live_.size());
    live_.emplace_back();
  }
  const size_t place = free_places_.back();
  free_places_.pop_back();

  Story& story = live_[place];
  const uint64_t size = sizes_.Draw(random_.Next32()) + uint64_t{1};
  story.articles.clear();
  story.articles.resize(
      is_stream_ ? size : std::min(size, num_articles_ - num_planned_));
  story.next = 0;
  story.event = MakeEvent(vocabulary_, PickCast(), random_);
  story.number = ++num_stories_;
  PlanTimes(&story);
  if (is_stream_) {
    PlanPause(&story);
    PlanMerge(&story);
  }
  PlanCopies(&story);
  num_planned_ += story.articles.size();
  return place;
}

Story* StoryStream::Next() {
  if (has_current_) {
    const Story& story = live_[current_];
    if (story.next == story.articles.size()) {
      free_places_.push_back(current_);
    } else {
      due_.push({story.articles[story.next].seen, story.number, current_});
    }
  }
  // A stream ends in the middle of its stories, as it began.
  const bool is_over = is_stream_ && num_given_ == num_articles_;
  const bool can_begin = is_stream_ || num_planned_ < num_articles_;
  has_current_ = !is_over && (can_begin || !due_.empty());
  if (!has_current_) return nullptr;
  ++num_given_;

  if (can_begin && (due_.empty() || NextStart() <= due_.top().seen)) {
    current_ = BeginStory();
  } else {
    current_ = due_.top().place;
    due_.pop();
  }
  return &live_[current_];
}

}  // namespace storyfold
