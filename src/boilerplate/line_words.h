#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/line_key.h"
#include "text/token.h"

namespace storyfold {

// Returns a folded word with each run of its ASCII digits as one slot: "#th".
std::string MaskDigits(std::string_view folded);

// The sum of words that come one after the other.
class WordSum {
 public:
  void Add(std::span<const uint64_t> hashes);
  void Add(uint64_t hash) { Add({&hash, 1}); }
  void Add(const WordSum& words);

  // Returns the key of the words; the same however they came.
  uint64_t Key() const;

 private:
  uint64_t sum_ = 0;
  uint64_t power_ = 1;
};

// Sums up the words of a line to its keys.
class LineWords {
 public:
  // Of a line that is closed like a sentence, or open. The hashes of its masked
  // words are appended to `masked_words`, unless that is null.
  LineWords(bool closed, std::vector<uint64_t>* masked_words)
      : masked_words_(masked_words), closed_(closed) {}

  // Adds words of letters only, none of them a date word, by their hashes.
  void AddPlainWords(std::span<const uint64_t> hashes);
  void AddDateWord(uint64_t hash);
  void AddNumber(uint64_t hash);
  // Adds a word with digits inside.
  void AddMixed(uint64_t hash, std::string_view folded);
  // Adds a token of `text`, whatever it is.
  void AddToken(const Token& token, std::string_view text);

  // Whether there are words, and each is a number.
  bool AreNumbers() const {
    return num_tokens_ > 0 && num_numbers_ == num_masked_;
  }

  // Whether some are characters of scripts without spaces.
  bool HaveSpaceless() const { return num_spaceless_ > 0; }

  // Fills the keys and the counts of `key`.
  void FillKeys(LineKey& key) const;

 private:
  static constexpr size_t kMostWordsWithSlot = 25;

  void AddSlot(uint64_t hash, uint64_t slot);
  uint32_t SlotKey(size_t first) const;

  WordSum exact_;
  WordSum masked_;
  std::vector<uint64_t>* masked_words_;
  bool closed_;  // then it has no slot keys
  size_t num_tokens_ = 0;
  size_t num_masked_ = 0;
  size_t num_numbers_ = 0;  // slots of numbers
  size_t num_dates_ = 0;
  size_t num_slots_ = 0;  // of any kind
  bool ends_in_number_ = false;
  size_t num_spaceless_ = 0;  // characters of scripts without spaces
  // The masked words while they are few, and a bit for each that is a slot.
  std::array<uint64_t, kMostWordsWithSlot> few_;
  uint32_t slots_ = 0;
};

}  // namespace storyfold
