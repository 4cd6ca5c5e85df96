#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/simd.h"
#include "boilerplate/line_key.h"
#include "boilerplate/line_words.h"
#include "boilerplate/long_line.h"
#include "text/classify.h"
#include "text/line_runs.h"
#include "text/mixed_run.h"
#include "text/token.h"
#include "text/word_hasher.h"
#include "text/word_runs.h"

namespace storyfold {

// Makes the keys of one text after the other. Keeps its buffers, so use one
// object a thread.
class LineKeyer {
 public:
  explicit LineKeyer(SimdLevel level = ActiveSimdLevel());

  // Returns the keys of the lines of `text`, in order; good until the next
  // call. The words are those an Analyzer finds, the keys the same at every CPU
  // level. 1 GB/s of ASCII.
  // REQUIRES: text is valid UTF-8, shorter than 4 GiB
  std::span<const LineKey> Keys(std::string_view text);

  // Returns the long lines of the text whose keys were made last, in order;
  // good until the next call of Keys.
  std::span<const LongLine> LongLines() const { return long_lines_; }

  // Returns the LineKey::exact of a line that reads like `title`; 0 when the
  // title has no words.
  uint64_t TitleKey(std::string_view title);

 private:
  struct LineBytes;

  LineKey KeyOf(LineBytes& line);
  bool EndsInInitial(const LineBytes& line) const;
  void FindSpecialRuns();
  void AddMixedRun(LineBytes& line, size_t run, LineWords& words);
  void AddSpecialRun(LineBytes& line, size_t run, LineWords& words);
  void AddWords(LineBytes& line, LineWords& words);
  bool MayBeLong(const LineBytes& line) const;
  void AddLongLine();

  SimdLevel level_;
  WordHasher title_hasher_;
  ClassifiedText classified_;
  WordRuns runs_;
  LinesOfText lines_;
  std::vector<uint64_t> hashes_;  // of the runs, where they are ASCII
  std::vector<uint32_t> date_runs_;
  std::vector<uint32_t> special_runs_;  // those of lines_, and date_runs_
  MixedRunCutter mixed_;
  std::vector<Token> tokens_;    // of a mixed run
  std::vector<uint64_t> words_;  // of one line, masked
  std::vector<LineKey> keys_;
  std::vector<LongLine> long_lines_;
};

// Returns the words LineKey::masked is made of, with spaces between them:
// "updated # @ #"; the line with its numbers masked where it has nothing else.
std::string MaskedWords(std::string_view line);

}  // namespace storyfold
