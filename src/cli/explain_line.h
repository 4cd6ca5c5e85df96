#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

#include "storyfold/crawl.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// Returns, for people, why a line is or is not boilerplate: `line` is the id of
// an article, a colon and the number of the line; or the words of a line, in
// the first article of each of up to five sources that print it.
// Errors: no article has such a line.
absl::StatusOr<std::string> ExplainLine(const Crawl& crawl,
                                        const PipelineOptions& options,
                                        std::string_view line);

}  // namespace storyfold
