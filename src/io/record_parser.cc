// One JSON object to one article, with simdjson's on-demand parser (Langdale &
// Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 2019). All
// fields are walked over once, so that broken JSON anywhere in the object is
// noticed, and of several usual names for a role the best one wins.
//
// Two kinds of damage are repaired in a copy and parsed again: invalid UTF-8,
// and "\ud83d" without its second half, which crawlers produce by cutting
// strings. The record that is written out again keeps its own bytes.
//
// Tested by: tests/io/record_parser_test.cc

#include "io/record_parser.h"

#include <absl/status/status.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/string_view.h"
#include "io/json_check.h"
#include "text/unicode.h"

namespace storyfold {
namespace {

namespace od = simdjson::ondemand;

constexpr std::string_view kOwnField = "storyfold";
constexpr size_t kMostNumbers = 1 << 16;  // of a vector

// Returns `record` without its field "storyfold", whose key and value stand at
// [begin, end).
std::string CutField(std::string_view record, size_t begin, size_t end) {
  std::string_view before = record.substr(0, begin);
  std::string_view after = record.substr(end);
  const auto last = before.find_last_not_of(" \t\r\n");
  const auto first = after.find_first_not_of(" \t\r\n");
  if (before[last] == ',') {
    before = before.substr(0, last);
  } else if (after[first] == ',') {
    after = after.substr(first + 1);
  }
  return std::string(before).append(after);
}

bool IsEmptyString(std::string_view token) { return token.starts_with("\"\""); }

// Returns what stands between the quotation marks of a token.
std::string_view WithoutQuotationMarks(std::string_view token) {
  return token.substr(1, token.rfind('"') - 1);
}

std::span<const float> CopyNumbers(std::span<const float> numbers,
                                   Arena& arena) {
  char* room = arena.Reserve(numbers.size_bytes() + alignof(float));
  const size_t shift = -reinterpret_cast<uintptr_t>(room) % alignof(float);
  std::memcpy(room + shift, numbers.data(), numbers.size_bytes());
  arena.Commit(shift + numbers.size_bytes());
  return {reinterpret_cast<const float*>(room + shift), numbers.size()};
}

// Returns whether a role may have a value of this type.
bool MayHave(FieldRole role, od::json_type type) {
  switch (type) {
    case od::json_type::string:
    case od::json_type::null:
      return true;
    case od::json_type::number:
      return role == FieldRole::kId || role == FieldRole::kTime;
    case od::json_type::object:
      return role == FieldRole::kSource;
    default:
      return false;
  }
}

// Reads the name in {"source": {"id": null, "name": "Harbor Light"}}.
absl::Status ReadSourceName(od::value value, Arena& arena,
                            std::string_view& text) {
  od::object object;
  if (const auto error = value.get_object().get(object)) {
    return BrokenJson(error);
  }
  const absl::Status status = CheckObject(object);
  if (!status.ok()) return status;
  if (const auto error = object.reset().error()) return BrokenJson(error);
  if (object["name"].get_string().get(text) != simdjson::SUCCESS) text = {};
  text = arena.Copy(text);
  return absl::OkStatus();
}

// Reads a number as it is written; nothing of null.
absl::Status ReadNumber(od::value value, od::json_type type, Arena& arena,
                        std::string_view& text) {
  const std::string_view token = TrimJson(value.raw_json_token());
  absl::Status status = CheckValue(value);
  if (status.ok() && type == od::json_type::number) text = arena.Copy(token);
  return status;
}

}  // namespace

// Unescapes a string into the arena, where it stays: texts are copied once.
// One that is left in the file is unescaped all the same, to see that it can
// be. `record_end` bounds its length.
absl::Status RecordParser::ReadString(FieldMatch match, od::value value,
                                      const char* record_end, Arena& arena,
                                      std::string_view& text) {
  const std::string_view token = value.raw_json_token();
  od::raw_json_string raw;
  if (const auto error = value.get_raw_json_string().get(raw)) {
    return BrokenJson(error);
  }
  const bool is_left =
      match.role == FieldRole::kText && LeavesTexts() && !IsEmptyString(token);
  const size_t most =
      static_cast<size_t>(record_end - raw.raw()) + simdjson::SIMDJSON_PADDING;
  if (is_left && text_buffer_.size() < most) text_buffer_.resize(most);
  char* room = is_left ? text_buffer_.data() : arena.Reserve(most);
  auto* end = reinterpret_cast<uint8_t*>(room);
  if (const auto error = parser_.unescape(raw, end).get(text)) {
    return BrokenJson(error);
  }
  if (is_left) {
    left_text_ = text;
    text = WithoutQuotationMarks(token);
  } else {
    text = arena.Commit(text.size());
  }
  return absl::OkStatus();
}

// Reads an array of numbers into the arena. Anything else is noted: the article
// goes on without it.
absl::Status RecordParser::ReadVector(od::value value, Arena& arena,
                                      RecordValues& values) {
  od::json_type type;
  if (const auto error = value.type().get(type)) return BrokenJson(error);
  values.vector = {};
  values.unreadable_vector = type != od::json_type::null;
  if (type != od::json_type::array) return CheckValue(value);
  od::array array;
  if (const auto error = value.get_array().get(array)) return BrokenJson(error);
  numbers_.clear();
  bool all_numbers = true;
  for (auto entry : array) {
    od::value element;
    if (const auto error = std::move(entry).get(element))
      return BrokenJson(error);
    const std::string_view token = TrimJson(element.raw_json_token());
    const absl::Status status = CheckValue(element);
    if (!status.ok()) return status;
    numbers_.push_back(0);
    all_numbers &= absl::SimpleAtof(ToAbsl(token), &numbers_.back()) &&
                   std::isfinite(numbers_.back());
  }
  if (!all_numbers || numbers_.empty() || numbers_.size() > kMostNumbers) {
    return absl::OkStatus();
  }
  values.vector = CopyNumbers(numbers_, arena);
  values.unreadable_vector = false;
  return absl::OkStatus();
}

absl::Status RecordParser::ReadField(FieldMatch match, std::string_view name,
                                     od::value value, const char* record_end,
                                     Arena& arena, RecordValues& values) {
  if (match.role == FieldRole::kVector) {
    return ReadVector(value, arena, values);
  }
  od::json_type type;
  if (const auto error = value.type().get(type)) return BrokenJson(error);
  if (!MayHave(match.role, type)) {
    values.SetWrong(match, name);
    return CheckValue(value);
  }
  std::string_view text;
  absl::Status status;
  if (type == od::json_type::string) {
    status = ReadString(match, value, record_end, arena, text);
  } else if (type == od::json_type::object) {
    status = ReadSourceName(value, arena, text);
  } else {
    status = ReadNumber(value, type, arena, text);
  }
  if (status.ok() && !text.empty()) values.Set(match, text);
  return status;
}

// Notes where the field stands that an earlier run added, and the id in it.
absl::Status RecordParser::ReadOwnField(const char* key_begin, od::value value,
                                        RecordValues& values) {
  od::object own;
  if (value.get_object().get(own) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("\"storyfold\" is not an object");
  }
  std::string_view id;
  std::string_view raw;
  if (own["id"].get_string().get(id) == simdjson::SUCCESS) values.own_id = id;
  if (const auto error = own.reset().error()) return BrokenJson(error);
  if (const auto error = own.raw_json().get(raw)) return BrokenJson(error);
  values.own_field = {key_begin, raw.data() + raw.size()};
  return absl::OkStatus();
}

absl::Status RecordParser::ReadFields(od::object object, const char* record_end,
                                      Arena& arena, RecordValues& values) {
  for (auto entry : object) {
    od::field field;
    if (const auto error = std::move(entry).get(field))
      return BrokenJson(error);
    const char* key_begin = field.key().raw() - 1;
    std::string_view name;
    if (const auto error = NameOf(field).get(name)) {
      return BrokenJson(error);
    }
    if (name == kOwnField) {
      const absl::Status status =
          ReadOwnField(key_begin, field.value(), values);
      if (!status.ok()) return status;
      continue;
    }
    const std::optional<FieldMatch> match = fields_.Find(name);
    if (match) roles_met_.set(static_cast<size_t>(match->role));
    const absl::Status status =
        match && values.Wins(*match)
            ? ReadField(*match, name, field.value(), record_end, arena, values)
            : CheckValue(field.value());
    if (!status.ok()) return status;
  }
  return values.TypeStatus();
}

// Returns the record without the field an earlier run added.
std::string_view RecordParser::KeepRecord(std::string_view line,
                                          Arena& arena) const {
  if (!own_field_.empty()) {
    const auto begin = static_cast<size_t>(own_field_.data() - line.data());
    return arena.Copy(CutField(line, begin, begin + own_field_.size()));
  }
  return file_ != nullptr ? line : arena.Copy(line);
}

// Reads the fields of a line that is one JSON object.
absl::Status RecordParser::ReadLine(std::string_view line, Arena& arena,
                                    RecordValues& values) {
  od::document document;
  const simdjson::padded_string_view padded(line, line.size() + kPadding);
  if (const auto error = parser_.iterate(padded).get(document)) {
    return BrokenJson(error);
  }
  od::object object;
  if (document.get_object().get(object) != simdjson::SUCCESS) {
    return NotAnObject(line);
  }
  absl::Status status =
      ReadFields(object, line.data() + line.size(), arena, values);
  if (!status.ok()) return status;
  const char* rest = nullptr;
  if (document.current_location().get(rest) == simdjson::SUCCESS) {
    return absl::InvalidArgumentError("more than one json value in the line");
  }
  return status;
}

absl::StatusOr<ParsedRecord> RecordParser::ParseValid(std::string_view line,
                                                      Arena& arena) {
  RecordValues values;
  const absl::Status status = ReadLine(line, arena, values);
  if (!status.ok()) return status;
  ParsedRecord parsed;
  parsed.article = values.ToArticle(arena);
  if (LeavesTexts() && !parsed.article.text.empty()) {
    parsed.article.text_file = file_;
    parsed.left_text = left_text_;
  }
  parsed.time = values.Get(FieldRole::kTime);
  parsed.unreadable_time = values.HasUnreadableTime(parsed.article);
  parsed.unreadable_vector = values.unreadable_vector;
  own_field_ = values.own_field;
  if (parts_.records) parsed.record = KeepRecord(line, arena);
  return parsed;
}

absl::StatusOr<ParsedRecord> RecordParser::ParseRepaired(std::string_view line,
                                                         bool invalid_utf8,
                                                         Arena& arena) {
  repaired_.assign(line);
  size_t replaced = ReplaceLoneSurrogates(repaired_);
  if (invalid_utf8) replaced += ReplaceInvalidUtf8(repaired_);
  const size_t size = repaired_.size();
  repaired_.resize(size + kPadding, ' ');
  auto parsed = ParseValid(std::string_view(repaired_).substr(0, size), arena);
  if (!parsed.ok()) return parsed.status();
  parsed->replaced_bytes = replaced;
  if (!parts_.records) return parsed;
  // The record keeps its own bytes. An own field, which was cut from the
  // repaired copy, is looked for in them: the runs that write one write valid
  // text.
  if (own_field_.empty()) {
    parsed->record = arena.Copy(line);
  } else if (const size_t at = line.rfind(own_field_);
             at != std::string_view::npos) {
    parsed->record = arena.Copy(CutField(line, at, at + own_field_.size()));
  } else {
    return absl::InvalidArgumentError(
        "its \"storyfold\" field is damaged and cannot be replaced");
  }
  return parsed;
}

absl::StatusOr<ParsedRecord> RecordParser::Parse(std::string_view line,
                                                 Arena& arena,
                                                 const MappedFile* file) {
  file_ = file;
  line = TrimJson(line);
  if (!line.starts_with('{')) {
    return NotAnObject(line);
  }
  auto parsed = ParseValid(line, arena);
  if (parsed.ok()) return parsed;
  const bool valid_utf8 = simdjson::validate_utf8(line.data(), line.size());
  if (valid_utf8) {
    std::string copy(line);
    if (ReplaceLoneSurrogates(copy) == 0) return parsed;
  }
  file_ = nullptr;  // what is repaired stands in no file
  return ParseRepaired(line, !valid_utf8, arena);
}

}  // namespace storyfold
