// Which words the articles of one story share.
//
// An event is a cast of names in a field, 20 to 40 topical words and three
// figures.  Three in five topical words come from the word list of its theme
// (courts, football), so that two events of one theme resemble each other a
// little, and look-alikes, which share the cast, a little more.
//
// An article does not use all of that.  Its focus keeps about two thirds of the
// event's words, with weights of its own that fall with the place of the word,
// and adds twelve words that the other articles of the story do not draw.  The
// focus is a table of 256 slots filled in proportion, because drawing from it
// happens for two content words in five.
//
// The shares below were set beside labelled news, so that cosines of TF-IDF
// vectors come near: median .24 inside a story (news: .28 to .38) and .01
// across stories (news: .02).

#include "events.h"

#include <algorithm>
#include <span>

namespace storyfold {
namespace {

constexpr uint32_t kNameSlots = 52;
constexpr uint32_t kOwnWords = 12;
constexpr uint32_t kThemePercent = 60;
constexpr uint32_t kKeptPercent = 66;

WordId DrawSubjectWord(const Vocabulary& vocabulary, uint32_t theme,
                       Random& random) {
  return random.Chance(kThemePercent) ? DrawThemeWord(vocabulary, theme, random)
                                      : DrawTopicalWord(vocabulary, random);
}

struct WeightedWord {
  WordId word;
  uint32_t weight;
};

uint32_t Total(std::span<const WeightedWord> choices) {
  uint32_t total = 0;
  for (const WeightedWord& choice : choices) total += choice.weight;
  return total;
}

// Fills all slots with the words, each as often as its weight says.
void FillSlots(std::span<const WeightedWord> choices, std::span<WordId> slots) {
  const uint32_t total = Total(choices);
  const auto num_slots = static_cast<uint32_t>(slots.size());
  uint32_t reached = 0;
  uint32_t slot = 0;
  for (const WeightedWord& choice : choices) {
    reached += choice.weight;
    for (; slot * total < reached * num_slots; ++slot) {
      slots[slot] = choice.word;
    }
  }
}

void FillNames(const Cast& cast, Random& random, std::span<WordId> slots) {
  std::array<WeightedWord, Cast::kMaxPeople + 2> choices;
  uint32_t size = 0;
  for (uint32_t i = 0; i < cast.num_people; ++i) {
    choices[size++] = {cast.people[i].surname,
                       random.Between(20, 60) / (i + 1)};
  }
  for (const WordId place : cast.places) {
    choices[size++] = {place, random.Between(5, 25)};
  }
  FillSlots({choices.data(), size}, slots);
}

void FillEventWords(const Event& event, Random& random,
                    std::span<WordId> slots) {
  std::array<WeightedWord, 40> choices;
  uint32_t size = 0;
  for (uint32_t i = 0; i < event.topical_words.size(); ++i) {
    if (i > 0 && !random.Chance(kKeptPercent)) continue;
    choices[size++] = {event.topical_words[i],
                       random.Between(200, 800) / (i + 3)};
  }
  FillSlots({choices.data(), size}, slots);
}

void FillOwnWords(const Vocabulary& vocabulary, uint32_t theme, Random& random,
                  std::span<WordId> slots) {
  std::array<WeightedWord, kOwnWords> choices;
  for (uint32_t i = 0; i < kOwnWords; ++i) {
    choices[i] = {DrawSubjectWord(vocabulary, theme, random), 60 / (i + 3)};
  }
  FillSlots(choices, slots);
}

}  // namespace

Cast DrawCast(const Vocabulary& vocabulary, Random& random) {
  Cast cast;
  cast.num_people = random.Between(2, Cast::kMaxPeople);
  for (Person& person : cast.people) person = DrawPerson(vocabulary, random);
  for (WordId& place : cast.places) place = DrawPlace(vocabulary, random);
  cast.theme = random.Below(Vocabulary::kThemes);
  return cast;
}

Event MakeEvent(const Vocabulary& vocabulary, const Cast& cast,
                Random& random) {
  Event event;
  event.cast = cast;
  event.topical_words.resize(random.Between(20, 40));
  for (WordId& word : event.topical_words) {
    word = DrawSubjectWord(vocabulary, cast.theme, random);
  }
  event.figures = {random.Between(2, 60), random.Between(60, 2'000),
                   random.Between(2'000, 90'000)};
  return event;
}

Focus MakeFocus(const Vocabulary& vocabulary, const Event& event,
                Random& random) {
  Focus focus;
  focus.cast = event.cast;
  focus.expert = DrawPerson(vocabulary, random);
  focus.figures = event.figures;
  focus.share = random.Between(50, 150);

  const std::span<WordId> names = std::span(focus.words).first(kNameSlots);
  const std::span<WordId> others = std::span(focus.words).subspan(kNameSlots);
  const uint32_t own = random.Between(20, 140);
  FillNames(event.cast, random, names);
  FillOwnWords(vocabulary, event.cast.theme, random, others.first(own));
  FillEventWords(event, random, others.subspan(own));
  return focus;
}

}  // namespace storyfold
