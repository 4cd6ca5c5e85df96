#include "embedding/manifest.h"

#include <absl/strings/str_cat.h>
#include <simdjson.h>

#include <limits>

#include "base/string_view.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

namespace dom = simdjson::dom;

constexpr int64_t kMostDimensions = 1 << 16;
constexpr int64_t kMostTokens = 8192;
constexpr int64_t kMostWords = 4096;
constexpr size_t kMostNameBytes = 200;

// Takes values out of an object; the first that is wrong is kept as an error.
class ManifestReader {
 public:
  explicit ManifestReader(dom::object object) : object_(object) {}

  // Reads a text field, if it is there.
  void Read(const char* name, std::string& out) {
    dom::element value;
    if (!Find(name, value)) return;
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS ||
        text.size() > kMostNameBytes) {
      Fail(name, absl::StrCat("is not a string of at most ", kMostNameBytes,
                              " bytes"));
      return;
    }
    out = text;
  }

  void Read(const char* name, int64_t least, int64_t most, int64_t& out) {
    dom::element value;
    if (!Find(name, value)) return;
    if (value.get_int64().get(out) != simdjson::SUCCESS || out < least ||
        out > most) {
      Fail(name,
           absl::StrCat("is not a whole number from ", least, " to ", most));
    }
  }

  void Read(const char* name, double& out) {
    dom::element value;
    if (Find(name, value) && value.get_double().get(out) != simdjson::SUCCESS) {
      Fail(name, "is not a number");
    }
  }

  void Read(const char* name, std::vector<std::string>& out) {
    dom::element value;
    if (!Find(name, value)) return;
    dom::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) {
      Fail(name, "is not a list");
      return;
    }
    for (const dom::element entry : array) {
      std::string_view text;
      if (entry.get_string().get(text) != simdjson::SUCCESS) {
        Fail(name, "is not a list of strings");
        return;
      }
      out.emplace_back(text);
    }
  }

  // Lets `read` take values out of an object in the object.
  template <typename ReadFields>
  void ReadObject(const char* name, const ReadFields& read) {
    dom::element value;
    if (!Find(name, value)) return;
    dom::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
      Fail(name, "is not an object");
      return;
    }
    ManifestReader inner(object);
    read(inner);
    if (status_.ok()) status_ = inner.status_;
  }

  void Fail(const char* name, const std::string& what) {
    if (!status_.ok()) return;
    status_ = absl::InvalidArgumentError(absl::StrCat("\"", name, "\" ", what));
  }

  const absl::Status& status() const { return status_; }

 private:
  bool Find(const char* name, dom::element& value) const {
    return object_[name].get(value) == simdjson::SUCCESS;
  }

  dom::object object_;
  absl::Status status_;
};

void ReadTokens(ManifestReader& reader, Manifest& manifest) {
  constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
  reader.ReadObject("tokens", [&](ManifestReader& tokens) {
    tokens.Read("offset", -kMost, kMost, manifest.token_offset);
    tokens.Read("begin", 0, kMost, manifest.begin_token);
    tokens.Read("end", 0, kMost, manifest.end_token);
    tokens.Read("unknown", 0, kMost, manifest.unknown_token);
  });
}

void ReadWeights(ManifestReader& reader, DenseWeights& weights) {
  reader.ReadObject("thresholds", [&](ManifestReader& fields) {
    fields.Read("cross_language_scale", weights.cross_language_scale);
    fields.Read("cross_language_least", weights.cross_language_least);
    fields.Read("same_language_scale", weights.same_language_scale);
    fields.Read("headline_share", weights.headline_share);
    fields.Read("full_text_share", weights.full_text_share);
    fields.Read("headline_cut", weights.headline_cut);
  });
}

}  // namespace

absl::StatusOr<Manifest> ParseManifest(std::string_view json) {
  dom::parser parser;
  dom::object object;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("not a json object");
  }
  Manifest manifest;
  EmbedderInfo& info = manifest.info;
  ManifestReader reader(object);
  int64_t dimension = 0;
  int64_t max_tokens = static_cast<int64_t>(manifest.max_tokens);
  int64_t max_words = static_cast<int64_t>(info.max_words);
  std::string pooling = "mean";
  reader.Read("name", info.name);
  reader.Read("version", info.version);
  reader.Read("dimension", 1, kMostDimensions, dimension);
  reader.Read("max_tokens", 3, kMostTokens, max_tokens);
  reader.Read("max_words", 1, kMostWords, max_words);
  reader.Read("prefix", manifest.prefix);
  reader.Read("pooling", pooling);
  reader.Read("languages", info.languages);
  ReadTokens(reader, manifest);
  ReadWeights(reader, info.weights);
  if (info.name.empty()) reader.Fail("name", "is missing");
  if (dimension == 0) reader.Fail("dimension", "is missing");
  if (pooling != "mean" && pooling != "first") {
    reader.Fail("pooling", "is neither \"mean\" nor \"first\"");
  }
  if (!reader.status().ok()) return reader.status();
  const absl::Status weights = Validate(info.weights);
  if (!weights.ok()) return weights;
  info.dimension = static_cast<size_t>(dimension);
  info.max_words = static_cast<size_t>(max_words);
  manifest.max_tokens = static_cast<size_t>(max_tokens);
  manifest.pools_first_token = pooling == "first";
  return manifest;
}

}  // namespace storyfold
