#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace storyfold {

// How much the similarity of dense vectors counts. What a cosine means differs
// from model to model, so these belong to the model (its manifest). The cosine
// is that of vectors from which the mean of their language was subtracted.
struct DenseWeights {
  // Two articles in two languages: scale * (cosine - least), where that is
  // between 0 and 1; in [0, 4] and [0, 1].
  double cross_language_scale = 2.0;
  double cross_language_least = 0.21;

  // Two articles in one language: same_language_scale times the cosine has this
  // share, the similarity of their words the rest; in [0, 2] and [0, 1]. The
  // share of full texts holds in batches of several languages; in one language
  // words alone tell full texts apart.
  double same_language_scale = 0.75;
  double headline_share = 0.80;
  double full_text_share = 0.35;

  // Takes the place of StoryOptions::headline_cut, in [.01, 1].
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

// Returns the embedder of a model folder: model.onnx, tokenizer.model
// (SentencePiece) and manifest.json. It is run by the plug-in in
// $STORYFOLD_PLUGIN or else the one installed with this library, and that by
// the library of ONNX Runtime in $STORYFOLD_ONNXRUNTIME, in
// $XDG_DATA_HOME/storyfold/runtime or on the loader's path. The folder's files
// are taken for what a stranger sent: the manifest is checked, and the first
// vector must be what it says.
// Errors: the file and what is wrong; what is not installed and how to get it.
absl::StatusOr<std::shared_ptr<Embedder>> OpenModelFolder(
    const std::string& folder);

// Returns the folder of the model that scripts/get-model installs, or an empty
// string where there is none.
std::string InstalledModelFolder();

}  // namespace storyfold
