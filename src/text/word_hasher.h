#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/simd.h"
#include "text/classify.h"
#include "text/mixed_run.h"
#include "text/word_runs.h"

namespace storyfold {

// The hashes of the words of a text and nothing else: what the search for
// copies reads, several times quicker than an Analyzer. One text at a time;
// keeps its buffers, so use one object a thread.
class WordHasher {
 public:
  explicit WordHasher(SimdLevel level = ActiveSimdLevel()) : level_(level) {}

  // Returns Token::hash of every token an Analyzer finds in `text`, in order,
  // outside of the removed lines (numbers from 1, ascending). Good until the
  // next call. 1-2 GB/s for ASCII.
  //
  // REQUIRES: text is valid UTF-8, shorter than 4 GiB
  std::span<const uint64_t> Hash(std::string_view text,
                                 std::span<const uint32_t> removed_lines = {});

 private:
  void HashMixed(std::string_view text);

  SimdLevel level_;
  ClassifiedText classified_;
  WordRuns runs_;
  MixedRunCutter mixed_;
  std::vector<Token> tokens_;  // of one mixed run
  std::string kept_;           // the text without removed lines
  std::vector<uint64_t> words_;
};

}  // namespace storyfold
