// Terms are counted by their hashes; how the few that stay are spelled is read
// from the texts once more.
//
// Tested by: tests/stories/background_test.cc

#include "stories/background.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <string>
#include <tuple>

#include "stories/bags.h"
#include "stories/languages.h"
#include "stories/terms.h"

namespace storyfold {
namespace {

using Spellings = absl::flat_hash_map<uint64_t, std::string>;

// Spells those of the terms in `spellings` that `text` uses.
void SpellTermsOf(std::string_view text,
                  std::span<const uint32_t> removed_lines, TermReader& reader,
                  Spellings& spellings) {
  uint32_t num_tokens = 0;
  for (const TermOccurrence& t :
       reader.Read(text, removed_lines, num_tokens, kNoLanguage)) {
    const auto at = spellings.find(t.term);
    if (at == spellings.end() || !at->second.empty()) continue;
    at->second = SpellingOf(text, t);
  }
}

std::vector<TermCount> MostCommon(std::vector<TermCount> terms, size_t most) {
  std::erase_if(terms, [](const TermCount& t) { return t.articles < 2; });
  std::ranges::sort(terms, [](const TermCount& a, const TermCount& b) {
    return std::tuple(b.articles, a.term) < std::tuple(a.articles, b.term);
  });
  terms.resize(std::min(terms.size(), most));
  return terms;
}

}  // namespace

std::vector<WordShare> CountWords(std::span<const Article> articles,
                                  std::span<const ArticleId> chosen,
                                  const RemovedLines& removed, size_t most) {
  const std::vector<TermCount> terms =
      MostCommon(ReadBags({articles, OneEach(chosen),
                           LanguagesOf(articles, chosen), removed})
                     .vocabulary,
                 most);
  Spellings spellings;
  for (const TermCount& t : terms) spellings.try_emplace(t.term);
  TextReader texts;
  TermReader reader;
  for (const ArticleId a : chosen) {
    SpellTermsOf(articles[a].title, {}, reader, spellings);
    SpellTermsOf(texts.Read(articles[a]), removed.Of(a), reader, spellings);
  }
  std::vector<WordShare> words;
  for (const TermCount& t : terms) {
    words.push_back(
        {spellings[t.term],
         static_cast<double>(t.articles) / static_cast<double>(chosen.size())});
  }
  std::ranges::sort(words, [](const WordShare& a, const WordShare& b) {
    return std::tuple(-a.share, a.word) < std::tuple(-b.share, b.word);
  });
  return words;
}

}  // namespace storyfold
