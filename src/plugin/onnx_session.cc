#include "plugin/onnx_session.h"

#include <dlfcn.h>

#include <stdexcept>

namespace storyfold {
namespace {

constexpr const char* kUsualNames[] = {
    "libonnxruntime.so", "libonnxruntime.so.1", "libonnxruntime.so.1.21"};
constexpr size_t kMostInputs = 3;

const OrtApi* LoadRuntime(const char* path) {
  void* library = nullptr;
  if (path != nullptr) {
    library = ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
  } else {
    for (const char* name : kUsualNames) {
      if (library == nullptr) library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
    }
  }
  if (library == nullptr) {
    throw std::runtime_error(
        path != nullptr
            ? std::string("ONNX Runtime cannot be opened: ") + ::dlerror()
            : "ONNX Runtime, which runs models, is not installed: "
              "scripts/get-runtime fetches it, or name its libonnxruntime.so "
              "in $STORYFOLD_ONNXRUNTIME");
  }
  const auto get_base = reinterpret_cast<const OrtApiBase* (*)()>(
      ::dlsym(library, "OrtGetApiBase"));
  const OrtApi* api =
      get_base == nullptr ? nullptr : get_base()->GetApi(kOrtApiVersion);
  if (api == nullptr) throw std::runtime_error("not a library of ONNX Runtime");
  return api;
}

}  // namespace

void OnnxSession::Check(OrtStatus* status) const {
  if (status == nullptr) return;
  const std::string message = api_->GetErrorMessage(status);
  api_->ReleaseStatus(status);
  throw std::runtime_error(message);
}

OnnxSession::OnnxSession(const char* runtime_path, const char* model_path)
    : api_(LoadRuntime(runtime_path)),
      env_(nullptr, api_->ReleaseEnv),
      session_(nullptr, api_->ReleaseSession),
      memory_(nullptr, api_->ReleaseMemoryInfo) {
  OrtEnv* env = nullptr;
  Check(api_->CreateEnv(kOrtLogErrors, "storyfold", &env));
  env_.reset(env);
  OrtSessionOptions* options = nullptr;
  Check(api_->CreateSessionOptions(&options));
  const Owned<OrtSessionOptions> owner(options, api_->ReleaseSessionOptions);
  Check(api_->SetIntraOpNumThreads(options, 1));
  Check(api_->SetSessionGraphOptimizationLevel(options, kOrtOptimiseAll));
  OrtSession* session = nullptr;
  Check(api_->CreateSession(env, model_path, options, &session));
  session_.reset(session);
  OrtMemoryInfo* memory = nullptr;
  Check(api_->CreateCpuMemoryInfo(kOrtDeviceAllocator, kOrtDefaultMemory,
                                  &memory));
  memory_.reset(memory);
  ReadNames();
}

void OnnxSession::ReadNames() {
  OrtAllocator* allocator = nullptr;
  Check(api_->GetAllocatorWithDefaultOptions(&allocator));
  const auto take = [&](char* name) {
    const std::string copy = name;
    Check(api_->AllocatorFree(allocator, name));
    return copy;
  };
  size_t num_inputs = 0;
  size_t num_outputs = 0;
  Check(api_->SessionGetInputCount(session_.get(), &num_inputs));
  Check(api_->SessionGetOutputCount(session_.get(), &num_outputs));
  if (num_inputs == 0 || num_inputs > kMostInputs || num_outputs == 0) {
    throw std::runtime_error("the model has no or too many inputs or outputs");
  }
  char* name = nullptr;
  for (size_t i = 0; i < num_inputs; ++i) {
    Check(api_->SessionGetInputName(session_.get(), i, allocator, &name));
    inputs_.push_back(take(name));
    if (inputs_.back() != "input_ids" && inputs_.back() != "attention_mask" &&
        inputs_.back() != "token_type_ids") {
      throw std::runtime_error("the model wants an input \"" + inputs_.back() +
                               "\"");
    }
  }
  Check(api_->SessionGetOutputName(session_.get(), 0, allocator, &name));
  output_ = take(name);
}

OrtValue* OnnxSession::NewTensor(std::span<int64_t> values) const {
  const int64_t shape[] = {1, static_cast<int64_t>(values.size())};
  OrtValue* value = nullptr;
  Check(api_->CreateTensorWithDataAsOrtValue(memory_.get(), values.data(),
                                             values.size_bytes(), shape, 2,
                                             kOrtInt64, &value));
  return value;
}

OnnxSession::Output OnnxSession::ReadOutput(OrtValue* value,
                                            size_t num_tokens) const {
  OrtShapeInfo* info = nullptr;
  Check(api_->GetTensorTypeAndShape(value, &info));
  const Owned<OrtShapeInfo> owner(info, api_->ReleaseShapeInfo);
  int type = 0;
  size_t rank = 0;
  int64_t shape[3] = {};
  Check(api_->GetTensorElementType(info, &type));
  Check(api_->GetDimensionsCount(info, &rank));
  if (type != kOrtFloat || (rank != 2 && rank != 3)) {
    throw std::runtime_error("the model's output is no matrix of float32");
  }
  Check(api_->GetDimensions(info, shape, rank));
  const int64_t rows = rank == 3 ? shape[1] : 1;
  const int64_t columns = shape[rank - 1];
  const bool fits = shape[0] == 1 && columns > 0 && columns <= 1 << 16 &&
                    (rank == 2 || rows == static_cast<int64_t>(num_tokens));
  if (!fits) {
    throw std::runtime_error("the model's output has a shape of its own");
  }
  void* data = nullptr;
  Check(api_->GetTensorMutableData(value, &data));
  const auto* numbers = static_cast<const float*>(data);
  return {static_cast<size_t>(rows), static_cast<size_t>(columns),
          std::vector<float>(numbers, numbers + rows * columns)};
}

OnnxSession::Output OnnxSession::Run(std::span<const int64_t> tokens) const {
  std::vector<int64_t> ids(tokens.begin(), tokens.end());
  std::vector<int64_t> ones(tokens.size(), 1);
  std::vector<int64_t> zeros(tokens.size(), 0);
  using Value = Owned<OrtValue>;
  std::vector<Value> owners;
  std::vector<const OrtValue*> values;
  std::vector<const char*> names;
  for (const std::string& input : inputs_) {
    std::vector<int64_t>& numbers = input == "input_ids"        ? ids
                                    : input == "attention_mask" ? ones
                                                                : zeros;
    owners.emplace_back(NewTensor(numbers), api_->ReleaseValue);
    values.push_back(owners.back().get());
    names.push_back(input.c_str());
  }
  const char* output_name = output_.c_str();
  OrtValue* output = nullptr;
  Check(api_->Run(session_.get(), nullptr, names.data(), values.data(),
                  values.size(), &output_name, 1, &output));
  const Value owner(output, api_->ReleaseValue);
  return ReadOutput(output, tokens.size());
}

}  // namespace storyfold
