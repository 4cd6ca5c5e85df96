#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "random.h"
#include "vocabulary.h"

namespace storyfold {

// Who, where and in which field: what look-alike events share.
struct Cast {
  static constexpr size_t kMaxPeople = 4;

  std::array<Person, kMaxPeople> people{};
  uint32_t num_people = 0;  // 2 to kMaxPeople
  std::array<WordId, 2> places{};
  uint32_t theme = 0;
};

// Something said at the event, which its articles repeat word for word.
struct SharedQuote {
  std::string text;  // one sentence, without quotes and final full stop
  Person speaker;
};

// What a story is about.
struct Event {
  Cast cast;
  std::vector<WordId> topical_words;  // 20 to 40, the weightiest first
  std::array<uint32_t, 3> figures{};  // counts that its articles report
  std::vector<SharedQuote> quotes;
};

// What one article is about: its angle on an event, and matters of its own.
struct Focus {
  static constexpr size_t kSlots = 256;

  // A uniform slot gives a word of the article's subject.
  std::array<WordId, kSlots> words{};

  // Of 256 content words, how many come from `words`.
  uint32_t share = 0;

  Cast cast;
  Person expert;  // quoted by this article alone
  std::array<uint32_t, 3> figures{};
};

Cast DrawCast(const Vocabulary& vocabulary, Random& random);

// Returns an event of its own words with the given cast and no quotes.
Event MakeEvent(const Vocabulary& vocabulary, const Cast& cast, Random& random);

// Returns a fresh angle on the event; two calls give two articles their words.
Focus MakeFocus(const Vocabulary& vocabulary, const Event& event,
                Random& random);

}  // namespace storyfold
