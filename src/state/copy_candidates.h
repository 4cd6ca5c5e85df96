#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "sketch/sketch.h"
#include "state/database.h"
#include "state/state_folder.h"
#include "state/window.h"

namespace storyfold {

// A segment that is to be searched.
struct SegmentToSearch {
  int64_t segment = 0;
  uint32_t num_articles = 0;
};

struct CopySearch {
  std::span<const Sketch* const> asked;
  std::span<const SegmentToSearch> segments;
  TimeSpan times;  // of the articles that may be found
};

// Stored articles that asked ones may be copies of.
struct CopyCandidates {
  std::vector<int64_t> numbers;  // ascending, none of them expired
  std::vector<uint32_t> asked;   // places of the asked ones, ascending
};

// Returns the stored articles that share enough keys with an asked one to be
// worth reading: at most four for each, and one that shares mostly keys that
// very many have. Reads the tables of keys of the segments: .25 kB an article.
// Errors: of the catalogue and of segments.
absl::StatusOr<CopyCandidates> FindCopyCandidates(const StateFiles& files,
                                                  Database& database,
                                                  const CopySearch& search);

}  // namespace storyfold
