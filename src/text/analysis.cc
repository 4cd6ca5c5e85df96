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

#include <algorithm>
#include <bit>

namespace storyfold {
namespace {

bool AllDigits(const char* bytes, size_t size) {
  return std::all_of(bytes, bytes + size,
                     [](char c) { return c >= '0' && c <= '9'; });
}

// Returns the token of a run of ASCII.
Token AsciiToken(const ClassifiedText& text, size_t begin, size_t end) {
  Token token;
  token.hash = HashPaddedWord(text.lower.data() + begin, end - begin);
  token.offset = static_cast<uint32_t>(begin);
  token.length = Token::SaturatedLength(end - begin);
  token.has_digit = AnyByteIs(text, begin, end, &ByteClasses::digit);
  token.all_digits =
      token.has_digit && AllDigits(text.lower.data() + begin, end - begin);
  token.script = token.all_digits ? Script::kNone : Script::kLatin;
  token.capitalised = AnyByteIs(text, begin, begin + 1, &ByteClasses::upper);
  return token;
}

void FindTokens(std::string_view text, const ClassifiedText& classified,
                const WordRuns& runs, MixedRunCutter& mixed,
                std::vector<Token>& tokens) {
  for (size_t i = 0; i < runs.size; ++i) {
    const uint32_t begin = runs.begins[i];
    const uint32_t end = runs.ends[i];
    if (AnyByteIs(classified, begin, end, &ByteClasses::non_ascii)) {
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
