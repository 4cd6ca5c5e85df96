#pragma once

#include <absl/status/status.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace storyfold {

// How much the similarity of dense vectors counts. What a cosine means differs
// from model to model, so these belong to the model (its manifest). The cosine
// is that of vectors from which the mean of their language was subtracted.
struct DenseWeights {
  // Two articles in two languages: scale * (cosine - least), where that is
  // between 0 and 1; in (0, 4] and [0, 1).
  double cross_language_scale = 2.0;
  double cross_language_least = 0.21;

  // Two articles in one language: same_language_scale times the cosine has this
  // share, the similarity of their words the rest; in (0, 2] and [0, 1]. The
  // share of full texts holds in batches of several languages; in one language
  // words alone tell full texts apart.
  double same_language_scale = 0.75;
  double headline_share = 0.80;
  double full_text_share = 0.35;

  // Takes the place of StoryOptions::headline_cut, in (0, 1].
  double headline_cut = 0.25;
};

absl::Status Validate(const DenseWeights& weights);

// What an embedder is.
struct EmbedderInfo {
  // Returns both as people read them: "e5-small 3".
  std::string NameAndVersion() const { return name + " " + version; }

  std::string name;
  std::string version;
  std::string fingerprint;  // another one means other vectors, too
  size_t dimension = 0;
  std::vector<std::string> languages;  // ISO 639 codes; empty: any
  size_t max_words = 192;              // of a text that it is given
  DenseWeights weights;
};

// Turns texts into vectors whose cosine says how alike they are, in whatever
// words and language. Thread-compatible.
class Embedder {
 public:
  virtual ~Embedder() = default;

  virtual const EmbedderInfo& info() const = 0;

  // Writes the vector of texts[i] to row i of `rows`. The vector of a text does
  // not depend on the others of the batch, nor on the number of threads, which
  // are those of the calling thread's arena.
  // Errors: that of the first text that failed; the rows of such texts are
  // zeros, which stand for no vector, as do those of empty texts.
  // REQUIRES: rows.size() == texts.size() * info().dimension
  virtual absl::Status Embed(std::span<const std::string> texts,
                             std::span<float> rows) = 0;
};

}  // namespace storyfold
