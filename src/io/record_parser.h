#pragma once

#include <absl/status/statusor.h>
#include <simdjson.h>

#include <string>
#include <string_view>

#include "base/arena.h"
#include "io/fields.h"
#include "storyfold/article.h"

namespace storyfold {

struct ParsedRecord {
  Article article;          // views into the arena; no id where none is given
  std::string_view record;  // the JSON object without a "storyfold" field
  size_t replaced_bytes = 0;
  bool unreadable_time = false;
};

// Reads articles from JSON objects. One object a thread.
class RecordParser {
 public:
  RecordParser(const FieldTable& fields, bool keep_records)
      : fields_(fields), keep_records_(keep_records) {}

  // Returns the article of one line of JSON, with its strings in `arena`.
  // Invalid UTF-8 and lone surrogates are replaced by U+FFFD in the article,
  // not in the record. A "storyfold" field, which an earlier run added, is
  // left out of the record.
  // Errors (InvalidArgument): broken JSON, no object, wrong types.
  // REQUIRES: kPadding bytes after the line are readable
  absl::StatusOr<ParsedRecord> Parse(std::string_view line, Arena& arena);

  static constexpr size_t kPadding = simdjson::SIMDJSON_PADDING;

 private:
  struct Values;
  absl::Status ReadFields(simdjson::ondemand::object object,
                          const char* record_end, Arena& arena, Values& values);
  static absl::Status ReadOwnField(const char* key_begin,
                                   simdjson::ondemand::value value,
                                   Values& values);
  absl::Status ReadField(FieldMatch match, std::string_view name,
                         simdjson::ondemand::value value,
                         const char* record_end, Arena& arena, Values& values);
  absl::Status ReadString(simdjson::ondemand::value value,
                          const char* record_end, Arena& arena,
                          std::string_view& text);
  absl::StatusOr<ParsedRecord> ParseValid(std::string_view line, Arena& arena);
  absl::StatusOr<ParsedRecord> ParseRepaired(std::string_view line,
                                             bool invalid_utf8, Arena& arena);

  const FieldTable& fields_;
  bool keep_records_;
  simdjson::ondemand::parser parser_;
  std::string repaired_;
  // Key and value an earlier run added to the record parsed last, if any.
  std::string_view own_field_;
};

}  // namespace storyfold
