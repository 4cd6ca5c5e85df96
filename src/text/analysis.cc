// Text to tokens and lines, in three steps:
//
//   1. ClassifyBytes gives bit masks of the bytes, 64 at a time: word, digit,
//      upper case, newline.
//   2. FindWordRuns gives the begins and ends of the runs of word bytes.
//   3. A run of ASCII is a token; its folded bytes stand in `lower`, its flags
//      in the masks. A run with other bytes goes through MixedRunCutter.
//
// "Naïve café—open" has the runs "Naïve" and "café—open"; the second gives
// "café" and "open".
//
// Tested by: tests/text/analysis_test.cc

#include "text/analysis.h"

#include <bit>

namespace storyfold {
namespace {

// Cuts bit ranges out of the masks of a text.
class BitRanges {
 public:
  explicit BitRanges(const std::vector<ByteClasses>& blocks)
      : blocks_(blocks) {}

  // Returns how many of the bits [begin, end) of `member` are set.
  size_t Count(size_t begin, size_t end, uint64_t ByteClasses::*member) const {
    const size_t first = begin / 64;
    const size_t last = (end - 1) / 64;
    size_t count = 0;
    for (size_t b = first; b <= last; ++b) {
      uint64_t bits = blocks_[b].*member;
      if (b == first) bits &= ~uint64_t{0} << (begin % 64);
      if (b == last) bits &= ~uint64_t{0} >> (63 - (end - 1) % 64);
      count += static_cast<size_t>(std::popcount(bits));
    }
    return count;
  }

  bool At(size_t position, uint64_t ByteClasses::*member) const {
    return (blocks_[position / 64].*member >> (position % 64)) & 1;
  }

 private:
  const std::vector<ByteClasses>& blocks_;
};

// Returns the token of a run of ASCII.
Token AsciiToken(const ClassifiedText& text, size_t begin, size_t end) {
  const BitRanges bits(text.blocks);
  const size_t digits = bits.Count(begin, end, &ByteClasses::digit);
  Token token;
  token.hash = HashPaddedWord(text.lower.data() + begin, end - begin);
  token.offset = static_cast<uint32_t>(begin);
  token.length = Token::SaturatedLength(end - begin);
  token.has_digit = digits > 0;
  token.all_digits = digits == end - begin;
  token.script = token.all_digits ? Script::kNone : Script::kLatin;
  token.capitalised = bits.At(begin, &ByteClasses::upper);
  return token;
}

void FindTokens(std::string_view text, const ClassifiedText& classified,
                const WordRuns& runs, MixedRunCutter& mixed,
                std::vector<Token>& tokens) {
  const BitRanges bits(classified.blocks);
  for (size_t i = 0; i < runs.size; ++i) {
    const uint32_t begin = runs.begins[i];
    const uint32_t end = runs.ends[i];
    if (bits.Count(begin, end, &ByteClasses::non_ascii) > 0) {
      mixed.Append(text, begin, end, tokens);
    } else {
      tokens.push_back(AsciiToken(classified, begin, end));
    }
  }
}

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
  FindWordRuns(classified_, level_, runs_);
  FindTokens(text, classified_, runs_, mixed_, analysis_.tokens);
  FindLines(text, classified_, analysis_.tokens, analysis_.lines);
  return analysis_;
}

}  // namespace storyfold
