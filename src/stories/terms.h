#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stories/bag_builder.h"
#include "stories/stop_words.h"
#include "storyfold/article.h"
#include "text/analysis.h"
#include "text/removed_lines.h"
#include "text/text_reader.h"

namespace storyfold {

// One place where a text uses a term. A term is a folded word without its
// plural ending (Arabic: without its article), or two neighbouring characters
// of a script written without spaces; stop words and single letters are none.
struct TermOccurrence {
  uint64_t term = 0;    // hash: equal terms, equal hashes
  uint32_t offset = 0;  // bytes of the text it was read from
  uint32_t length = 0;
  uint32_t position = 0;  // words of the text before it, stop words included
  bool capitalised = false;
};

// What an article is about, before anything is known of other articles.
struct TermBag {
  // Ascending by term, each once. Weight: 2 for each time in the title, and
  // 1 / (1 + i/100) for each time in the body with i words before it.
  std::vector<WeightedTerm> terms;
  uint32_t num_tokens = 0;  // of title and body, stop words included
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
  std::vector<TermOccurrence> Read(std::string_view text,
                                   std::span<const uint32_t> removed_lines,
                                   uint32_t& num_tokens,
                                   LanguageSet languages = kAllLanguages);

  // Returns the text of an article, wherever it stands. Good until the next
  // call, of ReadBag too.
  std::string_view TextOf(const Article& article) {
    return texts_.Read(article);
  }

  // Returns the bag of an article in `language`, an ISO 639 code, which gives
  // the stop words: those of all languages where it is empty or has no list.
  TermBag ReadBag(const Article& article, std::string_view language,
                  std::span<const uint32_t> removed_lines);

 private:
  struct KnownWord {
    uint64_t term = 0;  // 0: none in any language
    LanguageSet stop_word_in = kNoLanguage;
  };
  KnownWord Know(std::string_view text, const Token& token);

  // Calls visit(occurrence) for each term, in order, and returns the number of
  // tokens.
  template <typename Visit>
  uint32_t ForEachTerm(std::string_view text,
                       std::span<const uint32_t> removed_lines,
                       LanguageSet languages, const Visit& visit);

  TextReader texts_;
  Analyzer analyzer_;
  absl::flat_hash_map<uint64_t, KnownWord> known_words_;
  BagBuilder bag_;
};

// Returns the bag of each of `articles` that `chosen` names, in its order;
// `languages` are those of the chosen. In parallel.
std::vector<TermBag> ReadBags(std::span<const Article> articles,
                              std::span<const ArticleId> chosen,
                              std::span<const std::string_view> languages,
                              const RemovedLines& removed);

}  // namespace storyfold
