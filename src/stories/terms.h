#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stories/stop_words.h"
#include "storyfold/article.h"
#include "text/analysis.h"
#include "text/text_reader.h"

namespace storyfold {

// One place where a text uses a term. A term is a folded word without its
// plural ending (Arabic: without its article), or two neighbouring characters
// of a script written without spaces; stop words and single letters are none.
struct TermOccurrence {
  uint64_t term = 0;    // hash: equal terms, equal hashes
  uint32_t number = 0;  // of the term, in TermReader::terms()
  uint32_t offset = 0;  // bytes of the text it was read from
  uint32_t length = 0;
  uint32_t position = 0;  // words of the text before it, stop words included
  bool capitalised = false;
};

// Returns the term spelled `spelling`: a folded word without its ending, or two
// characters of a script written without spaces.
uint64_t TermOfSpelling(std::string_view spelling);

// Returns how the term that `text` uses at `occurrence` is spelled.
std::string SpellingOf(std::string_view text, const TermOccurrence& occurrence);

// Reads terms from texts. Remembers the words it has met, so use one object a
// thread; results do not depend on what it read before.
class TermReader {
 public:
  // Returns the terms of `text` without the removed lines, in order, and adds
  // the number of tokens to `num_tokens`. The first 20,000 bytes are read.
  // Words that are stop words in one of `languages` are no terms.
  //
  // The result is good until the next call.
  std::span<const TermOccurrence> Read(std::string_view text,
                                       std::span<const uint32_t> removed_lines,
                                       uint32_t& num_tokens,
                                       LanguageSet languages = kAllLanguages);

  // Returns the terms of all texts read, each once, as they were met.
  std::span<const uint64_t> terms() const { return terms_; }

  // Returns the text of an article, wherever it stands. Good until the next
  // call.
  std::string_view TextOf(const Article& article) {
    return texts_.Read(article);
  }

 private:
  static constexpr uint32_t kNoTerm = ~uint32_t{0};

  struct KnownWord {
    uint32_t term_number = kNoTerm;
    LanguageSet stop_word_in = kNoLanguage;
  };
  static uint64_t KeyOf(const Token& token);
  KnownWord Know(std::string_view text, const Token& token);
  uint32_t NumberOf(uint64_t term);

  TextReader texts_;
  Analyzer analyzer_;
  absl::flat_hash_map<uint64_t, KnownWord> known_words_;
  absl::flat_hash_map<uint64_t, uint32_t> number_of_term_;
  std::vector<uint64_t> terms_;
  std::vector<TermOccurrence> occurrences_;
};

}  // namespace storyfold
