#pragma once

#include <cstdint>

namespace storyfold {

// Returns whether a folded word, given by its Token::hash, says nothing of
// what a text is about: function words of English, Spanish, French, German and
// Russian, and what apostrophes leave behind ("ll", "ve").
bool IsStopWord(uint64_t word_hash);

}  // namespace storyfold
