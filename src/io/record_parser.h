#pragma once

#include <absl/status/statusor.h>
#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/mapped_file.h"
#include "io/fields.h"
#include "io/record_values.h"
#include "storyfold/article.h"

namespace storyfold {

struct ParsedRecord {
  Article article;  // views into the arena, or a text left in the file; no id
                    // where none is given
  std::string_view left_text;  // the text that was left in a file, unescaped;
                               // good until the next Parse
  std::string_view record;     // the JSON object without a "storyfold" field
  size_t replaced_bytes = 0;
  std::string_view time;  // as the record says it
  bool unreadable_time = false;
  bool unreadable_vector = false;
};

// What a RecordParser keeps beside the short strings of an article.
struct RecordParts {
  bool records = true;          // the JSON objects
  bool texts_in_files = false;  // leaves texts in files where lines stay there
};

// Reads articles from JSON objects. One object a thread.
class RecordParser {
 public:
  RecordParser(const FieldTable& fields, RecordParts parts)
      : fields_(fields), parts_(parts) {}

  // Returns the article of one line of JSON, with its strings in `arena`. Where
  // the line stays in `file`, views of the record, and of the text if told so,
  // are left in the line.
  // Invalid UTF-8 and lone surrogates are replaced by U+FFFD in the article,
  // not in the record. A "storyfold" field, which an earlier run added, is
  // left out of the record.
  // Errors (InvalidArgument): broken JSON, no object, wrong types.
  // REQUIRES: kPadding bytes after the line are readable
  absl::StatusOr<ParsedRecord> Parse(std::string_view line, Arena& arena,
                                     const MappedFile* file = nullptr);

  // The roles that fields of the records so far have, whatever their values.
  FieldRoles roles_met() const { return roles_met_; }

  static constexpr size_t kPadding = simdjson::SIMDJSON_PADDING;

 private:
  absl::Status ReadFields(simdjson::ondemand::object object,
                          const char* record_end, Arena& arena,
                          RecordValues& values);
  static absl::Status ReadOwnField(const char* key_begin,
                                   simdjson::ondemand::value value,
                                   RecordValues& values);
  absl::Status ReadField(FieldMatch match, std::string_view name,
                         simdjson::ondemand::value value,
                         const char* record_end, Arena& arena,
                         RecordValues& values);
  absl::Status ReadVector(simdjson::ondemand::value value, Arena& arena,
                          RecordValues& values);
  absl::Status ReadString(FieldMatch match, simdjson::ondemand::value value,
                          const char* record_end, Arena& arena,
                          std::string_view& text);
  absl::Status ReadLine(std::string_view line, Arena& arena,
                        RecordValues& values);
  absl::StatusOr<ParsedRecord> ParseValid(std::string_view line, Arena& arena);
  bool LeavesTexts() const { return file_ != nullptr && parts_.texts_in_files; }
  std::string_view KeepRecord(std::string_view line, Arena& arena) const;
  absl::StatusOr<ParsedRecord> ParseRepaired(std::string_view line,
                                             bool invalid_utf8, Arena& arena);

  const FieldTable& fields_;
  RecordParts parts_;
  const MappedFile* file_ = nullptr;  // that the line stays in
  simdjson::ondemand::parser parser_;
  std::vector<char> text_buffer_;
  std::vector<float> numbers_;
  std::string_view left_text_;  // that is left in a file, unescaped
  std::string repaired_;
  FieldRoles roles_met_;
  // Key and value an earlier run added to the record parsed last, if any.
  std::string_view own_field_;
};

}  // namespace storyfold
