#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storyfold/embedding.h"

namespace storyfold {

// What manifest.json of a model folder says.
struct Manifest {
  EmbedderInfo info;
  size_t max_tokens = 256;
  std::string prefix;
  bool pools_first_token = false;  // else the mean of all
  int64_t token_offset = 0;        // added to the numbers of the tokeniser
  int64_t begin_token = 0;
  int64_t end_token = 2;
  int64_t unknown_token = 3;
};

// Parses a manifest:
//
//   {"name": "...", "version": "1", "dimension": 384, "max_tokens": 256,
//    "max_words": 192, "prefix": "query: ", "pooling": "mean",
//    "languages": [],
//    "tokens": {"offset": 1, "begin": 0, "end": 2, "unknown": 3},
//    "thresholds": {"cross_language_scale": 1.05, ...}}
//
// Only name and dimension must be there; of thresholds those of DenseWeights
// are known. Errors: the field and what is wrong with it.
absl::StatusOr<Manifest> ParseManifest(std::string_view json);

}  // namespace storyfold
