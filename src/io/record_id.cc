// A record says its id in a field named as ids are, or in one that the user
// named when it came in, which nobody remembers: then the first that says it. A
// record that says the other id already in as good a place stays as it is.
//
// Tested by: tests/io/record_id_test.cc

#include "io/record_id.h"

#include <simdjson.h>

#include <optional>

#include "io/fields.h"
#include "io/json_check.h"
#include "io/json_text.h"

namespace storyfold {
namespace {

namespace od = simdjson::ondemand;

// Returns what an id is written as: a string or a number.
std::optional<std::string> TextOf(od::value value) {
  od::json_type type;
  if (value.type().get(type) != simdjson::SUCCESS) return std::nullopt;
  if (type == od::json_type::string) {
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
    return std::string(text);
  }
  if (type != od::json_type::number) return std::nullopt;
  return std::string(TrimJson(value.raw_json_token()));
}

// A value as it is written, and whether its field is named as ids are.
struct IdField {
  std::string_view value;
  bool is_named;
};

// Returns the field in which `document` says that its id is `id`.
std::optional<IdField> FindId(od::document& document, std::string_view id) {
  const FieldTable fields{FieldNames()};
  od::object object;
  if (document.get_object().get(object) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  std::optional<IdField> found;
  for (auto entry : object) {
    od::field field;
    std::string_view name;
    if (std::move(entry).get(field) != simdjson::SUCCESS ||
        NameOf(field).get(name) != simdjson::SUCCESS) {
      return std::nullopt;
    }
    const auto match = fields.Find(name);
    if (match && match->role != FieldRole::kId) continue;
    if (!match && found) continue;
    const auto token = TrimJson(field.value().raw_json_token());
    if (TextOf(field.value()) != id) continue;
    found = {token, match.has_value()};
    if (match) break;
  }
  return found;
}

}  // namespace

std::string WithOtherId(std::string_view record, std::string_view from,
                        std::string_view to) {
  const simdjson::padded_string padded(record);
  od::parser parser;
  od::document document;
  std::string changed(record);
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return changed;
  const auto field = FindId(document, from);
  if (!field) return changed;
  document.rewind();
  const auto already = FindId(document, to);
  if (already && (already->is_named || !field->is_named)) return changed;
  std::string id;
  AppendJsonString(to, id);
  const auto begin = static_cast<size_t>(field->value.data() - padded.data());
  return changed.replace(begin, field->value.size(), id);
}

}  // namespace storyfold
