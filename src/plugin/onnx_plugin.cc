// Runs transformers of the ONNX format behind the C interface of
// embedding/plugin.h: SentencePiece cuts a text into tokens, ONNX Runtime makes
// a vector of each, and their mean is the vector of the text.
//
// One text at a time, on the thread that asks: a model whose numbers are
// rounded to 8 bits rounds by the largest of a batch, so the vector of a text
// would depend on what stands beside it.

#include <sentencepiece_processor.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "embedding/plugin.h"
#include "plugin/normalisation_rules.h"
#include "plugin/onnx_session.h"

struct StoryfoldModel {
  StoryfoldModelSettings settings;  // its strings are not read again
  std::string prefix;
  sentencepiece::SentencePieceProcessor tokenizer;
  std::unique_ptr<storyfold::OnnxSession> session;
};

namespace storyfold {
namespace {

constexpr std::streamoff kMostTokenizerBytes = 1 << 26;

void LoadTokenizer(const char* path,
                   sentencepiece::SentencePieceProcessor& tokenizer) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw std::runtime_error(std::string(path) + ": cannot be opened");
  if (file.tellg() > kMostTokenizerBytes) {
    throw std::runtime_error(std::string(path) + ": is too large");
  }
  file.seekg(0);
  const std::string bytes((std::istreambuf_iterator<char>(file)),
                          std::istreambuf_iterator<char>());
  try {
    CheckNormalisationRules(bytes);
  } catch (const std::exception& e) {
    throw std::runtime_error(std::string(path) + ": " + e.what());
  }
  const auto status = tokenizer.LoadFromSerializedProto(bytes);
  if (!status.ok() || tokenizer.GetPieceSize() <= 0) {
    throw std::runtime_error(
        std::string(path) +
        ": not a model of SentencePiece: " + status.ToString());
  }
}

std::vector<int64_t> TokensOf(const StoryfoldModel& model,
                              std::string_view text) {
  const StoryfoldModelSettings& settings = model.settings;
  std::vector<int> pieces;
  const auto status =
      model.tokenizer.Encode(model.prefix + std::string(text), &pieces);
  if (!status.ok()) throw std::runtime_error(status.ToString());
  pieces.resize(std::min<size_t>(pieces.size(), settings.max_tokens - 2));
  std::vector<int64_t> tokens = {settings.begin_token};
  for (const int piece : pieces) {
    const bool is_known = piece != model.tokenizer.unk_id();
    tokens.push_back(is_known ? piece + settings.token_offset
                              : settings.unknown_token);
  }
  tokens.push_back(settings.end_token);
  return tokens;
}

void Embed(const StoryfoldModel& model, std::string_view text, float* vector) {
  const OnnxSession::Output output = model.session->Run(TokensOf(model, text));
  if (output.columns != model.settings.dimension) {
    throw std::runtime_error("the model's vectors have " +
                             std::to_string(output.columns) +
                             " numbers, its manifest says " +
                             std::to_string(model.settings.dimension));
  }
  const size_t rows = model.settings.pools_first_token != 0 ? 1 : output.rows;
  for (size_t d = 0; d < output.columns; ++d) {
    double sum = 0;
    for (size_t row = 0; row < rows; ++row) {
      sum += double{output.values[row * output.columns + d]};
    }
    vector[d] = static_cast<float>(sum / static_cast<double>(rows));
  }
}

StoryfoldModel* Open(const StoryfoldModelSettings* settings, char* error,
                     size_t error_size) {
  try {
    auto model = std::make_unique<StoryfoldModel>();
    model->settings = *settings;
    model->prefix = settings->prefix;
    LoadTokenizer(settings->tokenizer_path, model->tokenizer);
    model->session = std::make_unique<OnnxSession>(settings->runtime_path,
                                                   settings->model_path);
    return model.release();
  } catch (const std::exception& e) {
    std::snprintf(error, error_size, "%s", e.what());
    return nullptr;
  }
}

int EmbedText(StoryfoldModel* model, const char* text, size_t text_size,
              float* vector, char* error, size_t error_size) {
  try {
    Embed(*model, {text, text_size}, vector);
    return 0;
  } catch (const std::exception& e) {
    std::snprintf(error, error_size, "%s", e.what());
    return 1;
  }
}

void Close(StoryfoldModel* model) { delete model; }

}  // namespace
}  // namespace storyfold

extern "C" [[gnu::visibility("default")]] const StoryfoldPlugin*
storyfold_plugin() {
  static const StoryfoldPlugin kPlugin = {STORYFOLD_PLUGIN_VERSION,
                                          storyfold::Open, storyfold::EmbedText,
                                          storyfold::Close};
  return &kPlugin;
}
