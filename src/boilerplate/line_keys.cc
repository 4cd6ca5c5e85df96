// "Updated 14:05, March 4, 2031" and "Updated 9:40, March 7, 2031" are one
// line to a reader of many pages. The masked key sees both as
//
//   updated # @ #
//
// where # stands for a run of numbers and @ for the name of a month or a day.
// A word with digits inside keeps its letters ("20th" -> "#th").
//
// Lines are keyed from the masks and hashes a WordHasher works with: most have
// no digit, no date and no byte outside of ASCII, and their keys are one sum.
//
// Slots: a template with a part that changes, "Read also: *", keeps its first
// or last three words. Only open lines of up to 25 words have slot keys; those
// of scripts without spaces, whose words are characters, have none.
//
// Tested by: tests/boilerplate/line_keys_test.cc

#include "boilerplate/line_keys.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "text/analysis.h"
#include "text/hash_runs.h"

namespace storyfold {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

std::string_view TrimSpace(std::string_view line) {
  while (!line.empty() && IsSpace(line.front())) line.remove_prefix(1);
  while (!line.empty() && IsSpace(line.back())) line.remove_suffix(1);
  return line;
}

bool EndsLikeSentence(std::string_view line) {
  const char last = line.empty() ? '\0' : line.back();
  if (last == '.' || last == '!' || last == '?' || last == '"') return true;
  if (static_cast<unsigned char>(last) < 0x80) return false;
  for (const std::string_view mark : {"…", "”", "»", "。", "！", "？", "」"}) {
    if (line.ends_with(mark)) return true;
  }
  return false;
}

// Whether one of “ ” „ stands in the line; they differ in their last byte.
bool HoldsCurlyMark(std::string_view line) {
  constexpr std::string_view kCommon = "\xE2\x80";
  for (size_t at = line.find(kCommon[0]); at != line.npos;
       at = line.find(kCommon[0], at + 1)) {
    const std::string_view mark = line.substr(at, 3);
    if (mark.starts_with(kCommon) &&
        (mark == "“" || mark == "”" || mark == "„")) {
      return true;
    }
  }
  return false;
}

bool HoldsQuotation(std::string_view line, bool ascii) {
  if (line.find('"') != line.npos) return true;
  return !ascii && (HoldsCurlyMark(line) || line.find("«") != line.npos ||
                    line.find("「") != line.npos);
}

// Returns the first place from `from` on whose value is not below `limit`;
// `size` if there is none before. Most answers are some tens of places away.
size_t FirstNotBelow(const std::vector<uint32_t>& ascending, size_t from,
                     size_t size, size_t limit) {
  constexpr size_t kStep = 16;
  while (from + kStep <= size && ascending[from + kStep - 1] < limit) {
    from += kStep;
  }
  if (from + kStep > size) {
    while (from < size && ascending[from] < limit) ++from;
    return from;
  }
  // No branch in this one.
  const auto least = static_cast<uint32_t>(limit);
  uint32_t below = 0;
  for (size_t k = 0; k < kStep; ++k) below += ascending[from + k] < least;
  return from + below;
}

}  // namespace

// A line of the text that is being read: its bytes, trimmed, and its runs.
struct LineKeyer::LineBytes {
  std::string_view text;   // the whole text
  std::string_view bytes;  // of the line, without white space around it
  size_t first_run = 0;
  size_t last_run = 0;  // exclusive
  bool ascii = true;
  bool any_digit = false;
};

LineKeyer::LineKeyer(SimdLevel level) : level_(level), title_hasher_(level) {}

void LineKeyer::AddSpecialRun(const LineBytes& line, size_t run) {
  const size_t begin = runs_.begins[run];
  const size_t end = runs_.ends[run];
  if (!line.ascii &&
      AnyByteIs(classified_, begin, end, &ByteClasses::non_ascii)) {
    tokens_.clear();
    mixed_.Append(line.text, begin, end, tokens_);
    for (const Token& token : tokens_) words_.AddToken(token, line.text);
    return;
  }
  const std::string_view lower(classified_.lower.data() + begin, end - begin);
  if (std::ranges::all_of(lower, IsDigit)) {
    words_.AddNumber(hashes_[run]);
  } else {
    words_.AddMixed(hashes_[run], lower);
  }
}

