#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "duplicates/distinct_texts.h"
#include "sketch/sketch.h"
#include "support/corpus.h"

namespace storyfold {

// What a text looks like to the tokeniser. The words are invented.
enum class Language {
  kEnglish,  // ASCII
  kQuotes,   // the same with typographic apostrophes, one in forty words
  kRussian,  // two bytes a letter
  kChinese,  // three bytes a character, each a token
};

// Articles of about 450 words (Chinese: 700 characters) from a fixed seed, and
// what the steps make of them.
struct BenchTexts {
  std::vector<std::string> texts;
  size_t num_bytes = 0;
  std::vector<std::vector<uint64_t>> words;     // hashes, of each text
  std::vector<std::vector<uint64_t>> shingles;  // of each text, as it stands
  size_t num_shingles = 0;
};

// The same object at every call.
const BenchTexts& TextsOf(Language language);

// English articles; a fifth of them copies with up to 15 % of the words
// replaced.
struct BenchCopies {
  Corpus corpus;
  size_t num_bytes = 0;
  size_t num_shingles = 0;
  std::vector<Sketch> sketches;
  DistinctTexts texts;
  // Originals and their copies that are not equal but have a Jaccard
  // similarity of at least kBenchJaccard, ascending.
  std::vector<std::pair<ArticleId, ArticleId>> alike;
};
inline constexpr double kBenchJaccard = 0.5;

// The same object at every call.
const BenchCopies& Copies();

// Returns the share of copies.alike that is among `found`: anything with
// members a and b, positions in copies.texts.
template <typename Found>
double Recall(const BenchCopies& copies, const Found& found) {
  size_t num_found = 0;
  for (const auto& pair : found) {
    const std::pair articles = {copies.texts.First(pair.a),
                                copies.texts.First(pair.b)};
    num_found += std::ranges::binary_search(copies.alike, articles);
  }
  return static_cast<double>(num_found) /
         static_cast<double>(copies.alike.size());
}

// Reports bytes of text a second and seconds a shingle.
void ReportRates(benchmark::State& state, size_t num_bytes,
                 size_t num_shingles);

// Runs `run(state, language)` for all languages, as "name/english" and so on.
void RegisterLanguages(std::string_view name,
                       void (*run)(benchmark::State&, Language));

}  // namespace storyfold
