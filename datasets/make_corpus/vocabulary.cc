// Words that no corpus holds, with the statistics of words that it does.
//
// A word is one to four syllables: onset, vowel, coda ("tra-ven-ol").  Frequent
// words get fewer syllables, as in real languages.  Content words follow
// Zipf-Mandelbrot with an offset of 30: without function words the head is flat
// (the first word is .4 % of content words).  About one word in thirty carries
// an accented vowel, never as its first letter, so that upper-casing the first
// byte of a word always makes a capital.
//
// Frequent content words say nothing about an article's subject, so topical
// words are drawn from the same law with the first 300 refused.

#include "vocabulary.h"

#include <cassert>
#include <string>
#include <unordered_set>

#include "function_words.h"

namespace storyfold {
namespace {

constexpr size_t kContentWords = 60'000;
constexpr size_t kFirstNames = 3'000;
constexpr size_t kSurnames = 24'000;
constexpr size_t kPlaces = 6'000;
constexpr size_t kMaxWordBytes = 14;
constexpr WordId kFirstTopicalRank = 300;

constexpr std::string_view kOnsets[] = {
    "b", "c", "d", "f", "g", "h",  "j",  "k",  "l",  "m",  "n",
    "p", "r", "s", "t", "v", "w",  "z",  "b",  "c",  "d",  "f",
    "l", "m", "n", "p", "r", "s",  "t",  "v",  "l",  "m",  "n",
    "r", "s", "t", "",  "",  "br", "cl", "dr", "gr", "pl", "pr",
    "s", "t", "d", "r", "l", "sh", "sk", "st", "th", "tr"};
constexpr std::string_view kVowels[] = {"a", "e", "i", "o", "u",  "a",  "e",
                                        "i", "o", "a", "e", "ai", "ea", "ou"};
constexpr std::string_view kCodas[] = {"",  "",  "",  "",  "",  "n", "r", "l",
                                       "s", "t", "m", "n", "r", "s", "st"};
constexpr std::string_view kAccents[] = {"é", "é", "é", "è", "á",
                                         "ö", "ü", "í", "ô"};
constexpr std::string_view kNameEndings[] = {"",   "",   "",     "son", "ov",
                                             "ez", "er", "ello", "ski", "man"};
constexpr std::string_view kPlaceEndings[] = {
    "", "", "", "ville", "ton", "burg", "stad", "port", "ia", "grad"};

template <size_t kSize>
std::string_view PickOne(const std::string_view (&parts)[kSize],
                         Random& random) {
  return parts[random.Below(kSize)];
}

std::string Spell(uint32_t syllables, Random& random) {
  const bool accented = random.Chance(3);
  std::string word;
  for (uint32_t i = 0; i < syllables; ++i) {
    word += PickOne(kOnsets, random);
    const bool accent = accented && i + 1 == syllables;
    word += accent ? PickOne(kAccents, random) : PickOne(kVowels, random);
    if (i + 1 == syllables || random.Chance(25))
      word += PickOne(kCodas, random);
  }
  return word;
}

Word MakeWord(std::string_view text) {
  assert(text.size() <= kMaxWordBytes);
  Word word;
  std::memcpy(word.bytes.data(), text.data(), text.size());
  word.bytes[text.size()] = ' ';
  word.size = static_cast<uint8_t>(text.size() + 1);
  return word;
}

uint32_t SyllablesAtRank(size_t rank, Random& random) {
  if (rank < 400) return random.Between(1, 2);
  if (rank < 8'000) return random.Between(2, 3);
  return random.Chance(90) ? random.Between(2, 3) : 4;
}

// Spells words that were not spelled before.
class Speller {
 public:
  explicit Speller(uint64_t seed) : random_(seed, RandomStream::kWords) {
    for (const FunctionWord& word : FunctionWords()) taken_.emplace(word.text);
  }

  void AddContentWords(size_t count, std::vector<Word>* words) {
    for (size_t rank = 0; rank < count; ++rank) {
      words->push_back(MakeWord(Fresh(
          [&] { return Spell(SyllablesAtRank(rank, random_), random_); })));
    }
  }

  template <size_t kSize>
  void AddNames(size_t count, const std::string_view (&endings)[kSize],
                std::vector<Word>* words) {
    for (size_t i = 0; i < count; ++i) {
      Word name = MakeWord(Fresh([&] {
        const uint32_t syllables = random_.Between(1, 3);
        return Spell(syllables, random_).append(PickOne(endings, random_));
      }));
      name.bytes[0] = static_cast<char>(name.bytes[0] - 'a' + 'A');
      words->push_back(name);
    }
  }

 private:
  template <typename SpellOne>
  std::string Fresh(const SpellOne& spell_one) {
    for (;;) {
      std::string word = spell_one();
      if (word.size() < 4 || word.size() > kMaxWordBytes) continue;
      if (word[0] < 'a' || word[0] > 'z') continue;
      if (taken_.insert(word).second) return word;
    }
  }

  Random random_;
  std::unordered_set<std::string> taken_;
};

void FillFunctionWords(Vocabulary* vocabulary) {
  // 29 % of content words follow another content word directly.
  constexpr uint64_t kEmptyPercent = 29;
  uint64_t total = 0;
  for (const FunctionWord& word : FunctionWords()) total += word.weight;
  const uint64_t empty = total * kEmptyPercent / (100 - kEmptyPercent);

  vocabulary->function_words.push_back(Word{});
  uint64_t reached = empty;
  uint64_t slot = 0;
  const auto fill_up_to_reached = [&] {
    const size_t last = vocabulary->function_words.size() - 1;
    for (; slot * (total + empty) < reached * Vocabulary::kFunctionSlots;
         ++slot) {
      vocabulary->function_slots[slot] = static_cast<uint8_t>(last);
    }
  };
  fill_up_to_reached();
  for (const FunctionWord& word : FunctionWords()) {
    vocabulary->function_words.push_back(MakeWord(word.text));
    reached += word.weight;
    fill_up_to_reached();
  }
  assert(vocabulary->function_words.size() <= 256);
}

void FillThemes(uint64_t seed, Vocabulary* vocabulary) {
  Random random(seed, RandomStream::kThemes);
  for (auto& theme : vocabulary->themes) {
    for (WordId& word : theme) word = DrawTopicalWord(*vocabulary, random);
  }
}

}  // namespace

Vocabulary MakeVocabulary(uint64_t seed) {
  Vocabulary vocabulary{.words = {},
                        .content = AliasTable(ZipfWeights(kContentWords, 30)),
                        .first_names = AliasTable(ZipfWeights(kFirstNames, 20)),
                        .surnames = AliasTable(ZipfWeights(kSurnames, 30)),
                        .places = AliasTable(ZipfWeights(kPlaces, 15)),
                        .function_words = {}};
  const auto next_id = [&] {
    return static_cast<WordId>(vocabulary.words.size());
  };
  Speller speller(seed);
  speller.AddContentWords(kContentWords, &vocabulary.words);
  vocabulary.first_first_name = next_id();
  constexpr std::string_view kNoEnding[] = {""};
  speller.AddNames(kFirstNames, kNoEnding, &vocabulary.words);
  vocabulary.first_surname = next_id();
  speller.AddNames(kSurnames, kNameEndings, &vocabulary.words);
  vocabulary.first_place = next_id();
  speller.AddNames(kPlaces, kPlaceEndings, &vocabulary.words);
  FillFunctionWords(&vocabulary);
  FillThemes(seed, &vocabulary);
  return vocabulary;
}

WordId DrawTopicalWord(const Vocabulary& vocabulary, Random& random) {
  for (;;) {
    const WordId word = vocabulary.content.Draw(random.Next32());
    if (word >= kFirstTopicalRank) return word;
  }
}

WordId DrawThemeWord(const Vocabulary& vocabulary, uint32_t theme,
                     Random& random) {
  const uint32_t place = random.Below(Vocabulary::kThemeWords);
  return vocabulary.themes[theme][random.Below(place + 1)];
}

Person DrawPerson(const Vocabulary& vocabulary, Random& random) {
  Person person;
  person.first_name = vocabulary.first_first_name +
                      vocabulary.first_names.Draw(random.Next32());
  person.surname =
      vocabulary.first_surname + vocabulary.surnames.Draw(random.Next32());
  return person;
}

WordId DrawPlace(const Vocabulary& vocabulary, Random& random) {
  return vocabulary.first_place + vocabulary.places.Draw(random.Next32());
}

}  // namespace storyfold