// Returns the first byte from `begin` on that is a digit or outside of ASCII;
// `end` if there is none before.
size_t LineKeyer::FindSpecial(size_t begin, size_t end) const {
  for (size_t b = begin / 64; b * 64 < end; ++b) {
    const ByteClasses& block = classified_.blocks[b];
    uint64_t bits = block.digit | block.non_ascii;
    if (b == begin / 64) bits &= ~uint64_t{0} << (begin % 64);
    if (bits != 0) {
      return std::min(end,
                      b * 64 + static_cast<size_t>(std::countr_zero(bits)));
    }
  }
  return end;
}

void LineKeyer::AddWords(const LineBytes& line) {
  const std::span<const uint64_t> hashes(hashes_);
  for (size_t run = line.first_run; run < line.last_run;) {
    const size_t special =
        FindSpecial(runs_.begins[run], runs_.ends[line.last_run - 1]);
    const size_t first = run;
    run = FirstNotBelow(runs_.ends, run, line.last_run, special + 1);
    words_.AddPlainWords(hashes.subspan(first, run - first));
    if (run < line.last_run) AddSpecialRun(line, run++);
  }
}

// "Washington D.C." and "by John F." end in a stop and are no sentences.
bool LineKeyer::EndsInInitial(const LineBytes& line) const {
  if (line.bytes.back() != '.' || line.first_run == line.last_run) return false;
  const size_t begin = runs_.begins[line.last_run - 1];
  return runs_.ends[line.last_run - 1] == begin + 1 &&
         !IsDigit(classified_.lower[begin]);
}

LineKey LineKeyer::KeyOf(const LineBytes& line) {
  LineKey key;
  key.quoted = HoldsQuotation(line.bytes, line.ascii);
  key.starts_low = line.bytes[0] >= 'a' && line.bytes[0] <= 'z';
  key.closed = EndsLikeSentence(line.bytes) && !EndsInInitial(line);
  if (line.first_run == line.last_run) {
    key.masked = key.exact = HashBytes(line.bytes);
    return key;
  }
  const std::span<const uint64_t> hashes(hashes_.data() + line.first_run,
                                         line.last_run - line.first_run);
  if (line.ascii && !line.any_digit && FillKeysOfPlainWords(hashes, key)) {
    return key;
  }
  words_.Clear();
  AddWords(line);
  words_.FillKeys(key);
  if (key.num_tokens == 0) key.masked = key.exact = HashBytes(line.bytes);
  return key;
}

std::span<const LineKey> LineKeyer::Keys(std::string_view text) {
  ClassifyBytes(text, level_, classified_);
  FindWordRuns(classified_, level_, runs_);
  if (hashes_.size() < runs_.size) hashes_.resize(runs_.size);
  HashWordRuns(classified_.lower.data(), runs_, level_, hashes_.data());
  keys_.clear();
  uint32_t number = 0;
  size_t begin = 0;
  LineBytes line;
  line.text = text;
  const auto add_line = [&](size_t end) {
    ++number;
    line.bytes = TrimSpace(text.substr(begin, end - begin));
    line.first_run = line.last_run;
    line.last_run =
        FirstNotBelow(runs_.begins, line.first_run, runs_.size, end);
    if (!line.bytes.empty()) {
      line.ascii = !AnyByteIs(classified_, begin, end, &ByteClasses::non_ascii);
      line.any_digit = AnyByteIs(classified_, begin, end, &ByteClasses::digit);
      keys_.push_back(KeyOf(line));
      keys_.back().number = number;
    }
    begin = end + 1;
  };
  for (size_t b = 0; b < classified_.blocks.size(); ++b) {
    for (uint64_t bits = classified_.blocks[b].newline; bits != 0;
         bits &= bits - 1) {
      add_line(b * 64 + static_cast<size_t>(std::countr_zero(bits)));
    }
  }
  add_line(text.size());
  return keys_;
}

uint64_t LineKeyer::TitleKey(std::string_view title) {
  return KeyOfWords(title_hasher_.Hash(title));
}

std::string MaskedWords(std::string_view line) {
  Analyzer analyzer;
  std::string words;
  const auto add = [&](std::string_view word) {
    if (word == "#" && (words == "#" || words.ends_with(" #"))) return;
    if (!words.empty()) words += ' ';
    words += word;
  };
  for (const Token& token : analyzer.Analyze(line).tokens) {
    const std::string folded =
        FoldWord(line.substr(token.offset, token.length));
    if (token.all_digits) {
      add("#");
    } else if (token.has_digit) {
      add(MaskDigits(folded));
    } else {
      add(Dates().Contain(token.hash) ? "@" : folded);
    }
  }
  return words;
}

}  // namespace storyfold
