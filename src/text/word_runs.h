#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/simd.h"
#include "text/classify.h"

namespace storyfold {

// The runs of word bytes of a text: run i is the bytes [begins[i], ends[i]).
// Only the first `size` places of `begins` and `ends` count; they keep their
// room for the next text.
struct WordRuns {
  size_t size = 0;
  std::vector<uint32_t> begins;
  std::vector<uint32_t> ends;
};

// Fills `out` with the maximal runs of ByteClasses::word, ascending. Every
// level gives the same result. 5-10 GB/s of text a core.
// REQUIRES: the text has less than 4 GiB
void FindWordRuns(const ClassifiedText& text, SimdLevel level, WordRuns& out);

}  // namespace storyfold
