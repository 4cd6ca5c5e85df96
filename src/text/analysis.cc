// Text to tokens and lines, in three steps:
//
//   1. ClassifyBytes gives a bit mask of word bytes, 64 bytes at a time.
//   2. The edges of that mask (mask xor mask shifted by one) are the starts
//      and ends of runs, in turn; each is found by counting trailing zeros.
//   3. A run of ASCII is a token; its folded bytes stand in `lower`. A run
//      with other bytes is decoded: characters that are no letters end
//      tokens, and each character of a script without spaces is one.
//
// "Naïve café—open" has the runs "Naïve" and "café—open"; the second gives
// "café" and "open".
//
// Tested by: tests/text/analysis_test.cc

#include "text/analysis.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <string>

#include "base/hash.h"

namespace storyfold {
namespace {

constexpr size_t kShortWord = 16;
// Longer words stay as they are: putting combining marks in order takes time
// in the square of their number.
constexpr size_t kMostFolded = 1024;

uint64_t MultiplyFold(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// Returns the hash of the word at `bytes`. Words of up to 16 bytes, nearly
// all, cost two multiplications; longer ones go through XXH3.
// REQUIRES: 16 bytes are readable at `bytes`
uint64_t HashPaddedWord(const char* bytes, size_t length) {
  if (length > kShortWord) return HashBytes({bytes, length});
  uint64_t low = 0;
  uint64_t high = 0;
  std::memcpy(&low, bytes, 8);
  std::memcpy(&high, bytes + 8, 8);
  const auto mask = [](size_t n) {
    return n >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * n)) - 1;
  };
  low &= mask(length);
  high &= length > 8 ? mask(length - 8) : 0;
  const uint64_t hash =
      MultiplyFold(low ^ 0x9E3779B97F4A7C15u,
                   high ^ 0xD6E8FEB86659FD93u ^ (uint64_t{length} << 56));
  return MultiplyFold(hash ^ 0xA0761D6478BD642Fu, 0xE7037ED1A0B428DBu);
}

// Returns whether any of the bits [begin, end) of `member` is set.
template <typename Member>
bool AnyInRange(const std::vector<ByteClasses>& blocks, size_t begin,
                size_t end, Member member) {
  const size_t first = begin / 64;
  const size_t last = (end - 1) / 64;
  for (size_t b = first; b <= last; ++b) {
    uint64_t bits = blocks[b].*member;
    if (b == first) bits &= ~uint64_t{0} << (begin % 64);
    if (b == last) bits &= ~uint64_t{0} >> (63 - (end - 1) % 64);
    if (bits != 0) return true;
  }
  return false;
}

uint16_t SaturatedLength(size_t length) {
  return static_cast<uint16_t>(
      std::min<size_t>(length, std::numeric_limits<uint16_t>::max()));
}

// Adds the tokens of runs to an analysis.
class TokenWriter {
 public:
  TokenWriter(std::string_view text, const ClassifiedText& classified,
              std::vector<Token>& tokens)
      : text_(text), classified_(classified), tokens_(tokens) {}

  // Adds the tokens of the run of word bytes [begin, end).
  void AddRun(size_t begin, size_t end) {
    if (AnyInRange(classified_.blocks, begin, end, &ByteClasses::non_ascii)) {
      AddMixedRun(begin, end);
    } else {
      AddAsciiToken(begin, end);
    }
  }

 private:
  void AddAsciiToken(size_t begin, size_t end) {
    const auto& blocks = classified_.blocks;
    Token token;
    token.hash = HashPaddedWord(classified_.lower.data() + begin, end - begin);
    token.offset = static_cast<uint32_t>(begin);
    token.length = SaturatedLength(end - begin);
    token.has_digit = AnyInRange(blocks, begin, end, &ByteClasses::digit);
    token.all_digits = token.has_digit && AllDigits(begin, end);
    token.script = token.all_digits ? Script::kNone : Script::kLatin;
    token.capitalised = (blocks[begin / 64].upper >> (begin % 64)) & 1;
    token.after_apostrophe = FollowsApostrophe(begin);
    tokens_.push_back(token);
  }

  // A run that has bytes outside of ASCII: decoded character by character.
  void AddMixedRun(size_t begin, size_t end) {
    size_t token_begin = begin;
    for (size_t i = begin; i < end;) {
      const DecodedCodePoint c = DecodeUtf8(text_.substr(i, end - i));
      const CodePointInfo info = LookUpCodePoint(c.value);
      if (!info.in_word && !info.is_ignored) {
        FlushToken(token_begin, i);
        token_begin = i + c.length;
      } else if (WrittenWithoutSpaces(info.script) && !info.is_mark) {
        FlushToken(token_begin, i);
        token_begin = i;
        i += c.length;
        while (i < end) {  // marks belong to the character before
          const DecodedCodePoint next = DecodeUtf8(text_.substr(i, end - i));
          if (!LookUpCodePoint(next.value).is_mark) break;
          i += next.length;
        }
        FlushToken(token_begin, i);
        token_begin = i;
        continue;
      }
      i += c.length;
    }
    FlushToken(token_begin, end);
  }

