#pragma once

#include <cstddef>
#include <cstdint>

// The part of ONNX Runtime's C interface that is used here, so that the plug-in
// builds without its header: Debian 12 has none, and the library comes as a
// Python package. The interface is a table of function pointers, of which none
// is ever moved or taken away; those named here are all of its first version,
// which had 102. Each stands at the number behind it.

namespace storyfold {

struct OrtStatus;
struct OrtEnv;
struct OrtSession;
struct OrtSessionOptions;
struct OrtRunOptions;
struct OrtValue;
struct OrtMemoryInfo;
struct OrtAllocator;
struct OrtShapeInfo;  // OrtTensorTypeAndShapeInfo

inline constexpr uint32_t kOrtApiVersion = 1;
inline constexpr int kOrtLogErrors = 3;
inline constexpr int kOrtOptimiseAll = 99;
inline constexpr int kOrtDeviceAllocator = 0;
inline constexpr int kOrtDefaultMemory = 0;
inline constexpr int kOrtFloat = 1;
inline constexpr int kOrtInt64 = 7;

struct OrtApi {
  using Unused = void (*)();

  Unused unused_0[2];
  const char* (*GetErrorMessage)(const OrtStatus*);                    // 2
  OrtStatus* (*CreateEnv)(int log_level, const char* name, OrtEnv**);  // 3
  Unused unused_4[3];
  OrtStatus* (*CreateSession)(const OrtEnv*, const char* path,
                              const OrtSessionOptions*, OrtSession**);  // 7
  Unused unused_8[1];
  OrtStatus* (*Run)(OrtSession*, const OrtRunOptions*,
                    const char* const* input_names,
                    const OrtValue* const* inputs, size_t num_inputs,
                    const char* const* output_names, size_t num_outputs,
                    OrtValue** outputs);                    // 9
  OrtStatus* (*CreateSessionOptions)(OrtSessionOptions**);  // 10
  Unused unused_11[12];
  OrtStatus* (*SetSessionGraphOptimizationLevel)(OrtSessionOptions*,
                                                 int level);            // 23
  OrtStatus* (*SetIntraOpNumThreads)(OrtSessionOptions*, int threads);  // 24
  Unused unused_25[5];
  OrtStatus* (*SessionGetInputCount)(const OrtSession*, size_t*);   // 30
  OrtStatus* (*SessionGetOutputCount)(const OrtSession*, size_t*);  // 31
  Unused unused_32[4];
  OrtStatus* (*SessionGetInputName)(const OrtSession*, size_t index,
                                    OrtAllocator*, char** name);  // 36
  OrtStatus* (*SessionGetOutputName)(const OrtSession*, size_t index,
                                     OrtAllocator*, char** name);  // 37
  Unused unused_38[11];
  OrtStatus* (*CreateTensorWithDataAsOrtValue)(const OrtMemoryInfo*, void* data,
                                               size_t num_bytes,
                                               const int64_t* shape,
                                               size_t shape_size, int type,
                                               OrtValue**);  // 49
  Unused unused_50[1];
  OrtStatus* (*GetTensorMutableData)(OrtValue*, void** data);  // 51
  Unused unused_52[8];
  OrtStatus* (*GetTensorElementType)(const OrtShapeInfo*, int* type);  // 60
  OrtStatus* (*GetDimensionsCount)(const OrtShapeInfo*, size_t*);      // 61
  OrtStatus* (*GetDimensions)(const OrtShapeInfo*, int64_t* values,
                              size_t size);  // 62
  Unused unused_63[2];
  OrtStatus* (*GetTensorTypeAndShape)(const OrtValue*, OrtShapeInfo**);  // 65
  Unused unused_66[3];
  OrtStatus* (*CreateCpuMemoryInfo)(int allocator, int memory,
                                    OrtMemoryInfo**);  // 69
  Unused unused_70[6];
  OrtStatus* (*AllocatorFree)(OrtAllocator*, void*);  // 76
  Unused unused_77[1];
  OrtStatus* (*GetAllocatorWithDefaultOptions)(OrtAllocator**);  // 78
  Unused unused_79[13];
  void (*ReleaseEnv)(OrtEnv*);                // 92
  void (*ReleaseStatus)(OrtStatus*);          // 93
  void (*ReleaseMemoryInfo)(OrtMemoryInfo*);  // 94
  void (*ReleaseSession)(OrtSession*);        // 95
  void (*ReleaseValue)(OrtValue*);            // 96
  Unused unused_97[2];
  void (*ReleaseShapeInfo)(OrtShapeInfo*);            // 99
  void (*ReleaseSessionOptions)(OrtSessionOptions*);  // 100
  Unused unused_101[1];
};
static_assert(offsetof(OrtApi, Run) == 9 * sizeof(void*));
static_assert(offsetof(OrtApi, SetIntraOpNumThreads) == 24 * sizeof(void*));
static_assert(offsetof(OrtApi, CreateTensorWithDataAsOrtValue) ==
              49 * sizeof(void*));
static_assert(offsetof(OrtApi, GetTensorTypeAndShape) == 65 * sizeof(void*));
static_assert(offsetof(OrtApi, CreateCpuMemoryInfo) == 69 * sizeof(void*));
static_assert(offsetof(OrtApi, ReleaseSessionOptions) == 100 * sizeof(void*));
static_assert(sizeof(OrtApi) == 102 * sizeof(void*));

// What the library's one symbol, OrtGetApiBase, returns.
struct OrtApiBase {
  const OrtApi* (*GetApi)(uint32_t version);
  const char* (*GetVersionString)();
};

}  // namespace storyfold
