#pragma once

#include <string>
#include <string_view>

namespace storyfold {

// Returns a word of the Arabic script as Arabic is searched: without vowel
// marks and lengthening strokes, with one form of alef, ya and ta marbuta, and
// without the article "al-", alone or after "and", "in", "as", "so", "for".
// Another word comes back as it is.
//
// Light stemming (Larkey, Ballesteros & Connell, 2002) without its suffixes,
// which in Persian and Urdu are no endings.
std::string ArabicStem(std::string_view folded);

}  // namespace storyfold
