#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>
#include <vector>

namespace storyfold {

struct Label {
  std::string id;
  std::string label;
};

// Returns the label of every record of a file of JSON lines that has an id and
// a label; strings or numbers. `label_field` may be a path: "a.b" is the field
// b of the object in field a. Errors: the file cannot be read, a line is no
// JSON object, an id stands twice, no record has the field.
absl::StatusOr<std::vector<Label>> ReadLabels(const std::string& path,
                                              std::string_view id_field,
                                              std::string_view label_field);

}  // namespace storyfold
