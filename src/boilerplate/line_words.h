#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/date_words.h"
#include "boilerplate/line_key.h"
#include "text/token.h"

namespace storyfold {

// Returns a folded word with each run of its ASCII digits as one slot: "#th".
std::string MaskDigits(std::string_view folded);

// Collects the words of a line, which its keys are made of. Keeps its buffers,
// so use one object a thread.
class LineWords {
 public:
  // Begins a line.
  void Clear();

  // Adds words of letters only, by their hashes.
  void AddPlainWords(std::span<const uint64_t> hashes);
  void AddNumber(uint64_t hash);
  // Adds a word with digits inside.
  void AddMixed(uint64_t hash, std::string_view folded);
  // Adds a token of `text`, whatever it is.
  void AddToken(const Token& token, std::string_view text);

  // Fills the keys and the counts of `key`, whose `closed` is known.
  void FillKeys(LineKey& key) const;

 private:
  void AddSlot(uint64_t hash, uint64_t part);

  const DateWords& dates_ = Dates();
  std::vector<uint64_t> exact_;
  std::vector<uint64_t> masked_;
  std::vector<size_t> slots_;  // places in masked_ of all that are no words
  size_t num_words_ = 0;
  bool spaceless_ = false;  // has words of a script without spaces
};

// Fills the keys of a line of these words. Returns false, with nothing filled,
// if some may be dates.
bool FillKeysOfPlainWords(std::span<const uint64_t> hashes, LineKey& key);

// Returns LineKey::exact of a line of these words.
uint64_t KeyOfWords(std::span<const uint64_t> hashes);

}  // namespace storyfold
