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
// Longer than other files, as the date words of five languages stand in it.
//
// Tested by: tests/boilerplate/line_keys_test.cc

#include "boilerplate/line_keys.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <limits>

#include "base/hash.h"
#include "text/analysis.h"
#include "text/hash_runs.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

constexpr uint64_t kNumberSlot = 1;
constexpr uint64_t kDateSlot = 2;

constexpr size_t kSlotWords = 3;
constexpr size_t kMostWordsWithSlot = 25;

constexpr std::string_view kDateWords[] = {
    // English
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon",
    "tue", "wed", "thu", "fri",
    // Spanish
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
    "septiembre", "octubre", "noviembre", "diciembre", "lunes", "martes",
    "miércoles", "jueves", "viernes", "sábado", "domingo",
    // German, French
    "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonntag", "janvier", "février", "mars", "avril", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre", "lundi", "mardi",
    "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    // Russian
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
    "сентября", "октября", "ноября", "декабря", "понедельник", "вторник",
    "среда", "четверг", "пятница", "суббота", "воскресенье"};

// The hashes of the date words. Nearly every other word is told by one bit of
// a table that stays in the cache.
class DateWords {
 public:
  DateWords() {
    for (const std::string_view word : kDateWords) {
      const uint64_t hash = HashWord(word);
      hashes_.insert(hash);
      may_be_[Bit(hash)] = true;
    }
  }
  bool MayContain(uint64_t hash) const { return may_be_[Bit(hash)]; }
  bool Contain(uint64_t hash) const {
    return MayContain(hash) && hashes_.contains(hash);
  }

 private:
  static constexpr size_t kBits = size_t{1} << 16;
  static size_t Bit(uint64_t hash) { return hash % kBits; }

  std::bitset<kBits> may_be_;
  absl::flat_hash_set<uint64_t> hashes_;
};

// A key of words in their order: one multiplication a word, as their hashes are
// well spread already. 0 for no words.
class WordsKey {
 public:
  void Add(uint64_t hash) { sum_ = (sum_ + hash) * 0x9e3779b97f4a7c15u; }
  uint64_t Key() const { return Mix(sum_); }

 private:
  uint64_t sum_ = 0;
};

const DateWords& Dates() {
  static const DateWords dates;
  return dates;
}

