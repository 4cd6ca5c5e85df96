#pragma once

#include <absl/status/status.h>

#include <cstddef>
#include <string>

#include "storyfold/crawl.h"
#include "storyfold/state.h"

namespace storyfold {

// What an update tells a monitor: metrics in the text format of Prometheus, in
// a file or, for "-", on standard output. Errors: the file and what is wrong.

// Returns the error that writing them would end with, as far as can be known
// before.
absl::Status CheckMetricsWritable(const std::string& path);

// Writes those of a night that is stored. Where an input was not read to the
// end it is no success: when the last one was stays as the file has it.
absl::Status WriteNightMetrics(const std::string& path, const Crawl& crawl,
                               const UpdateResult& result, double seconds);

// Writes how many inputs were not read to the end by an update that read
// nothing; all else stays as the file has it.
absl::Status WriteUnreadInputs(const std::string& path, size_t unread);

}  // namespace storyfold
