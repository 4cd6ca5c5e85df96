#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/simd.h"
#include "text/classify.h"
#include "text/mixed_run.h"
#include "text/token.h"
#include "text/word_hasher.h"
#include "text/word_runs.h"

namespace storyfold {

// What is compared of one line that holds anything but white space. 32 bytes.
struct LineKey {
  // Of the folded words with numbers and the names of months and days replaced
  // by slots; of the bytes where the line has no words.
  uint64_t masked = 0;
  uint64_t exact = 0;  // of the folded words

  // Of the first and the last three masked words of an open line of 4 to 25
  // words ("Read also: *"); 0 where there is none.
  uint32_t prefix = 0;
  uint32_t suffix = 0;

  uint32_t number = 0;      // from 1, in the text split at '\n'
  uint16_t num_tokens = 0;  // 65535 stands for more
  uint8_t num_words = 0;    // tokens that are no slots and have no digit; 255
                            // stands for more
  bool closed : 1 = false;  // ends in . ! ? or a closing quotation mark, but
                            // not in an initial ("D.C.")
  bool quoted : 1 = false;  // holds quotation marks
  bool starts_low : 1 = false;  // with one of the letters a to z
};
static_assert(sizeof(LineKey) == 32);

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

  // Returns the LineKey::exact of a line that reads like `title`; 0 when the
  // title has no words.
  uint64_t TitleKey(std::string_view title);

 private:
  struct LineBytes;
  class PartsOfLine;

  LineKey KeyOf(const LineBytes& line);
  bool EndsInInitial(const LineBytes& line) const;
  size_t FindSpecial(size_t begin, size_t end) const;
  bool MakePlainKey(const LineBytes& line, LineKey& key) const;
  void AddWords(const LineBytes& line, PartsOfLine& parts);
  void AddSpecialRun(const LineBytes& line, size_t run, PartsOfLine& parts);

  SimdLevel level_;
  WordHasher title_hasher_;
  ClassifiedText classified_;
  WordRuns runs_;
  std::vector<uint64_t> hashes_;  // of the runs, where they are ASCII
  MixedRunCutter mixed_;
  std::vector<Token> tokens_;  // of a mixed run
  std::vector<LineKey> keys_;
};

// Returns the words LineKey::masked is made of, with spaces between them:
// "updated # @ #".
std::string MaskedWords(std::string_view line);

}  // namespace storyfold