template <typename Count>
Count Saturated(size_t count) {
  return static_cast<Count>(
      std::min<size_t>(count, std::numeric_limits<Count>::max()));
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Returns a folded word with each run of its ASCII digits as one slot.
std::string MaskDigits(std::string_view folded) {
  std::string masked;
  for (const char c : folded) {
    if (!IsDigit(c)) {
      masked += c;
    } else if (masked.empty() || masked.back() != '#') {
      masked += '#';
    }
  }
  return masked;
}

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

bool HoldsQuotation(std::string_view line, bool ascii) {
  if (line.find('"') != std::string_view::npos) return true;
  if (ascii) return false;
  for (const std::string_view mark : {"“", "”", "«", "„", "「"}) {
    if (line.find(mark) != std::string_view::npos) return true;
  }
  return false;
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

// Collects the words of a line as they are hashed into its keys.
class LineKeyer::PartsOfLine {
 public:
  void AddWord(uint64_t hash) {
    const bool date = dates_.Contain(hash);
    Add(hash, date ? kDateSlot : hash, !date);
  }
  // Words without digits, all of ASCII.
  void AddPlainWords(std::span<const uint64_t> hashes) {
    for (const uint64_t hash : hashes) {
      if (dates_.MayContain(hash)) [[unlikely]] {
        AddWord(hash);
      } else {
        Add(hash, hash, true);
      }
    }
  }
  void AddNumber(uint64_t hash) { Add(hash, kNumberSlot, false); }
  // A word with digits inside.
  void AddMixed(uint64_t hash, std::string_view folded) {
    Add(hash, HashBytes(MaskDigits(folded)), false);
  }
  void AddToken(const Token& token, std::string_view text) {
    spaceless_ = spaceless_ || WrittenWithoutSpaces(token.script);
    if (token.all_digits) return AddNumber(token.hash);
    if (!token.has_digit) return AddWord(token.hash);
    AddMixed(token.hash, FoldWord(text.substr(token.offset, token.length)));
  }

  void FillKeys(LineKey& key) const {
    key.num_tokens = Saturated<uint16_t>(num_tokens_);
    key.num_words = Saturated<uint8_t>(num_words_);
    key.exact = exact_.Key();
    key.masked = masked_.Key();
    if (key.closed || spaceless_ || num_parts_ <= kSlotWords ||
        num_parts_ > kMostWordsWithSlot) {
      return;
    }
    key.prefix = SlotKey(0);
    key.suffix = SlotKey(num_parts_ - kSlotWords);
  }

 private:
  struct Part {
    uint64_t hash;
    bool is_word;
  };

  void Add(uint64_t hash, uint64_t part, bool is_word) {
    ++num_tokens_;
    num_words_ += is_word;
    exact_.Add(hash);
    if (part == kNumberSlot && previous_ == kNumberSlot) return;
    masked_.Add(part);
    previous_ = part;
    if (num_parts_ < kMostWordsWithSlot) parts_[num_parts_] = {part, is_word};
    ++num_parts_;
  }

  uint32_t SlotKey(size_t first) const {
    WordsKey key;
    size_t num_words = 0;
    for (size_t i = first; i < first + kSlotWords; ++i) {
      key.Add(parts_[i].hash);
      num_words += parts_[i].is_word;
    }
    return num_words < 2 ? 0 : static_cast<uint32_t>(key.Key() >> 32);
  }

  const DateWords& dates_ = Dates();
  WordsKey exact_;
  WordsKey masked_;
  std::array<Part, kMostWordsWithSlot> parts_;
  size_t num_parts_ = 0;
  size_t num_tokens_ = 0;
  size_t num_words_ = 0;
  uint64_t previous_ = 0;
  bool spaceless_ = false;
};

LineKeyer::LineKeyer(SimdLevel level) : level_(level), title_hasher_(level) {}

void LineKeyer::AddSpecialRun(const LineBytes& line, size_t run,
                              PartsOfLine& parts) {
  const size_t begin = runs_.begins[run];
  const size_t end = runs_.ends[run];
  if (!line.ascii &&
      AnyByteIs(classified_, begin, end, &ByteClasses::non_ascii)) {
    tokens_.clear();
    mixed_.Append(line.text, begin, end, tokens_);
    for (const Token& token : tokens_) parts.AddToken(token, line.text);
    return;
  }
  const std::string_view lower(classified_.lower.data() + begin, end - begin);
  if (std::ranges::all_of(lower, IsDigit)) {
    parts.AddNumber(hashes_[run]);
  } else {
    parts.AddMixed(hashes_[run], lower);
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

void LineKeyer::AddWords(const LineBytes& line, PartsOfLine& parts) {
  const std::span<const uint64_t> hashes(hashes_);
  for (size_t run = line.first_run; run < line.last_run;) {
    const size_t special =
        FindSpecial(runs_.begins[run], runs_.ends[line.last_run - 1]);
    const size_t first = run;
    while (run < line.last_run && runs_.ends[run] <= special) ++run;
    parts.AddPlainWords(hashes.subspan(first, run - first));
    if (run < line.last_run) AddSpecialRun(line, run++, parts);
  }
}

// "Washington D.C." and "by John F." end in a stop and are no sentences.
bool LineKeyer::EndsInInitial(const LineBytes& line) const {
  if (line.bytes.back() != '.' || line.first_run == line.last_run) return false;
  const size_t begin = runs_.begins[line.last_run - 1];
  return runs_.ends[line.last_run - 1] == begin + 1 &&
         !IsDigit(classified_.lower[begin]);
}

// Returns whether the line is one of plain words, as nearly all are: its keys
// are one sum over their hashes.
bool LineKeyer::MakePlainKey(const LineBytes& line, LineKey& key) const {
  const std::span<const uint64_t> words(hashes_.data() + line.first_run,
                                        line.last_run - line.first_run);
  if (!line.ascii || line.any_digit || words.empty()) return false;
  const DateWords& dates = Dates();
  WordsKey exact;
  bool may_have_date = false;
  for (const uint64_t word : words) {
    exact.Add(word);
    may_have_date |= dates.MayContain(word);
  }
  if (may_have_date) return false;
  key.num_tokens = Saturated<uint16_t>(words.size());
  key.num_words = Saturated<uint8_t>(words.size());
  key.masked = key.exact = exact.Key();
  if (!key.closed && words.size() > kSlotWords &&
      words.size() <= kMostWordsWithSlot) {
    const auto slot = [](std::span<const uint64_t> of) {
      WordsKey three;
      for (const uint64_t word : of) three.Add(word);
      return static_cast<uint32_t>(three.Key() >> 32);
    };
    key.prefix = slot(words.first(kSlotWords));
    key.suffix = slot(words.last(kSlotWords));
  }
  return true;
}

LineKey LineKeyer::KeyOf(const LineBytes& line) {
  LineKey key;
  key.quoted = HoldsQuotation(line.bytes, line.ascii);
  key.starts_low = line.bytes[0] >= 'a' && line.bytes[0] <= 'z';
  key.closed = EndsLikeSentence(line.bytes) && !EndsInInitial(line);
  if (MakePlainKey(line, key)) return key;
  PartsOfLine parts;
  AddWords(line, parts);
  parts.FillKeys(key);
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
    while (line.last_run < runs_.size && runs_.begins[line.last_run] < end) {
      ++line.last_run;
    }
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
  WordsKey key;
  for (const uint64_t hash : title_hasher_.Hash(title)) key.Add(hash);
  return key.Key();
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
