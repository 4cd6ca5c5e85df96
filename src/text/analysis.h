#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/simd.h"
#include "text/classify.h"
#include "text/mixed_run.h"
#include "text/token.h"
#include "text/word_hash.h"
#include "text/word_runs.h"

namespace storyfold {

// One line of the text; lines are split at '\n', which belongs to none.
struct Line {
  uint32_t begin = 0;  // byte range in the text, end exclusive
  uint32_t end = 0;
  uint32_t first_token = 0;  // token range, end exclusive
  uint32_t last_token = 0;
};

// The tokens and lines of one text. Offsets point into the text analysed, so
// that must be kept.
struct Analysis {
  std::vector<Token> tokens;
  std::vector<Line> lines;  // at least one, even for the empty text

  std::span<const Token> TokensOf(const Line& line) const {
    return {tokens.data() + line.first_token,
            size_t{line.last_token} - line.first_token};
  }
};

// Cuts texts into tokens and lines. One text at a time; keeps its buffers, so
// use one object a thread.
class Analyzer {
 public:
  explicit Analyzer(SimdLevel level = ActiveSimdLevel()) : level_(level) {}

  // Returns the analysis of `text`; the reference is good until the next call.
  //
  // A token is a run of letters, digits and marks; case, width and
  // compatibility forms are folded away (NFKC). An apostrophe ends a token.
  // Hashes are the same on every machine and CPU level. About 700 MB/s for
  // ASCII, 150-400 MB/s for other scripts.
  //
  // REQUIRES: text is valid UTF-8, shorter than 4 GiB
  const Analysis& Analyze(std::string_view text);

 private:
  SimdLevel level_;
  ClassifiedText classified_;
  WordRuns runs_;
  MixedRunCutter mixed_;
  Analysis analysis_;
};

}  // namespace storyfold
