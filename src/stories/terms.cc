// Words to terms. A word is looked at as bytes once: its term (stop word or
// not, plural ending off) is remembered by the hash of the word, so a text
// costs one hash look-up a word.
//
// The plural is all that is taken off ("talks" -> "talk", "parties" ->
// "party"): heavier stemmers merge words that tell look-alike events apart. The
// Snowball stemmers changed nothing on English and cost .03 on headlines; on
// Russian, Snowball, endings of cases or the first letters alone gave what a
// lower threshold gives. Arabic writes its article, and "and", "in", "for", as
// one word with the noun; those are taken off. Chinese, Japanese, Thai and the
// like have no spaces; there two neighbouring characters make a term. German
// compounds are terms as they stand; stories/compounds.cc finds their parts.
//
// Tested by: tests/stories/terms_test.cc

#include "stories/terms.h"

#include <algorithm>
#include <string>

#include "base/hash.h"
#include "stories/arabic.h"
#include "text/removed_lines.h"

namespace storyfold {
namespace {

constexpr size_t kReadBytes = 20'000;
constexpr size_t kMaxRememberedWords = 1 << 20;
// Words are looked up where memory was fetched so many words before.
constexpr size_t kWordsAhead = 8;

// Returns the text cut at `kReadBytes`, not inside a character.
std::string_view Head(std::string_view text) {
  if (text.size() <= kReadBytes) return text;
  size_t end = kReadBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string_view WithoutPlural(std::string_view word, std::string& buffer) {
  const size_t n = word.size();
  if (n > 4 && word.ends_with("ies")) {
    buffer.assign(word.substr(0, n - 3));
    return buffer += 'y';
  }
  const auto before = [&](size_t k, std::string_view letters) {
    return letters.find(word[n - k]) != std::string_view::npos;
  };
  if (n > 4 && word.ends_with("es") && before(3, "sxz")) {
    return word.substr(0, n - 2);
  }
  if (n > 3 && word.ends_with("s") && !before(2, "su")) {
    return word.substr(0, n - 1);
  }
  return word;
}

bool IsOneCharacter(std::string_view word) {
  return DecodeUtf8(word).length == word.size();
}

bool Adjoins(const Token& previous, const Token& next) {
  return previous.offset + previous.length == next.offset;
}

std::string_view FirstCharacter(std::string_view text) {
  return text.substr(0, DecodeUtf8(text).length);
}

bool IsWrittenWithoutSpaces(std::string_view text) {
  return WrittenWithoutSpaces(LookUpCodePoint(DecodeUtf8(text).value).script);
}

// Returns a folded word as it is counted.
std::string Stem(std::string_view folded, Script script) {
  if (script == Script::kArabic) return ArabicStem(folded);
  std::string buffer;
  return std::string(script == Script::kLatin ? WithoutPlural(folded, buffer)
                                              : folded);
}

}  // namespace

uint64_t TermOfSpelling(std::string_view spelling) {
  if (spelling.empty() || !IsWrittenWithoutSpaces(spelling)) {
    return HashWord(spelling);
  }
  const std::string_view first = FirstCharacter(spelling);
  return CombineHashes(HashWord(first),
                       HashWord(spelling.substr(first.size())));
}

std::string SpellingOf(std::string_view text,
                       const TermOccurrence& occurrence) {
  const std::string folded =
      FoldWord(text.substr(occurrence.offset, occurrence.length));
  for (const Script script : {Script::kLatin, Script::kArabic}) {
    std::string stem = Stem(folded, script);
    if (TermOfSpelling(stem) == occurrence.term) return stem;
  }
  return folded;
}

// A word of another script than its letters look like is another word.
uint64_t TermReader::KeyOf(const Token& token) {
  return token.script == Script::kLatin ? token.hash : ~token.hash;
}

uint32_t TermReader::NumberOf(uint64_t term) {
  const auto [at, is_new] =
      number_of_term_.try_emplace(term, static_cast<uint32_t>(terms_.size()));
  if (is_new) terms_.push_back(term);
  return at->second;
}

TermReader::KnownWord TermReader::Know(std::string_view text,
                                       const Token& token) {
  if (known_words_.size() > kMaxRememberedWords) known_words_.clear();
  const auto [at, is_new] = known_words_.try_emplace(KeyOf(token));
  if (!is_new) return at->second;
  const std::string folded = FoldWord(text.substr(token.offset, token.length));
  if (folded.empty() || IsOneCharacter(folded)) return {};
  const uint64_t term = HashWord(Stem(folded, token.script));
  at->second = {
      NumberOf(term),
      StopWordLanguages(token.script == Script::kArabic ? term : token.hash)};
  return at->second;
}

std::span<const TermOccurrence> TermReader::Read(
    std::string_view text, std::span<const uint32_t> removed_lines,
    uint32_t& num_tokens, LanguageSet languages) {
  text = Head(text);
  const Analysis& analysis = analyzer_.Analyze(text);
  const std::span<const Token> tokens = analysis.tokens;
  occurrences_.clear();
  uint32_t position = 0;
  ForEachKeptLine(analysis, removed_lines, [&](const Line& line) {
    Token previous;
    for (uint32_t k = line.first_token; k < line.last_token; ++k) {
      const Token& token = tokens[k];
      if (k + kWordsAhead < tokens.size()) {
        known_words_.prefetch(KeyOf(tokens[k + kWordsAhead]));
      }
      if (!WrittenWithoutSpaces(token.script)) {
        const KnownWord word = Know(text, token);
        if (word.term_number != kNoTerm &&
            (word.stop_word_in & languages) == 0) {
          occurrences_.push_back({terms_[word.term_number], word.term_number,
                                  token.offset, token.length, position,
                                  token.capitalised});
        }
      } else if (WrittenWithoutSpaces(previous.script) &&
                 Adjoins(previous, token)) {
        const uint64_t term = CombineHashes(previous.hash, token.hash);
        occurrences_.push_back({term, NumberOf(term), previous.offset,
                                uint32_t{previous.length} + token.length,
                                position - 1, false});
      }
      ++position;
      previous = token;
    }
  });
  num_tokens += position;
  return occurrences_;
}

}  // namespace storyfold
