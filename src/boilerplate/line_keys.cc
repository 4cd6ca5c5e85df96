// "Updated 14:05, March 4, 2031" and "Updated 9:40, March 7, 2031" are one
// line to a reader of many pages. The masked key sees both as
//
//   updated # @ #
//
// where # stands for a run of numbers and @ for the name of a month or a day.
// A word with digits inside keeps its letters ("20th" -> "#th").
//
// Tested by: tests/boilerplate/line_keys_test.cc

#include "boilerplate/line_keys.h"

#include <absl/container/flat_hash_set.h>

#include <bitset>
#include <string>

#include "base/hash.h"

namespace storyfold {
namespace {

constexpr uint64_t kNumberSlot = 1;
constexpr uint64_t kDateSlot = 2;

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
  bool Contain(uint64_t hash) const {
    return may_be_[Bit(hash)] && hashes_.contains(hash);
  }

 private:
  static constexpr size_t kBits = 4096;
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

// Returns the hash of a word, folded, with each run of its ASCII digits as one
// slot.
uint64_t MaskDigits(std::string_view word) {
  std::string masked;
  for (const char c : FoldWord(word)) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit) {
      masked += c;
    } else if (masked.empty() || masked.back() != '#') {
      masked += '#';
    }
  }
  return HashBytes(masked);
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
  for (const std::string_view mark :
       {".", "!", "?", "…", "\"", "”", "»", "。", "！", "？", "」"}) {
    if (line.ends_with(mark)) return true;
  }
  return false;
}

bool HoldsQuotation(std::string_view line) {
  for (const std::string_view mark : {"\"", "“", "”", "«", "„", "「"}) {
    if (line.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

// "Washington D.C." and "by John F." end in a stop and are no sentences.
bool EndsInInitial(std::string_view line, std::span<const Token> tokens) {
  return line.ends_with(".") && !tokens.empty() && tokens.back().length == 1 &&
         !tokens.back().has_digit;
}

LineKey KeyOfLine(std::string_view text, const Line& line,
                  std::span<const Token> tokens) {
  const std::string_view bytes =
      TrimSpace(text.substr(line.begin, line.end - line.begin));
  LineKey key;
  key.num_tokens = static_cast<uint32_t>(tokens.size());
  key.closed = EndsLikeSentence(bytes) && !EndsInInitial(bytes, tokens);
  key.quoted = HoldsQuotation(bytes);
  key.starts_low = !bytes.empty() && bytes[0] >= 'a' && bytes[0] <= 'z';
  static const DateWords date_words;
  WordsKey exact;
  WordsKey masked;
  uint64_t previous = 0;
  for (const Token& token : tokens) {
    uint64_t part = token.hash;
    if (token.all_digits) {
      part = kNumberSlot;
    } else if (token.has_digit) {
      part = MaskDigits(text.substr(token.offset, token.length));
    } else if (date_words.Contain(token.hash)) {
      part = kDateSlot;
    } else {
      ++key.num_words;
    }
    exact.Add(token.hash);
    if (part == kNumberSlot && previous == kNumberSlot) continue;
    masked.Add(part);
    previous = part;
  }
  key.exact = exact.Key();
  key.masked = masked.Key();
  if (tokens.empty()) key.masked = key.exact = HashBytes(bytes);
  return key;
}

bool IsBlank(std::string_view text, const Line& line) {
  return TrimSpace(text.substr(line.begin, line.end - line.begin)).empty();
}

}  // namespace

std::vector<LineKey> ComputeLineKeys(std::string_view text,
                                     const Analysis& analysis) {
  std::vector<LineKey> keys;
  for (uint32_t number = 1; const Line& line : analysis.lines) {
    if (!IsBlank(text, line)) {
      keys.push_back(KeyOfLine(text, line, analysis.TokensOf(line)));
      keys.back().number = number;
    }
    ++number;
  }
  return keys;
}

uint64_t TitleKey(std::string_view title, Analyzer& analyzer) {
  WordsKey key;
  for (const Token& token : analyzer.Analyze(title).tokens) {
    key.Add(token.hash);
  }
  return key.Key();
}

}  // namespace storyfold
