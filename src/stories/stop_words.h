#pragma once

#include <cstdint>
#include <string_view>

namespace storyfold {

// Some of English, Spanish, French, German and Russian, a bit each.
using LanguageSet = uint8_t;
inline constexpr LanguageSet kAllLanguages = 0xFF;

// Returns the languages in which a folded word, given by its Token::hash, says
// nothing of what a text is about: function words, and what apostrophes leave
// behind ("ll", "ve"). "die" is one in German, and a verb in English.
LanguageSet StopWordLanguages(uint64_t word_hash);

// Returns the language of an ISO 639 code ("en", "en-GB"); all of them for
// another or an empty one.
LanguageSet LanguageSetOf(std::string_view language);

}  // namespace storyfold
