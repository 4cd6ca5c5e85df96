// The key of words h1 ... hn is the polynomial h1 c^n + ... + hn c, mixed: the
// hashes are well spread already. Up to eight words at a time, so that only one
// multiplication in eight waits for another.
// Words that are neither numbers nor dates are summed up once for both keys.
//
// Tested by: tests/boilerplate/line_keys_test.cc

#include "boilerplate/line_words.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/hash.h"
#include "text/analysis.h"
#include "text/date_words.h"

namespace storyfold {
namespace {

constexpr uint64_t kNumberSlot = 1;
constexpr uint64_t kDateSlot = 2;

constexpr size_t kSlotWords = 3;
constexpr size_t kMostWordsForFigure = 2;

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

void WordSum::Add(std::span<const uint64_t> hashes) {
  for (size_t i = 0; i < hashes.size(); i += kWordsAtOnce) {
    const size_t size = std::min(kWordsAtOnce, hashes.size() - i);
    sum_ *= kPowers[size - 1];
    power_ *= kPowers[size - 1];
    for (size_t k = 0; k < size; ++k) {
      sum_ += hashes[i + k] * kPowers[size - 1 - k];
    }
  }
}

void WordSum::Add(const WordSum& words) {
  sum_ = sum_ * words.power_ + words.sum_;
  power_ *= words.power_;
}

uint64_t WordSum::Key() const { return Mix(sum_); }

void LineWords::AddPlainWords(std::span<const uint64_t> hashes) {
  if (hashes.empty()) return;
  if (masked_words_ != nullptr) {
    masked_words_->insert(masked_words_->end(), hashes.begin(), hashes.end());
  }
  if (!closed_ && num_masked_ + hashes.size() <= few_.size()) {
    std::ranges::copy(hashes, few_.begin() + num_masked_);
  }
  WordSum sum;
  sum.Add(hashes);
  exact_.Add(sum);
  masked_.Add(sum);
  num_tokens_ += hashes.size();
  num_masked_ += hashes.size();
  ends_in_number_ = false;
}

void LineWords::AddSlot(uint64_t hash, uint64_t slot) {
  exact_.Add(hash);
  masked_.Add(slot);
  if (masked_words_ != nullptr) masked_words_->push_back(Mix(slot));
  if (num_masked_ < few_.size()) {
    few_[num_masked_] = slot;
    slots_ |= uint32_t{1} << num_masked_;
  }
  ++num_tokens_;
  ++num_masked_;
  ++num_slots_;
  ends_in_number_ = false;
}

void LineWords::AddDateWord(uint64_t hash) {
  AddSlot(hash, kDateSlot);
  ++num_dates_;
}

void LineWords::AddNumber(uint64_t hash) {
  if (ends_in_number_) {
    exact_.Add(hash);
    ++num_tokens_;
    return;
  }
  AddSlot(hash, kNumberSlot);
  ++num_numbers_;
  ends_in_number_ = true;
}

void LineWords::AddMixed(uint64_t hash, std::string_view folded) {
  AddSlot(hash, HashBytes(MaskDigits(folded)));
}

void LineWords::AddToken(const Token& token, std::string_view text) {
  num_spaceless_ += WrittenWithoutSpaces(token.script);
  if (token.all_digits) return AddNumber(token.hash);
  if (!token.has_digit) {
    if (Dates().Contain(token.hash)) return AddDateWord(token.hash);
    return AddPlainWords({&token.hash, 1});
  }
  AddMixed(token.hash, FoldWord(text.substr(token.offset, token.length)));
}

// Returns the key of three masked words; 0 where more are slots than words.
uint32_t LineWords::SlotKey(size_t first) const {
  constexpr uint32_t kThree = (1 << kSlotWords) - 1;
  if (std::popcount(slots_ >> first & kThree) > 1) return 0;
  WordSum sum;
  sum.Add(std::span(few_).subspan(first, kSlotWords));
  return static_cast<uint32_t>(sum.Key() >> 32);
}

void LineWords::FillKeys(LineKey& key) const {
  key.num_tokens = Saturated<uint16_t>(num_tokens_ - num_spaceless_ / 2);
  key.num_words = Saturated<uint8_t>(num_masked_ - num_slots_);
  key.exact = exact_.Key();
  key.masked = masked_.Key();
  key.starts_with_slot = (slots_ & 1) != 0;
  key.numbered = num_numbers_ > 0 && num_dates_ == 0;
  key.row = num_numbers_ > 1 && num_dates_ == 0;
  key.figures =
      key.row && num_masked_ <= (kMostWordsForFigure + 1) * num_numbers_ +
                                    num_spaceless_ / 2;
  if (closed_ || num_spaceless_ > 0 || num_masked_ <= kSlotWords ||
      num_masked_ > kMostWordsWithSlot) {
    return;
  }
  // "200 g of flour" and "300 g of sugar" fill no template.
  if (!key.starts_with_slot) key.prefix = SlotKey(0);
  key.suffix = SlotKey(num_masked_ - kSlotWords);
}

}  // namespace storyfold
