#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "plugin/ort_api.h"

namespace storyfold {

// A transformer of the ONNX format, run by ONNX Runtime. Errors are thrown as
// std::runtime_error. Run may be called by several threads at once.
class OnnxSession {
 public:
  // Opens the runtime's library, by one of its usual names where `runtime_path`
  // is null, and loads the model. Its inputs must be among input_ids,
  // attention_mask and token_type_ids.
  OnnxSession(const char* runtime_path, const char* model_path);

  // What the model made of a text: rows of `columns` numbers, one a token, or
  // one of the whole text.
  struct Output {
    size_t rows = 0;
    size_t columns = 0;
    std::vector<float> values;
  };

  // Runs the model on the tokens of one text, on the calling thread alone.
  Output Run(std::span<const int64_t> tokens) const;

 private:
  // A thing of the runtime, which releases it.
  template <typename Thing>
  using Owned = std::unique_ptr<Thing, void (*)(Thing*)>;

  void Check(OrtStatus* status) const;
  void ReadNames();
  OrtValue* NewTensor(std::span<int64_t> values) const;
  Output ReadOutput(OrtValue* value, size_t num_tokens) const;

  const OrtApi* api_ = nullptr;
  Owned<OrtEnv> env_;
  Owned<OrtSession> session_;
  Owned<OrtMemoryInfo> memory_;
  std::vector<std::string> inputs_;
  std::string output_;  // the first
};

}  // namespace storyfold
