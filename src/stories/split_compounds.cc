// One language after the other: its words are read and spelled, the compounds
// among them found, and their parts added to the bags. All parts are words of
// the batch, so they stand in the vocabulary already; only the number of
// articles that have them grows.
//
// Tested by: tests/stories/split_compounds_test.cc

#include "stories/split_compounds.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "stories/compounds.h"
#include "stories/languages.h"
#include "stories/terms.h"

namespace storyfold {
namespace {

constexpr float kPartWeight = 0.5f;

// What one thread has met.
struct WordReader {
  TermReader reader;
  absl::flat_hash_map<uint64_t, UsedWord> words;

  void Read(std::string_view text, std::span<const uint32_t> removed_lines,
            std::string_view language) {
    uint32_t num_tokens = 0;
    for (const TermOccurrence& t : reader.Read(text, removed_lines, num_tokens,
                                               LanguageSetOf(language))) {
      UsedWord& word = words[t.term];
      if (word.uses == 0) word.spelling = SpellingOf(text, t);
      ++word.uses;
      word.capitalised += t.capitalised;
    }
  }
};

uint32_t PlaceOf(const TermBags& bags, uint64_t term) {
  return static_cast<uint32_t>(
      std::ranges::lower_bound(bags.vocabulary, term, {}, &TermCount::term) -
      bags.vocabulary.begin());
}

// Returns the words of the rows whose language is `language`, ascending by
// term.
std::vector<UsedWord> ReadWords(const TextsOfBags& texts,
                                std::span<const uint32_t> rows,
                                std::string_view language) {
  const auto readers = ParallelPartialResults<WordReader>(
      rows.size(), [&](size_t i, WordReader& words) {
        for (const ArticleId a : texts.texts.Row(rows[i])) {
          const Article& article = texts.articles[a];
          words.Read(article.title, {}, language);
          words.Read(words.reader.TextOf(article), texts.removed.Of(a),
                     language);
        }
      });
  std::vector<UsedWord> all;
  for (const WordReader& reader : readers) {
    for (const auto& [term, word] : reader.words) {
      all.push_back(word);
      all.back().term = term;
    }
  }
  std::ranges::sort(all, {}, &UsedWord::term);
  std::vector<UsedWord> words;
  for (UsedWord& word : all) {
    if (words.empty() || words.back().term != word.term) {
      words.push_back(std::move(word));
    } else {
      words.back().uses += word.uses;
      words.back().capitalised += word.capitalised;
    }
  }
  return words;
}

// The parts of compounds, both as places in the vocabulary.
using PartsOf = absl::flat_hash_map<uint32_t, std::vector<uint32_t>>;

PartsOf ByPlace(std::span<const Compound> compounds, const TermBags& bags) {
  PartsOf parts_of;
  for (const Compound& compound : compounds) {
    std::vector<uint32_t>& parts = parts_of[PlaceOf(bags, compound.term)];
    for (const CompoundPart& part : compound.parts) {
      parts.push_back(PlaceOf(bags, part.term));
    }
  }
  return parts_of;
}

// Returns `bag` with the parts of its compounds, and adds those that it did not
// have to `added`.
std::vector<WeightedTerm> WithParts(std::span<const WeightedTerm> bag,
                                    const PartsOf& parts_of,
                                    std::vector<uint32_t>& added) {
  std::vector<WeightedTerm> terms(bag.begin(), bag.end());
  for (const WeightedTerm& compound : bag) {
    const auto parts = parts_of.find(compound.term);
    if (parts == parts_of.end()) continue;
    for (const uint32_t part : parts->second) {
      auto at = std::ranges::find(terms, part, &WeightedTerm::term);
      if (at == terms.end()) {
        added.push_back(part);
        at = terms.insert(at, {part, 0});
      }
      at->weight += kPartWeight * compound.weight;
    }
  }
  return terms;
}

bool IsCounted(const TextsOfBags& texts, size_t row) {
  return !texts.counted.empty() && texts.counted[texts.texts.Row(row)[0]];
}

void AddParts(const PartsOf& parts_of, std::string_view language,
              const TextsOfBags& texts, TermBags& bags) {
  constexpr size_t kBlockSize = TermBags::kBlockSize;
  std::vector<std::vector<uint32_t>> added(bags.blocks.size());
  ParallelFor(bags.blocks.size(), [&](size_t b) {
    const Csr<WeightedTerm> before = std::exchange(bags.blocks[b], {});
    Csr<WeightedTerm>& block = bags.blocks[b];
    for (size_t i = 0; i < before.size(); ++i) {
      const size_t row = b * kBlockSize + i;
      std::vector<uint32_t> new_terms;
      const std::vector<WeightedTerm> terms =
          texts.languages[row] == language
              ? WithParts(before.Row(i), parts_of, new_terms)
              : std::vector(before.Row(i).begin(), before.Row(i).end());
      if (IsCounted(texts, row)) new_terms.clear();
      added[b].insert(added[b].end(), new_terms.begin(), new_terms.end());
      block.values.insert(block.values.end(), terms.begin(), terms.end());
      block.offsets.push_back(block.values.size());
    }
  });
  for (const std::vector<uint32_t>& terms : added) {
    for (const uint32_t term : terms) ++bags.vocabulary[term].articles;
  }
}

// Adds the parts of `compounds` to `parts`, ascending by term, each once.
void NoteParts(std::span<const Compound> compounds,
               std::vector<CompoundPart>& parts) {
  for (const Compound& compound : compounds) {
    parts.insert(parts.end(), compound.parts.begin(), compound.parts.end());
  }
  std::ranges::sort(parts, [](const CompoundPart& a, const CompoundPart& b) {
    return std::pair(a.term, a.spelling) < std::pair(b.term, b.spelling);
  });
  const auto rest = std::ranges::unique(parts, {}, &CompoundPart::term);
  parts.erase(rest.begin(), rest.end());
}

}  // namespace

void SplitCompounds(const TextsOfBags& texts, TermBags& bags) {
  for (const std::string_view language : kCompoundLanguages) {
    std::vector<uint32_t> rows;
    for (uint32_t i = 0; i < texts.languages.size(); ++i) {
      if (texts.languages[i] == language) rows.push_back(i);
    }
    if (rows.empty()) continue;
    std::vector<UsedWord> words = ReadWords(texts, rows, language);
    for (UsedWord& word : words) {
      word.articles = bags.vocabulary[PlaceOf(bags, word.term)].articles;
    }
    const std::vector<Compound> compounds =
        FindCompounds(words, CapitalisesNouns(language));
    if (compounds.empty()) continue;
    AddParts(ByPlace(compounds, bags), language, texts, bags);
    NoteParts(compounds, bags.compound_parts);
  }
}

}  // namespace storyfold
