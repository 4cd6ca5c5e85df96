#pragma once

#include <absl/status/status.h>
#include <simdjson.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace storyfold {

// Returns `json` without white space around it.
std::string_view TrimJson(std::string_view json);

// Returns what is wrong where no object begins (InvalidArgument): an array gets
// a word of its own, as files of JSON are often one.
absl::Status NotAnObject(std::string_view json);

// Returns "broken json: " and what simdjson says (InvalidArgument).
absl::Status BrokenJson(simdjson::error_code code);

// Walks over a value that nobody reads. simdjson's on-demand parser finds where
// values begin and where strings end, and looks at what stands there only when
// it is asked for; this asks. Errors (InvalidArgument): a broken value; more
// than 1,000 levels of nesting.
absl::Status CheckValue(simdjson::ondemand::value value);
absl::Status CheckObject(simdjson::ondemand::object object);

// Returns the name of a field, its escapes read; a lone surrogate is an error.
simdjson::simdjson_result<std::string_view> NameOf(
    simdjson::ondemand::field& field);

// Overwrites the escapes of lone surrogates ("\ud83d" without its second half)
// by that of U+FFFD, which is as long. Returns how many there were.
size_t ReplaceLoneSurrogates(std::string& json);

}  // namespace storyfold
