#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/simd.h"
#include "sketch/signature.h"
#include "storyfold/article.h"
#include "text/removed_lines.h"
#include "text/text_reader.h"
#include "text/word_hasher.h"

namespace storyfold {

// Everything the search for copies keeps of one article: about 1 kB for a text
// of 500 words.
struct Sketch {
  // Of all words in order: equal for equal normalised texts. Zero for a text
  // without words, which matches nothing.
  std::array<uint64_t, 2> text_hash = {};
  uint32_t num_words = 0;
  Signature signature = {};  // of word 5-grams

  // A quarter of the word 3-grams, chosen by hash: 32 bits of each, in text
  // order, with repeats. Empty where only pairs are looked for.
  std::vector<uint32_t> sampled_shingles;

  bool empty() const { return num_words == 0; }
};

// What sketches are for. Pairs by Jaccard similarity are pairs of texts, and
// need no sample of 3-grams; clusters of copies are of articles, and of those
// with little text the title counts, too.
enum class SketchUse { kPairs, kClusters };

// A text of fewer words may be all that a page printed under any title: "Sign
// in to read on", "This video is not available".
inline constexpr uint32_t kLeastWordsWithoutTitle = 50;

// Makes the sketches of one article after the other. One object a thread.
class Sketcher {
 public:
  explicit Sketcher(SketchUse use = SketchUse::kClusters,
                    SimdLevel level = ActiveSimdLevel())
      : use_(use), level_(level), hasher_(level) {}

  // Returns the words copies are judged by: those of the text without its
  // removed lines (numbers from 1, ascending), behind those of the title where
  // it is short (for clusters); of the title where there is no text. Good until
  // the next call.
  std::span<const uint64_t> Words(const Article& article,
                                  std::span<const uint32_t> removed_lines);

  // Returns the shingles of those words, repeats included. Good until the next
  // call; the caller may write over them.
  std::span<uint64_t> Shingles(const Article& article,
                               std::span<const uint32_t> removed_lines);

  // Returns the sketch of a text given by its words.
  Sketch SketchWords(std::span<const uint64_t> words);

  Sketch SketchArticle(const Article& article,
                       std::span<const uint32_t> removed_lines) {
    return SketchWords(Words(article, removed_lines));
  }

 private:
  std::vector<uint32_t> SampleShingles(std::span<const uint64_t> words);

  SketchUse use_;
  SimdLevel level_;
  TextReader reader_;
  WordHasher hasher_;
  std::vector<uint64_t> words_;  // of title and text
  std::vector<uint64_t> shingles_;
  std::vector<uint32_t> sample_;
};

// Returns the sketch of every article, in order. In parallel; the result does
// not depend on the number of threads. 700 MB/s of ASCII text a core for
// kPairs, 500 for kClusters.
std::vector<Sketch> SketchArticles(std::span<const Article> articles,
                                   const RemovedLines& removed,
                                   SketchUse use = SketchUse::kClusters);

// Sketches again the articles that have removed lines; the others keep their
// sketch. REQUIRES: sketches are of `articles`, for kClusters
void RefreshSketches(std::span<const Article> articles,
                     const RemovedLines& removed,
                     std::vector<Sketch>& sketches);

}  // namespace storyfold
