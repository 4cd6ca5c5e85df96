// The key of words h1 ... hn is the polynomial h1 c^n + ... + hn c, mixed: the
// hashes are well spread already. Eight words at a time, so that only one
// multiplication in eight waits for another.
//
// Tested by: tests/boilerplate/line_keys_test.cc

#include "boilerplate/line_words.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/hash.h"
#include "text/analysis.h"

namespace storyfold {
namespace {

constexpr uint64_t kNumberSlot = 1;
constexpr uint64_t kDateSlot = 2;

constexpr size_t kSlotWords = 3;
constexpr size_t kMostWordsWithSlot = 25;

constexpr size_t kWordsAtOnce = 8;

// The powers of the multiplier, from the first.
constexpr std::array<uint64_t, kWordsAtOnce> kPowers = [] {
  std::array<uint64_t, kWordsAtOnce> powers{};
  uint64_t power = 1;
  for (uint64_t& p : powers) p = power *= 0x9e3779b97f4a7c15u;
  return powers;
}();

template <typename Count>
Count Saturated(size_t count) {
  return static_cast<Count>(
      std::min<size_t>(count, std::numeric_limits<Count>::max()));
}

// Key of three words in a place, of which so many are slots; 0 where more are
// slots than words.
uint32_t SlotKey(std::span<const uint64_t> words, size_t num_slots) {
  if (num_slots + 1 >= kSlotWords) return 0;
  return static_cast<uint32_t>(KeyOfWords(words) >> 32);
}

void FillSlotKeys(std::span<const uint64_t> masked,
                  std::span<const size_t> slots, LineKey& key) {
  if (key.closed || masked.size() <= kSlotWords ||
      masked.size() > kMostWordsWithSlot) {
    return;
  }
  const size_t last = masked.size() - kSlotWords;
  const auto slots_before = [&](size_t place) {
    return static_cast<size_t>(std::ranges::lower_bound(slots, place) -
                               slots.begin());
  };
  key.prefix = SlotKey(masked.first(kSlotWords), slots_before(kSlotWords));
  key.suffix =
      SlotKey(masked.last(kSlotWords), slots.size() - slots_before(last));
}

}  // namespace

std::string MaskDigits(std::string_view folded) {
  std::string masked;
  for (const char c : folded) {
    if (c < '0' || c > '9') {
      masked += c;
    } else if (masked.empty() || masked.back() != '#') {
      masked += '#';
    }
  }
  return masked;
}

uint64_t KeyOfWords(std::span<const uint64_t> hashes) {
  uint64_t sum = 0;
  size_t i = 0;
  for (; i + kWordsAtOnce <= hashes.size(); i += kWordsAtOnce) {
    sum *= kPowers[kWordsAtOnce - 1];
    for (size_t k = 0; k < kWordsAtOnce; ++k) {
      sum += hashes[i + k] * kPowers[kWordsAtOnce - 1 - k];
    }
  }
  for (; i < hashes.size(); ++i) sum = (sum + hashes[i]) * kPowers[0];
  return Mix(sum);
}

bool FillKeysOfPlainWords(std::span<const uint64_t> hashes, LineKey& key) {
  const DateWords& dates = Dates();
  bool may_have_date = false;
  for (const uint64_t hash : hashes) may_have_date |= dates.MayContain(hash);
  if (may_have_date) return false;
  key.num_tokens = Saturated<uint16_t>(hashes.size());
  key.num_words = Saturated<uint8_t>(hashes.size());
  key.masked = key.exact = KeyOfWords(hashes);
  FillSlotKeys(hashes, {}, key);
  return true;
}

void LineWords::Clear() {
  exact_.clear();
  masked_.clear();
  slots_.clear();
  num_words_ = 0;
  spaceless_ = false;
}

void LineWords::AddPlainWords(std::span<const uint64_t> hashes) {
  exact_.insert(exact_.end(), hashes.begin(), hashes.end());
  const size_t first = masked_.size();
  masked_.insert(masked_.end(), hashes.begin(), hashes.end());
  num_words_ += hashes.size();
  for (size_t i = 0; i < hashes.size(); ++i) {
    if (!dates_.Contain(hashes[i])) continue;
    masked_[first + i] = kDateSlot;
    slots_.push_back(first + i);
    --num_words_;
  }
}

void LineWords::AddSlot(uint64_t hash, uint64_t part) {
  exact_.push_back(hash);
  if (part == kNumberSlot && !masked_.empty() &&
      masked_.back() == kNumberSlot) {
    return;
  }
  slots_.push_back(masked_.size());
  masked_.push_back(part);
}

void LineWords::AddNumber(uint64_t hash) { AddSlot(hash, kNumberSlot); }

void LineWords::AddMixed(uint64_t hash, std::string_view folded) {
  AddSlot(hash, HashBytes(MaskDigits(folded)));
}

void LineWords::AddToken(const Token& token, std::string_view text) {
  spaceless_ = spaceless_ || WrittenWithoutSpaces(token.script);
  if (token.all_digits) return AddNumber(token.hash);
  if (!token.has_digit) return AddPlainWords({&token.hash, 1});
  AddMixed(token.hash, FoldWord(text.substr(token.offset, token.length)));
}

void LineWords::FillKeys(LineKey& key) const {
  key.num_tokens = Saturated<uint16_t>(exact_.size());
  key.num_words = Saturated<uint8_t>(num_words_);
  key.exact = KeyOfWords(exact_);
  key.masked = slots_.empty() ? key.exact : KeyOfWords(masked_);
  if (!spaceless_) FillSlotKeys(masked_, slots_, key);
  const auto num_slots = [&](uint64_t slot) {
    return std::ranges::count_if(slots_,
                                 [&](size_t s) { return masked_[s] == slot; });
  };
  key.row = num_slots(kNumberSlot) > 1 && num_slots(kDateSlot) == 0;
}

}  // namespace storyfold
