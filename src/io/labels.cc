#include "io/labels.h"

#include <absl/container/flat_hash_set.h>
#include <absl/status/status.h>
#include <absl/strings/str_cat.h>
#include <simdjson.h>

#include "base/string_view.h"
#include "io/line_chunks.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

namespace od = simdjson::ondemand;

// Returns the JSON pointer of a path with dots.
std::string ToPointer(std::string_view path) {
  std::string pointer = "/";
  for (const char c : path) {
    if (c == '.') {
      pointer += '/';
    } else if (c == '/') {
      pointer += "~1";
    } else if (c == '~') {
      pointer += "~0";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

// Returns a string or a number as text; nothing for other types.
std::string TextOf(simdjson::simdjson_result<od::value> value) {
  od::json_type type;
  if (value.type().get(type) != simdjson::SUCCESS) return {};
  std::string_view text;
  if (type == od::json_type::string &&
      value.get_string().get(text) == simdjson::SUCCESS) {
    return std::string(text);
  }
  if (type == od::json_type::number) {
    text = value.value_unsafe().raw_json_token();
    return std::string(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
  }
  return {};
}

class LabelReader {
 public:
  LabelReader(std::string_view id_field, std::string_view label_field)
      : id_pointer_(ToPointer(id_field)),
        label_pointer_(ToPointer(label_field)) {}

  // REQUIRES: kLinePadding bytes after the line are readable
  absl::Status AddLine(std::string_view line) {
    if (!simdjson::validate_utf8(line.data(), line.size())) {
      repaired_.assign(line);
      ReplaceInvalidUtf8(repaired_);
      const size_t size = repaired_.size();
      repaired_.resize(size + kLinePadding, ' ');
      line = std::string_view(repaired_).substr(0, size);
    }
    od::document document;
    const simdjson::padded_string_view padded(
        line, line.size() + simdjson::SIMDJSON_PADDING);
    if (parser_.iterate(padded).get(document) != simdjson::SUCCESS) {
      return absl::InvalidArgumentError("broken json");
    }
    od::object object;
    size_t num_fields = 0;
    if (document.get_object().get(object) != simdjson::SUCCESS ||
        object.count_fields().get(num_fields) != simdjson::SUCCESS) {
      return absl::InvalidArgumentError("not a json object");
    }
    document.rewind();
    Label label;
    label.id = TextOf(document.at_pointer(id_pointer_));
    document.rewind();
    label.label = TextOf(document.at_pointer(label_pointer_));
    if (label.id.empty() || label.label.empty()) return absl::OkStatus();
    if (!ids_.insert(label.id).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("id \"", label.id, "\" was used before"));
    }
    labels_.push_back(std::move(label));
    return absl::OkStatus();
  }

  std::vector<Label> Take() { return std::move(labels_); }

 private:
  od::parser parser_;
  std::string repaired_;
  std::string id_pointer_;
  std::string label_pointer_;
  absl::flat_hash_set<std::string> ids_;
  std::vector<Label> labels_;
};

absl::Status At(const std::string& path, size_t line,
                const absl::Status& status) {
  if (status.ok()) return status;
  return {status.code(), absl::StrCat(path, ":", line, ": ", status.message())};
}

}  // namespace

absl::StatusOr<std::vector<Label>> ReadLabels(const std::string& path,
                                              std::string_view id_field,
                                              std::string_view label_field) {
  auto stream = OpenByteStream(path);
  if (!stream.ok()) {
    return absl::NotFoundError(
        absl::StrCat(path, ": ", stream.status().message()));
  }
  StreamLines chunker(std::move(*stream));
  LabelReader reader(id_field, label_field);
  size_t line_number = 1;
  while (true) {
    const LineChunk chunk = chunker.Next();
    if (chunk.IsEnd()) break;
    absl::Status failure;
    line_number = ForEachLine(
        chunk, line_number, [&](std::string_view line, size_t number) {
          if (failure.ok()) failure = At(path, number, reader.AddLine(line));
        });
    if (!failure.ok()) return failure;
    if (!chunk.status.ok()) return At(path, line_number, chunk.status);
  }
  std::vector<Label> labels = reader.Take();
  if (labels.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": no record has \"", ToAbsl(id_field), "\" and \"",
                     ToAbsl(label_field), "\""));
  }
  return labels;
}

}  // namespace storyfold
