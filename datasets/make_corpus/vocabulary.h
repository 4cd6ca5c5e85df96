#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "alias_table.h"
#include "random.h"

namespace storyfold {

using WordId = uint32_t;  // index into Vocabulary::words

// A word and the space after it, in a fixed slot: writing one is a 16-byte
// store whatever its length.
struct Word {
  std::array<char, 15> bytes{};
  uint8_t size = 0;  // of the word and its space, 0 for no word

  // Without the space.  REQUIRES: size >= 1
  std::string_view Text() const { return {bytes.data(), size - size_t{1}}; }
};

static_assert(sizeof(Word) == 16);

// Writes the word and its space; returns the place after them.
// REQUIRES: 16 bytes of room at `out`, whatever the length of the word
inline char* PutWord(const Word& word, char* out) {
  std::memcpy(out, &word, sizeof(Word));
  return out + word.size;
}

struct Person {
  WordId first_name = 0;
  WordId surname = 0;
};

// The words of the invented language.  No two of its words, ASCII case folded,
// are equal, and none is an English function word.
struct Vocabulary {
  static constexpr size_t kFunctionSlots = 4096;
  static constexpr size_t kThemes = 40;
  static constexpr size_t kThemeWords = 120;

  // Content words by falling frequency, then first names, surnames, places.
  std::vector<Word> words;

  AliasTable content;  // draws the id of a content word
  AliasTable first_names;
  AliasTable surnames;
  AliasTable places;
  WordId first_first_name = 0;
  WordId first_surname = 0;
  WordId first_place = 0;

  // What stands before a content word: no function word or a few.  A
  // uniform slot gives them at their frequency; the empty word is frequent
  // enough that 42 % of all words are stop words, as in news.
  std::vector<Word> function_words;
  std::array<uint8_t, kFunctionSlots> function_slots{};

  // Content words of a field such as football or courts.
  std::array<std::array<WordId, kThemeWords>, kThemes> themes{};
};

// Returns 60,000 content words and 33,000 names spelled from syllables.
// O(number of words): about 30 ms.
Vocabulary MakeVocabulary(uint64_t seed);

// Returns a content word that is rare enough to tell one text from another.
WordId DrawTopicalWord(const Vocabulary& vocabulary, Random& random);

// Returns a word of the theme, those at its front more often.
// REQUIRES: theme < Vocabulary::kThemes
WordId DrawThemeWord(const Vocabulary& vocabulary, uint32_t theme,
                     Random& random);

Person DrawPerson(const Vocabulary& vocabulary, Random& random);
WordId DrawPlace(const Vocabulary& vocabulary, Random& random);

}  // namespace storyfold
