#pragma once

#include <memory>

#include "storyfold/embedding.h"

namespace storyfold {

// Returns an embedder that needs no model: a random projection of the words.
// It knows no more than the words do, and is there to try the channel out.
std::shared_ptr<Embedder> MakeBuiltinEmbedder();

}  // namespace storyfold
