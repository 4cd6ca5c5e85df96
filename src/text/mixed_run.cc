#include "text/mixed_run.h"

#include "text/unicode.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

// Longer words stay as they are: putting combining marks in order takes time
// in the square of their number.
constexpr size_t kMostFolded = 1024;

}  // namespace

void MixedRunCutter::Start() {
  folded_.clear();
  characters_ = 0;
  digits_ = 0;
  script_ = Script::kNone;
  capitalised_ = false;
  fold_whole_ = false;
}

void MixedRunCutter::Add(const CodePointInfo& info) {
  if (characters_ == 0) capitalised_ = info.is_upper;
  if (script_ == Script::kNone) script_ = info.script;
  ++characters_;
  digits_ += info.is_digit;
  fold_whole_ |= info.folded == 0;
  if (!fold_whole_) AppendUtf8(info.folded, folded_);
}

// A letter or digit: what Add does, without a table.
void MixedRunCutter::AddAscii(char c) {
  const bool is_digit = c <= '9';
  const bool is_upper = !is_digit && c <= 'Z';
  if (characters_ == 0) capitalised_ = is_upper;
  if (script_ == Script::kNone && !is_digit) script_ = Script::kLatin;
  ++characters_;
  digits_ += is_digit;
  folded_ += is_upper ? static_cast<char>(c + ('a' - 'A')) : c;
}

void MixedRunCutter::Finish(std::string_view word, size_t offset,
                            std::vector<Token>& tokens) {
  if (fold_whole_) {
    folded_ = word.size() <= kMostFolded ? FoldWord(word) : std::string(word);
  }
  if (!folded_.empty()) {
    Token token;
    token.hash = HashWord(folded_);
    token.offset = static_cast<uint32_t>(offset);
    token.length = Token::SaturatedLength(word.size());
    token.script = script_;
    token.has_digit = digits_ > 0;
    token.all_digits = digits_ == characters_;
    token.capitalised = capitalised_;
    tokens.push_back(token);
  }
  Start();
}

void MixedRunCutter::Append(std::string_view text, size_t begin, size_t end,
                            std::vector<Token>& tokens) {
  Start();
  size_t word_begin = begin;
  const auto finish = [&](size_t word_end, size_t next_begin) {
    Finish(text.substr(word_begin, word_end - word_begin), word_begin, tokens);
    word_begin = next_begin;
  };
  bool is_whole = false;  // a character without spaces, and marks on it
  for (size_t i = begin; i < end;) {
    if (static_cast<unsigned char>(text[i]) < 0x80 && !is_whole) {
      AddAscii(text[i++]);
      continue;
    }
    const DecodedCodePoint c = DecodeUtf8(text.substr(i, end - i));
    const CodePointInfo info = LookUpCodePoint(c.value);
    if (is_whole && !info.is_mark) {
      finish(i, i);
      is_whole = false;
    }
    if (!info.in_word && !info.is_ignored) {
      finish(i, i + c.length);
    } else {
      if (WrittenWithoutSpaces(info.script) && !info.is_mark) {
        finish(i, i);
        is_whole = true;
      }
      Add(info);
    }
    i += c.length;
  }
  finish(end, end);
}

}  // namespace storyfold
