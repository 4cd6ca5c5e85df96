#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sketch/signature.h"
#include "storyfold/article.h"
#include "text/analysis.h"
#include "text/removed_lines.h"

namespace storyfold {

// Everything the search for copies keeps of one article: about 1.1 kB for a
// text of 500 words.
struct Sketch {
  // Of all words in order: equal for equal normalised texts. Zero for a text
  // without words, which matches nothing.
  std::array<uint64_t, 2> text_hash = {};
  uint32_t num_words = 0;
  Signature signature = {};                // of word 5-grams
  std::vector<uint64_t> sampled_shingles;  // a quarter of the word 3-grams,
                                           // chosen by hash; sorted set

  bool empty() const { return num_words == 0; }
};

// Word n-grams of the signature and of exact Jaccard similarity.
inline constexpr size_t kShingleTokens = 5;
// Word n-grams that are looked up one by one, to find what is contained in
// longer texts.
inline constexpr size_t kContainmentShingleTokens = 3;

// Appends the hashes of the words of `analysis` outside of the removed lines
// (numbers from 1, ascending).
void AppendWords(const Analysis& analysis,
                 std::span<const uint32_t> removed_lines,
                 std::vector<uint64_t>& words);

// Returns the words copies are judged by: those of the text without its
// removed lines; of the title where the text has none.
std::vector<uint64_t> CopyWords(const Article& article,
                                std::span<const uint32_t> removed_lines,
                                Analyzer& analyzer);

// Returns the sketch of a text given by its words.
Sketch SketchWords(std::span<const uint64_t> words);

// Returns the sketch of every article, in order. In parallel; the result does
// not depend on the number of threads.
std::vector<Sketch> SketchArticles(std::span<const Article> articles,
                                   const RemovedLines& removed);

// Sketches again the articles that have removed lines; the others keep their
// sketch. REQUIRES: sketches are of `articles`
void RefreshSketches(std::span<const Article> articles,
                     const RemovedLines& removed,
                     std::vector<Sketch>& sketches);

}  // namespace storyfold
