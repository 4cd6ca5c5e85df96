// "Updated 14:05, March 4, 2031" and "Updated 9:40, March 7, 2031" are one
// line to a reader of many pages. The masked key sees both as
//
//   updated # @ #
//
// where # stands for a run of numbers and @ for the name of a month or a day.
// A word with digits inside keeps its letters ("20th" -> "#th").
//
// A line of nothing but numbers says what it is by what stands between them:
// "1986.", "1986/87 1985/86", "12:30" and "3" would all be "#", a line of every
// page. Its masked key is that of its shape, "#." and "#/# #/#"
// (number_shape.cc).
//
// Lines are keyed from the masks and hashes a WordHasher works with: only runs
// with a digit or a byte outside of ASCII and the names of months and days are
// looked at one by one, the words between them are summed up as they stand.
//
// Slots: a template with a part that changes, "Read also: *", keeps its first
// or last three words. Only open lines of up to 25 words have slot keys; those
// of scripts without spaces, whose words are characters, have none.
//
// Long lines have a fingerprint beside their keys; as that costs as much as all
// else of the line, only the last ones of a text have one.
//
// Tested by: tests/boilerplate/line_keys_test.cc

#include "boilerplate/line_keys.h"

#include <algorithm>
#include <iterator>

#include "base/hash.h"
#include "base/trim.h"
#include "boilerplate/line_looks.h"
#include "boilerplate/number_shape.h"
#include "boilerplate/sentence_end.h"
#include "sketch/simhash.h"
#include "text/analysis.h"
#include "text/date_words.h"
#include "text/hash_runs.h"

