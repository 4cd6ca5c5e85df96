#pragma once

#include <cstdint>
#include <string_view>

namespace storyfold {

// Some of the fourteen languages whose function words are known, a bit each.
using LanguageSet = uint32_t;
inline constexpr LanguageSet kNoLanguage = 0;
inline constexpr LanguageSet kAllLanguages = 0xFFFFFFFF;

// Returns the languages in which a folded word, given by its HashWord, says
// nothing of what a text is about: function words, and what apostrophes leave
// behind ("ll", "ve"). "die" is one in German, and a verb in English. Of a word
// of the Arabic script the hash is that of its ArabicStem.
LanguageSet StopWordLanguages(uint64_t word_hash);

// Returns the language of an ISO 639 code ("en", "en-GB"); all of them for
// another or an empty one.
LanguageSet LanguageSetOf(std::string_view language);

}  // namespace storyfold
