#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/simd.h"
#include "text/classify.h"
#include "text/unicode.h"

namespace storyfold {

// A word, a number, or one character of a script written without spaces.
struct Token {
  uint64_t hash = 0;    // of the folded word: equal words, equal hashes
  uint32_t offset = 0;  // of its first byte in the text
  uint16_t length = 0;  // in bytes of the text; 65535 stands for more
  Script script = Script::kNone;
  bool has_digit : 1 = false;
  bool all_digits : 1 = false;
  bool capitalised : 1 = false;       // its first character is upper case
  bool after_apostrophe : 1 = false;  // "s" in "Corvane's"
};

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
  // Hashes are the same on every machine and CPU level. About 1 GB/s for
  // ASCII, 100 MB/s for other scripts.
  //
  // REQUIRES: text is valid UTF-8, shorter than 4 GiB
  const Analysis& Analyze(std::string_view text);

 private:
  SimdLevel level_;
  ClassifiedText classified_;
  Analysis analysis_;
};

// Returns the hash Token::hash has for a token that folds to `folded`.
uint64_t HashWord(std::string_view folded);

}  // namespace storyfold
