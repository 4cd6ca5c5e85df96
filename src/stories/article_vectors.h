#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storyfold/article.h"
#include "storyfold/embedding.h"
#include "text/removed_lines.h"

namespace storyfold {

// A text of so many words or more, title included, is no headline: beside
// others of its language its own words say enough.
inline constexpr size_t kFullTextWords = 40;

// The dense vectors of a batch, one row for each article that stands for its
// copies, in ArticleId order. Empty where nothing is known of any.
struct DenseVectors {
  size_t dimension = 0;
  std::vector<float> values;  // rows of length 1, or all zeros: none
  std::vector<char> known;    // of each row
  std::vector<std::string_view> languages;  // of each row, see LanguagesOf
  DenseWeights weights;
  std::string source;   // of the vectors, for people
  std::string problem;  // the first that there was

  bool empty() const { return known.empty(); }
  std::span<const float> Row(size_t i) const {
    return {values.data() + i * dimension, dimension};
  }
  std::span<float> Row(size_t i) {
    return {values.data() + i * dimension, dimension};
  }
};

// Returns whether the articles are of more than one language.
bool HasManyLanguages(const DenseVectors& vectors);

// Returns the scalar product, added up in the same order on every machine.
// REQUIRES: a.size() == b.size()
float DotProduct(std::span<const float> a, std::span<const float> b);

// Scales `vector` to length 1. Returns whether it could be: one of zeros, or
// with a number that is not finite, is set to zeros.
bool ScaleToUnit(std::span<float> vector);

// Returns the vectors that articles bring, if any does; else those `embedder`
// makes of their title and first words, without `removed` lines; without an
// embedder nothing. A vector of another dimension than most, of zeros, or
// with a number that is not finite is left out, and `problem` tells of it.
// Vectors are slow to make, so in a batch of one language only headlines get
// them.
// Parallel and deterministic.
DenseVectors CollectVectors(std::span<const Article> articles,
                            const RemovedLines& removed,
                            std::span<const ArticleId> representative,
                            Embedder* embedder);

}  // namespace storyfold