namespace storyfold {
namespace {

// Apart from the bytes of lines without words: "#" is no number.
constexpr uint64_t kNumbersKind = 0x6e756d62657273;

constexpr size_t kWordsOfEnd = 3;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Returns the masked key of a line of nothing but numbers. Few are, so it is
// kept out of the way of the others.
[[gnu::noinline]] uint64_t KeyOfNumbers(std::string_view line) {
  return CombineHashes(HashBytes(ShapeOfNumbers(line)), kNumbersKind);
}

// Whether a percent or currency sign outside of ASCII stands in a line.
bool HoldsRareUnit(std::string_view line) {
  constexpr std::string_view kUnits[] = {"€", "£", "¥", "₹", "₽", "₩",
                                         "₺", "₴", "‰", "٪", "％"};
  return std::ranges::any_of(kUnits, [&](std::string_view unit) {
    return line.find(unit) != line.npos;
  });
}

// Whether a quotation mark outside of ASCII stands in a run of word bytes.
bool HoldsMark(std::string_view run) {
  constexpr std::string_view kMarks[] = {"“", "”", "„", "«", "「"};
  for (size_t i = 0; i < run.size(); ++i) {
    if (run[i] != '\xE2' && run[i] != '\xC2' && run[i] != '\xE3') continue;
    for (const std::string_view mark : kMarks) {
      if (run.substr(i).starts_with(mark)) return true;
    }
  }
  return false;
}

// Returns the number of lines above the last ones that may be long lines.
size_t LinesAboveFoot(std::span<const LineRuns> lines) {
  size_t left = kLongLinesOfText;
  size_t n = lines.size();
  for (; n > 0 && left > 0; --n) {
    const size_t first_run = n > 1 ? lines[n - 2].last_run : 0;
    left -= lines[n - 1].last_run - first_run >= kLeastWordsOfLongLine;
  }
  return n;
}

// Returns the key of a few words.
uint32_t KeyOfWords(std::span<const uint64_t> words) {
  WordSum sum;
  sum.Add(words);
  return static_cast<uint32_t>(sum.Key() >> 32);
}

}  // namespace

// A line of the text that is being read: its bytes, trimmed, and its runs.
struct LineKeyer::LineBytes {
  std::string_view text;   // the whole text
  std::string_view bytes;  // of the line, without white space around it
  size_t first_run = 0;
  size_t last_run = 0;  // exclusive
  std::span<const uint32_t> special_runs;
  bool ascii = true;
  bool quoted = false;
  bool of_foot = false;  // among the last of the text that may be long
};

LineKeyer::LineKeyer(SimdLevel level) : level_(level), title_hasher_(level) {}

void LineKeyer::FindSpecialRuns() {
  const std::span<const uint64_t> hashes(hashes_.data(), runs_.size);
  date_runs_.clear();
  for (size_t run = Dates().Find(hashes, 0); run < hashes.size();
       run = Dates().Find(hashes, run + 1)) {
    date_runs_.push_back(static_cast<uint32_t>(run));
  }
  special_runs_.clear();
  std::ranges::set_union(lines_.special_runs, date_runs_,
                         std::back_inserter(special_runs_));
}

void LineKeyer::AddMixedRun(LineBytes& line, size_t run, LineWords& words) {
  const size_t begin = runs_.begins[run];
  const size_t end = runs_.ends[run];
  line.quoted = line.quoted || HoldsMark(line.text.substr(begin, end - begin));
  tokens_.clear();
  mixed_.Append(line.text, begin, end, tokens_);
  for (const Token& token : tokens_) words.AddToken(token, line.text);
}

void LineKeyer::AddSpecialRun(LineBytes& line, size_t run, LineWords& words) {
  const size_t begin = runs_.begins[run];
  const size_t end = runs_.ends[run];
  const auto any_is = [&](uint64_t ByteClasses::*byte_class) {
    return AnyByteIs(classified_, begin, end, byte_class);
  };
  if (!line.ascii && any_is(&ByteClasses::non_ascii)) {
    return AddMixedRun(line, run, words);
  }
  if (!any_is(&ByteClasses::digit)) return words.AddDateWord(hashes_[run]);
  const std::string_view lower(classified_.lower.data() + begin, end - begin);
  if (std::ranges::all_of(lower, IsDigit)) {
    words.AddNumber(hashes_[run]);
  } else {
    words.AddMixed(hashes_[run], lower);
  }
}

void LineKeyer::AddWords(LineBytes& line, LineWords& words) {
  const std::span<const uint64_t> hashes(hashes_);
  size_t next = line.first_run;
  for (const uint32_t special : line.special_runs) {
    words.AddPlainWords(hashes.subspan(next, special - next));
    AddSpecialRun(line, special, words);
    next = special + 1;
  }
  words.AddPlainWords(hashes.subspan(next, line.last_run - next));
}

// "Washington D.C." and "by John F." end in a stop and are no sentences.
bool LineKeyer::EndsInInitial(const LineBytes& line) const {
  if (line.bytes.back() != '.' || line.first_run == line.last_run) return false;
  const size_t begin = runs_.begins[line.last_run - 1];
  return runs_.ends[line.last_run - 1] == begin + 1 &&
         !IsDigit(classified_.lower[begin]);
}

bool LineKeyer::MayBeLong(const LineBytes& line) const {
  const size_t num_runs = line.last_run - line.first_run;
  return line.of_foot && !line.quoted && num_runs >= kLeastWordsOfLongLine &&
         num_runs <= kMostWordsOfLongLine;
}

void LineKeyer::AddLongLine() {
  const std::span<const uint64_t> words(words_);
  long_lines_.push_back({ComputeSimHash(words),
                         KeyOfWords(words.first(kWordsOfEnd)),
                         KeyOfWords(words.last(kWordsOfEnd)),
                         static_cast<uint32_t>(keys_.size())});
}

LineKey LineKeyer::KeyOf(LineBytes& line) {
  LineKey key;
  key.quoted = line.quoted;
  key.starts_low = line.bytes[0] >= 'a' && line.bytes[0] <= 'z';
  key.closed = EndsLikeSentence(line.bytes) && !EndsInInitial(line);
  if (line.first_run == line.last_run) {
    key.masked = key.exact = HashBytes(line.bytes);
    return key;
  }
  words_.clear();
  LineWords words(key.closed,
                  key.closed && MayBeLong(line) ? &words_ : nullptr);
  AddWords(line, words);
  words.FillKeys(key);
  key.quoted = line.quoted;
  if (key.num_tokens == 0) key.masked = key.exact = HashBytes(line.bytes);
  if (key.numbered && key.num_tokens <= kLabelTokens) {
    key.with_unit = line.bytes.find('%') != line.bytes.npos ||
                    line.bytes.find('$') != line.bytes.npos ||
                    (!line.ascii && HoldsRareUnit(line.bytes));
  }
  if (words.AreNumbers()) key.masked = KeyOfNumbers(line.bytes);
  if (words_.size() >= kLeastWordsOfLongLine && !line.quoted &&
      !words.HaveSpaceless()) {
    AddLongLine();
  }
  return key;
}

std::span<const LineKey> LineKeyer::Keys(std::string_view text) {
  ClassifyBytes(text, level_, classified_);
  FindWordRuns(classified_, level_, runs_);
  FindLineRuns(classified_, text.size(), level_, lines_);
  if (hashes_.size() < runs_.size) hashes_.resize(runs_.size);
  HashWordRuns(classified_.lower.data(), runs_, level_, hashes_.data());
  FindSpecialRuns();
  keys_.clear();
  long_lines_.clear();
  const size_t first_of_foot = LinesAboveFoot(lines_.lines);
  LineBytes line;
  line.text = text;
  uint32_t number = 0;
  size_t begin = 0;
  size_t special = 0;
  for (const LineRuns& runs : lines_.lines) {
    ++number;
    line.bytes = TrimSpace(text.substr(begin, runs.end - begin));
    begin = runs.end + 1;
    line.first_run = line.last_run;
    line.last_run = runs.last_run;
    const size_t first_special = special;
    while (special < special_runs_.size() &&
           special_runs_[special] < line.last_run) {
      ++special;
    }
    if (line.bytes.empty()) continue;
    line.special_runs = std::span(special_runs_)
                            .subspan(first_special, special - first_special);
    line.ascii = runs.ascii;
    line.quoted = runs.quoted;
    line.of_foot = number > first_of_foot;
    keys_.push_back(KeyOf(line));
    keys_.back().number = number;
  }
  return keys_;
}

uint64_t LineKeyer::TitleKey(std::string_view title) {
  WordSum sum;
  sum.Add(title_hasher_.Hash(title));
  return sum.Key();
}

std::string MaskedWords(std::string_view line) {
  Analyzer analyzer;
  std::string words;
  bool are_numbers = true;
  const auto add = [&](std::string_view word) {
    if (word == "#" && (words == "#" || words.ends_with(" #"))) return;
    if (!words.empty()) words += ' ';
    words += word;
  };
  for (const Token& token : analyzer.Analyze(line).tokens) {
    are_numbers = are_numbers && token.all_digits;
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
  if (!words.empty() && are_numbers) return ShapeOfNumbers(TrimSpace(line));
  return words;
}

}  // namespace storyfold
