#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <vector>

#include "storyfold/crawl.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// What `run` says of itself at the end.
struct RunSummary {
  std::string version;
  std::string command;  // as typed, for the record
  std::string options;  // the settings in the form --config reads
  double read_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;
  size_t peak_memory_bytes = 0;
  size_t threads = 0;
};

// The numbers of a finished run.
struct RunCounts {
  size_t records = 0;  // = distinct + copies + rejected
  size_t distinct = 0;
  size_t copies = 0;
  size_t rejected = 0;
  size_t clusters = 0;  // of two or more copies
  size_t stories = 0;   // of two or more articles
  size_t lone = 0;      // articles that are a story alone
  size_t boilerplate_lines = 0;
};
RunCounts CountResults(const Crawl& crawl, const Folding& folding);

// Returns the paths of all files that a run writes into `folder`.
std::vector<std::string> RunFiles(const std::string& folder);

// Writes articles.jsonl, stories.jsonl, boilerplate.jsonl and rejected.jsonl
// into `folder`, which is created if need be. All files are complete under
// temporary names, and the inputs as they were, before the first is renamed:
// after an error the results of an earlier run stand. Errors: the file and what
// is wrong; an input that was changed.
absl::Status WriteRunFolder(const std::string& folder, const Crawl& crawl,
                            const Folding& folding);

// Writes summary.json.
absl::Status WriteSummary(const std::string& folder, const Crawl& crawl,
                          const Folding& folding, const RunSummary& summary);

// What a run went by.
struct RunSettings {
  std::string options;  // RunSummary::options
  std::string vectors;  // VectorReport::source
};

// Returns those of the run that wrote `folder`. Errors: no folder of a run.
absl::StatusOr<RunSettings> ReadRunSettings(const std::string& folder);

}  // namespace storyfold