  void FlushToken(size_t begin, size_t end) {
    if (begin == end) return;
    Token token;
    token.offset = static_cast<uint32_t>(begin);
    token.length = SaturatedLength(end - begin);
    token.after_apostrophe = FollowsApostrophe(begin);
    folded_.clear();
    bool fold_whole = false;
    size_t characters = 0;
    size_t digits = 0;
    for (size_t i = begin; i < end;) {
      const DecodedCodePoint c = DecodeUtf8(text_.substr(i, end - i));
      const CodePointInfo info = LookUpCodePoint(c.value);
      if (characters == 0) token.capitalised = info.is_upper;
      if (token.script == Script::kNone) token.script = info.script;
      ++characters;
      digits += info.is_digit;
      fold_whole |= info.folded == 0;
      if (!fold_whole) AppendUtf8(info.folded, folded_);
      i += c.length;
    }
    if (fold_whole) {
      const std::string_view word = text_.substr(begin, end - begin);
      folded_ = word.size() <= kMostFolded ? FoldWord(word) : std::string(word);
    }
    if (folded_.empty()) return;
    token.has_digit = digits > 0;
    token.all_digits = digits == characters;
    token.hash = HashWord(folded_);
    tokens_.push_back(token);
  }

  bool AllDigits(size_t begin, size_t end) const {
    return std::all_of(text_.begin() + static_cast<ptrdiff_t>(begin),
                       text_.begin() + static_cast<ptrdiff_t>(end),
                       [](char c) { return c >= '0' && c <= '9'; });
  }

  // Whether the token at `begin` is joined to the one before it by ' or ’.
  bool FollowsApostrophe(size_t begin) const {
    if (tokens_.empty()) return false;
    const size_t previous_end =
        size_t{tokens_.back().offset} + tokens_.back().length;
    const std::string_view between =
        text_.substr(previous_end, begin - previous_end);
    return between == "'" || between == "\xE2\x80\x99";
  }

  std::string_view text_;
  const ClassifiedText& classified_;
  std::vector<Token>& tokens_;
  std::string folded_;
};

// Calls visit(position) for every set bit of one class, in order.
template <typename Visit>
void ForEachNewline(const std::vector<ByteClasses>& blocks,
                    const Visit& visit) {
  for (size_t b = 0; b < blocks.size(); ++b) {
    for (uint64_t bits = blocks[b].newline; bits != 0; bits &= bits - 1) {
      visit(b * 64 + static_cast<size_t>(std::countr_zero(bits)));
    }
  }
}

void FindTokens(std::string_view text, const ClassifiedText& classified,
                std::vector<Token>& tokens) {
  TokenWriter writer(text, classified, tokens);
  uint64_t carry = 0;  // the last byte before the block is in a word
  size_t run_begin = 0;
  for (size_t b = 0; b < classified.blocks.size(); ++b) {
    const uint64_t word = classified.blocks[b].word;
    for (uint64_t edges = word ^ (word << 1 | carry); edges != 0;
         edges &= edges - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(edges));
      if (word >> bit & 1) {
        run_begin = b * 64 + bit;
      } else {
        writer.AddRun(run_begin, b * 64 + bit);
      }
    }
    carry = word >> 63;
  }
  if (carry != 0) writer.AddRun(run_begin, text.size());
}

void FindLines(std::string_view text, const ClassifiedText& classified,
               const std::vector<Token>& tokens, std::vector<Line>& lines) {
  uint32_t begin = 0;
  uint32_t token = 0;
  const auto add_line = [&](size_t end) {
    const uint32_t first_token = token;
    while (token < tokens.size() && tokens[token].offset < end) ++token;
    lines.push_back({begin, static_cast<uint32_t>(end), first_token, token});
    begin = static_cast<uint32_t>(end + 1);
  };
  ForEachNewline(classified.blocks, add_line);
  add_line(text.size());
}

}  // namespace

const Analysis& Analyzer::Analyze(std::string_view text) {
  analysis_.tokens.clear();
  analysis_.lines.clear();
  ClassifyBytes(text, level_, classified_);
  FindTokens(text, classified_, analysis_.tokens);
  FindLines(text, classified_, analysis_.tokens, analysis_.lines);
  return analysis_;
}

uint64_t HashWord(std::string_view folded) {
  char padded[kShortWord] = {};
  if (folded.size() > kShortWord) return HashBytes(folded);
  std::memcpy(padded, folded.data(), folded.size());
  return HashPaddedWord(padded, folded.size());
}

}  // namespace storyfold
