#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

#include "base/arena.h"
#include "io/input_files.h"
#include "io/record_parser.h"

namespace storyfold {

// Returns a text file as an article: id = file.name, title = its first line if
// that looks like one, text = all of it, with a record made of these three.
// Bytes that are no UTF-8 are replaced. Errors: what cannot be read, and binary
// files (DataLoss).
absl::StatusOr<ParsedRecord> ReadTextFile(const InputFile& file, Arena& arena);

// Returns the bytes of a file, unpacked as by OpenByteStream. Errors: what the
// system says, without the file's name; more than 1 GiB (DataLoss).
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

// Returns the first line of `text` if it looks like a title: 2 to 25 words, no
// full stop or comma at its end, and a longer line below it. Else nothing.
std::string_view TitleOfText(std::string_view text);

}  // namespace storyfold
