// A model as it lies on disk, run by a plug-in that is opened when it is
// needed.
//
// Tested by: tests/cli/model_test.cc

#include <absl/strings/str_cat.h>
#include <dlfcn.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/mapped_file.h"
#include "base/string_view.h"
#include "base/threads.h"
#include "embedding/manifest.h"
#include "embedding/places.h"
#include "embedding/plugin.h"
#include "io/text_file.h"
#include "storyfold/embedding.h"

namespace storyfold {
namespace {

constexpr size_t kErrorBytes = 512;
constexpr const char* kPluginFile = "storyfold-onnx.so";

bool Exists(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

// Returns the first of `paths` that is there, or an empty string.
std::string FirstThatExists(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (Exists(path)) return path;
  }
  return "";
}

std::string FindPlugin() {
  const std::string named = Environment("STORYFOLD_PLUGIN");
  if (!named.empty()) return named;
  const std::string program = ProgramFolder();
  return FirstThatExists({absl::StrCat(program, "/", kPluginFile),
                          absl::StrCat(program, "/../", STORYFOLD_LIBRARIES,
                                       "/storyfold/", kPluginFile)});
}

std::string FindRuntime() {
  const std::string named = Environment("STORYFOLD_ONNXRUNTIME");
  if (!named.empty()) return named;
  const std::string data = DataFolder();
  if (data.empty()) return "";
  return FirstThatExists({data + "/runtime/libonnxruntime.so"});
}

// Opens the plug-in, which stays open: libraries that it brings in need not
// bear being closed.
absl::StatusOr<const StoryfoldPlugin*> OpenPlugin() {
  const std::string path = FindPlugin();
  if (path.empty()) {
    return absl::NotFoundError(absl::StrCat(
        "this build has no ", kPluginFile,
        ", which runs models: install libsentencepiece-dev and build again"));
  }
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* why = ::dlerror();
    return absl::NotFoundError(
        absl::StrCat("the plug-in cannot be opened: ", why ? why : path));
  }
  const auto get = reinterpret_cast<const StoryfoldPlugin* (*)()>(
      ::dlsym(library, STORYFOLD_PLUGIN_SYMBOL));
  const StoryfoldPlugin* plugin = get == nullptr ? nullptr : get();
  if (plugin == nullptr || plugin->version != STORYFOLD_PLUGIN_VERSION) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": not a plug-in of this version of storyfold"));
  }
  return plugin;
}

class PluginEmbedder : public Embedder {
 public:
  PluginEmbedder(const StoryfoldPlugin& plugin, StoryfoldModel* model,
                 EmbedderInfo info)
      : plugin_(plugin), model_(model), info_(std::move(info)) {}
  ~PluginEmbedder() override { plugin_.close(model_); }
  PluginEmbedder(const PluginEmbedder&) = delete;
  PluginEmbedder& operator=(const PluginEmbedder&) = delete;

  const EmbedderInfo& info() const override { return info_; }

  absl::Status Embed(std::span<const std::string> texts,
                     std::span<float> rows) override {
    std::vector<absl::Status> statuses(texts.size());
    ParallelFor(texts.size(), [&](size_t i) {
      const auto row = rows.subspan(i * info_.dimension, info_.dimension);
      std::ranges::fill(row, 0.0f);
      if (texts[i].empty()) return;
      statuses[i] = EmbedOne(texts[i], row);
      if (!statuses[i].ok()) std::ranges::fill(row, 0.0f);
    });
    for (const absl::Status& status : statuses) {
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  absl::Status EmbedOne(const std::string& text, std::span<float> row) const {
    char error[kErrorBytes] = {};
    if (plugin_.embed(model_, text.data(), text.size(), row.data(), error,
                      kErrorBytes) != 0) {
      error[kErrorBytes - 1] = '\0';
      return absl::InternalError(absl::StrCat(info_.name, ": ", error));
    }
    for (const float x : row) {
      if (!std::isfinite(x)) {
        return absl::InternalError(
            absl::StrCat(info_.name, ": a number that is not finite"));
      }
    }
    return absl::OkStatus();
  }

  const StoryfoldPlugin& plugin_;
  StoryfoldModel* model_;
  EmbedderInfo info_;
};

absl::Status InFile(const std::string& path, const absl::Status& status) {
  return absl::Status(status.code(),
                      absl::StrCat(path, ": ", status.message()));
}

absl::StatusOr<uint64_t> HashOfFile(const std::string& path) {
  const auto file = MappedFile::MapWhole(path);
  if (!file.ok()) return InFile(path, file.status());
  (*file)->Populate((*file)->bytes());
  return HashBytes((*file)->bytes());
}

// Returns what the manifest says of a model, and tells it from any other.
absl::StatusOr<Manifest> ReadManifest(const std::string& path) {
  const auto text = ReadWholeFile(path);
  if (!text.ok()) return InFile(path, text.status());
  auto manifest = ParseManifest(*text);
  if (!manifest.ok()) return InFile(path, manifest.status());
  // What makes other vectors, on whatever machine and at whatever time it was
  // put there. A tenth of a second a gigabyte.
  const std::string folder = path.substr(0, path.rfind('/'));
  const auto model = HashOfFile(folder + "/model.onnx");
  if (!model.ok()) return model.status();
  const auto tokenizer = HashOfFile(folder + "/tokenizer.model");
  manifest->info.fingerprint =
      absl::StrCat(*text, "\n", *model, "\n", tokenizer.value_or(0));
  return manifest;
}

}  // namespace

absl::StatusOr<std::shared_ptr<Embedder>> OpenModelFolder(
    const std::string& folder) {
  const auto manifest = ReadManifest(folder + "/manifest.json");
  if (!manifest.ok()) return manifest.status();
  const auto plugin = OpenPlugin();
  if (!plugin.ok()) return plugin.status();

  const std::string model_path = folder + "/model.onnx";
  const std::string tokenizer_path = folder + "/tokenizer.model";
  const std::string runtime_path = FindRuntime();
  StoryfoldModelSettings settings = {};
  settings.model_path = model_path.c_str();
  settings.tokenizer_path = tokenizer_path.c_str();
  settings.runtime_path = runtime_path.empty() ? nullptr : runtime_path.c_str();
  settings.prefix = manifest->prefix.c_str();
  settings.dimension = static_cast<uint32_t>(manifest->info.dimension);
  settings.max_tokens = static_cast<uint32_t>(manifest->max_tokens);
  settings.token_offset = manifest->token_offset;
  settings.begin_token = manifest->begin_token;
  settings.end_token = manifest->end_token;
  settings.unknown_token = manifest->unknown_token;
  settings.pools_first_token = manifest->pools_first_token;

  char error[kErrorBytes] = {};
  StoryfoldModel* model = (*plugin)->open(&settings, error, kErrorBytes);
  if (model == nullptr) {
    error[kErrorBytes - 1] = '\0';
    return absl::InvalidArgumentError(error);
  }
  auto embedder =
      std::make_shared<PluginEmbedder>(**plugin, model, manifest->info);
  const std::vector<std::string> sample = {"A first sentence."};
  std::vector<float> row(manifest->info.dimension);
  const absl::Status works = embedder->Embed(sample, row);
  if (!works.ok()) return InFile(folder, works);
  return embedder;
}

std::string InstalledModelFolder() {
  const std::string data = DataFolder();
  if (data.empty()) return "";
  const std::string folder = data + "/model";
  return Exists(folder + "/manifest.json") ? folder : "";
}

}  // namespace storyfold
