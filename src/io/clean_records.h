#pragma once

#include <span>
#include <string>
#include <string_view>

#include "io/fields.h"
#include "io/output_file.h"
#include "storyfold/crawl.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// Writes every record of `crawl`, the value of its text field without the
// boilerplate among `lines`, plus a key "storyfold" that lists their numbers:
// {"removed_lines": [3, 9]}.
// REQUIRES: the crawl has its records; `fields` are those it was read with
void WriteCleanRecords(const Crawl& crawl, std::span<const FlaggedLine> lines,
                       const FieldTable& fields, OutputFile& out);

// Returns the bytes of the value of the field the text was read from, with its
// quotation marks; nothing where it is not found.
std::string_view FindTextValue(std::string_view record,
                               const FieldTable& fields);

}  // namespace storyfold
