#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace storyfold {

// A term as a batch spells and uses it.
struct UsedWord {
  std::string spelling;  // folded, see SpellingOf
  uint64_t term = 0;
  uint32_t articles = 0;  // that have it
  uint32_t uses = 0;
  uint32_t capitalised = 0;  // of these uses
};

// A word that stands on its own elsewhere in the batch.
struct CompoundPart {
  uint64_t term = 0;
  std::string spelling;

  friend bool operator==(const CompoundPart&, const CompoundPart&) = default;
};

// A word made of others.
struct Compound {
  uint64_t term = 0;
  std::vector<CompoundPart> parts;  // each once, parts of parts behind them

  friend bool operator==(const Compound&, const Compound&) = default;
};

// Languages that write several nouns as one word with the letters between them
// that FindCompounds knows, as ISO 639 codes.
inline constexpr std::string_view kCompoundLanguages[] = {"de", "nl"};

// Returns which of the words of one such language are made of others of them,
// ascending by term. `nouns_only`: words that are mostly written without a
// capital are no compounds and no parts.
// Words of more than 80 bytes are none. O(80 letters of all words); the result
// does not depend on their order.
// REQUIRES: no two words have the same spelling
std::vector<Compound> FindCompounds(std::span<const UsedWord> words,
                                    bool nouns_only);

}  // namespace storyfold
