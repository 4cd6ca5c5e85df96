#pragma once

#include <absl/status/statusor.h>

#include <memory>
#include <string>

#include "storyfold/embedding.h"

namespace storyfold {

// Returns the embedder of a model folder: model.onnx, tokenizer.model
// (SentencePiece) and manifest.json. It is run by the plug-in in
// $STORYFOLD_PLUGIN or else the one built with this library, and that by the
// library in $STORYFOLD_ONNXRUNTIME, DataFolder() or on the loader's path.
// The folder's files are taken for what a stranger sent: the manifest is
// checked, and the first vector must be what it says.
// Errors: the file and what is wrong; what is not installed and how to get it.
absl::StatusOr<std::shared_ptr<Embedder>> OpenModelFolder(
    const std::string& folder);

// Returns the folder of the model that scripts/get-model installs, or an empty
// string where there is none.
std::string InstalledModelFolder();

}  // namespace storyfold
