#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/simd.h"
#include "text/classify.h"

namespace storyfold {

// A line of a text, and how many runs of word bytes begin before its end.
struct LineRuns {
  uint32_t end = 0;  // of its bytes, which begin behind the line before
  uint32_t last_run = 0;
  bool ascii = true;
  bool quoted = false;  // holds ByteClasses::quote
};

// The lines of a text, split at '\n', and its special runs: those that hold a
// digit or a byte outside of ASCII, ascending.
struct LinesOfText {
  std::vector<LineRuns> lines;
  std::vector<uint32_t> special_runs;
};

// Fills `out` for a text of `size` bytes, reusing its memory. Every level gives
// the same result.
// REQUIRES: text is the classified text; size < 4 GiB
void FindLineRuns(const ClassifiedText& text, size_t size, SimdLevel level,
                  LinesOfText& out);

}  // namespace storyfold
