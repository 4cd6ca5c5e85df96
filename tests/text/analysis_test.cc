#include "text/analysis.h"

#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Words = std::vector<std::string>;

// Returns the tokens of `text`, each as the expected word at its place where
// that has its hash, else as "?" and its bytes: equal to `expected` when all
// tokens are right, and readable when not.
Words Folded(std::string_view text, const Words& expected,
             SimdLevel level = ActiveSimdLevel()) {
  Analyzer analyzer(level);
  Words words;
  for (const Token& token : analyzer.Analyze(text).tokens) {
    const size_t i = words.size();
    const bool right =
        i < expected.size() && HashWord(expected[i]) == token.hash;
    words.push_back(
        right ? expected[i]
              : "?" + std::string(text.substr(token.offset, token.length)));
  }
  return words;
}

// Returns the bytes of the tokens, parted by "|".
std::string Cut(std::string_view text) {
  Analyzer analyzer;
  std::string cut;
  for (const Token& token : analyzer.Analyze(text).tokens) {
    if (!cut.empty()) cut += "|";
    cut += text.substr(token.offset, token.length);
  }
  return cut;
}

void CheckWords(std::string_view text, const Words& expected) {
  CAPTURE(text);
  CHECK(Folded(text, expected) == expected);
  CHECK(Folded(text, expected, SimdLevel::kScalar) == expected);
}

TEST_CASE("different words have different hashes", "[text]") {
  const Words words = {"a",
                       "b",
                       "aa",
                       "ab",
                       "ba",
                       "a0",
                       "corvane",
                       "corvanes",
                       "1",
                       "01",
                       "12345678",
                       "123456789",
                       "abcdefgh",
                       "abcdefghijklmnop",
                       "abcdefghijklmnopq",
                       "abcdefghijklmnopr"};
  for (size_t i = 0; i < words.size(); ++i) {
    for (size_t j = i + 1; j < words.size(); ++j) {
      CAPTURE(words[i], words[j]);
      CHECK(HashWord(words[i]) != HashWord(words[j]));
    }
  }
}

TEST_CASE("words are runs of letters and digits in lower case", "[text]") {
  CheckWords("The Mayor OF Corvane, re-elected.",
             {"the", "mayor", "of", "corvane", "re", "elected"});
  CheckWords("up 3.5% to $1,200 in Q4",
             {"up", "3", "5", "to", "1", "200", "in", "q4"});
  CheckWords("snake_case__name", {"snake", "case", "name"});
  CheckWords("...", {});
  CheckWords("", {});
}

TEST_CASE("an apostrophe ends a token", "[text]") {
  CheckWords("Corvane's plan", {"corvane", "s", "plan"});
  CheckWords("Corvane\xE2\x80\x99s plan", {"corvane", "s", "plan"});
  CheckWords("'Quoted' dogs' tails", {"quoted", "dogs", "tails"});
}

TEST_CASE("tokens know digits, capitals and script", "[text]") {
  Analyzer analyzer;
  const auto& tokens = analyzer
                           .Analyze(
                               "Ban 2024 4th "
                               "\xC3\x89t\xC3\xA9 \xD0\x9C\xD0\xB8\xD1\x80 "
                               "\xEF\xBC\x91\xEF\xBC\x92")
                           .tokens;
  REQUIRE(tokens.size() == 6);
  CHECK((tokens[0].capitalised && !tokens[0].has_digit));
  CHECK((tokens[1].has_digit && tokens[1].all_digits));
  CHECK(tokens[1].script == Script::kNone);
  CHECK((tokens[2].has_digit && !tokens[2].all_digits));
  CHECK(tokens[2].script == Script::kLatin);
  CHECK(tokens[3].capitalised);
  CHECK(tokens[3].script == Script::kLatin);
  CHECK(tokens[4].capitalised);
  CHECK(tokens[4].script == Script::kCyrillic);
  CHECK(tokens[5].all_digits);  // full width 12
  CHECK(tokens[5].script == Script::kNone);
  CHECK(tokens[5].hash == HashWord("12"));
}

TEST_CASE("width, ligatures and accents are folded", "[text]") {
  CheckWords("\xEF\xBC\xA3\xEF\xBC\xA1\xEF\xBD\x86\xEF\xBD\x85", {"cafe"});
  CheckWords(
      "o\xEF\xAC\x83"
      "ce",
      {"office"});  // ligature ffi
  CheckWords("caf\xC3\xA9 cafe\xCC\x81 CAF\xC3\x89 CAFE\xCC\x81",
             {"caf\xC3\xA9", "caf\xC3\xA9", "caf\xC3\xA9", "caf\xC3\xA9"});
  CheckWords(
      "Stra\xC3\x9F"
      "e STRASSE",
      {"strasse", "strasse"});
}

TEST_CASE("soft hyphens and joiners stand inside of a word, unseen", "[text]") {
  CheckWords("super\xC2\xADmarket", {"supermarket"});
  CheckWords("super\xE2\x80\x8Dmarket", {"supermarket"});  // U+200D
  CheckWords("a \xC2\xAD b", {"a", "b"});
  CheckWords("zero\xE2\x80\x8Bwidth", {"zero", "width"});  // U+200B parts
}

TEST_CASE("Russian words fold case", "[text]") {
  CheckWords(
      "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0, "
      "\xD0\x9C\xD0\x9E\xD0\xA1\xD0\x9A\xD0\x92\xD0\x90",
      {"\xD0\xBC\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0",
       "\xD0\xBC\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0"});
}

TEST_CASE("scripts without spaces give one token a character", "[text]") {
  CHECK(Cut("中国新闻") == "中|国|新|闻");
  CHECK(Cut("きのう、カメラ。") == "き|の|う|カ|メ|ラ");
  CHECK(Cut("ที่นี่") == "ที่|นี่");  // vowels and tones stay with their letter
  CHECK(Cut("서울 시장") == "서울|시장");
  CHECK(Cut("第3回iPhone発表会") == "第|3|回|iPhone|発|表|会");
  CheckWords("ｶﾒﾗ カメラ", {"カ", "メ", "ラ", "カ", "メ", "ラ"});
}

TEST_CASE("a half-width voiced mark belongs to its kana", "[text]") {
  CHECK(Cut("ｶﾞｽ") == "ｶﾞ|ｽ");
  CheckWords("ｶﾞｽ ガス", {"ガ", "ス", "ガ", "ス"});
}

TEST_CASE("Korean letters that are written one by one fold to syllables",
          "[text]") {
  CheckWords("가 \u1100\u1161 \u3131\u314F ㅋㅋ",
             {"가", "가", "가", "\u110F\u110F"});
}

TEST_CASE("signs outside of ASCII part words", "[text]") {
  CheckWords("Naïve café—open", {"naïve", "café", "open"});
  CheckWords("“quoted” … 5€ 😀ok", {"quoted", "5", "ok"});
  CheckWords(
      "non\xC2\xA0"
      "breaking",
      {"non", "breaking"});
}

TEST_CASE("lines are split at newlines and own their tokens", "[text]") {
  struct Expected {
    uint32_t begin, end, first_token, last_token;
  };
  const auto check = [](std::string_view text,
                        const std::vector<Expected>& expected) {
    CAPTURE(text);
    Analyzer analyzer;
    const auto& lines = analyzer.Analyze(text).lines;
    REQUIRE(lines.size() == expected.size());
    for (size_t i = 0; i < lines.size(); ++i) {
      CAPTURE(i);
      CHECK(lines[i].begin == expected[i].begin);
      CHECK(lines[i].end == expected[i].end);
      CHECK(lines[i].first_token == expected[i].first_token);
      CHECK(lines[i].last_token == expected[i].last_token);
    }
  };
  check("", {{0, 0, 0, 0}});
  check("one two", {{0, 7, 0, 2}});
  check("one two\n", {{0, 7, 0, 2}, {8, 8, 2, 2}});
  check("a b\n\nc", {{0, 3, 0, 2}, {4, 4, 2, 2}, {5, 6, 2, 3}});
  check("\n", {{0, 0, 0, 0}, {1, 1, 0, 0}});
  check("a\r\nb", {{0, 2, 0, 1}, {3, 4, 1, 2}});
  check("é\n中国", {{0, 2, 0, 1}, {3, 9, 1, 3}});
}

TEST_CASE("the tokens of a line are found by it", "[text]") {
  Analyzer analyzer;
  const Analysis& analysis = analyzer.Analyze("one\ntwo three\n");
  CHECK(analysis.TokensOf(analysis.lines[0]).size() == 1);
  const auto second = analysis.TokensOf(analysis.lines[1]);
  REQUIRE(second.size() == 2);
  CHECK(second[0].hash == HashWord("two"));
  CHECK(second[1].hash == HashWord("three"));
  CHECK(analysis.TokensOf(analysis.lines[2]).empty());
}

TEST_CASE("a word of 100 kB is one token", "[text]") {
  const std::string word(100'000, 'Q');
  Analyzer analyzer;
  const auto& tokens = analyzer.Analyze("a " + word + " b").tokens;
  REQUIRE(tokens.size() == 3);
  CHECK(tokens[1].offset == 2);
  CHECK(tokens[1].length == 65535);
  CHECK(tokens[1].hash == HashWord(std::string(100'000, 'q')));
  CHECK(tokens[2].offset == 100'003);
  CHECK(tokens[2].hash == HashWord("b"));
}

TEST_CASE("a word of 100 kB outside of ASCII is one token", "[text]") {
  std::string word;
  std::string folded;
  for (int i = 0; i < 50'000; ++i) {
    word += "É";
    folded += "é";
  }
  Analyzer analyzer;
  const auto& tokens = analyzer.Analyze(word).tokens;
  REQUIRE(tokens.size() == 1);
  CHECK(tokens[0].length == 65535);
  CHECK(tokens[0].hash == HashWord(folded));
}

// What is a word in ASCII, byte by byte.
std::vector<Token> NaiveTokens(const std::string& text) {
  std::vector<Token> tokens;
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else if (!word.empty()) {
      Token token;
      token.hash = HashWord(word);
      token.offset = static_cast<uint32_t>(i - word.size());
      token.length = static_cast<uint16_t>(word.size());
      const char first = text[token.offset];
      token.capitalised = first >= 'A' && first <= 'Z';
      token.has_digit = word.find_first_of("0123456789") != word.npos;
      token.all_digits = word.find_first_not_of("0123456789") == word.npos;
      tokens.push_back(token);
      word.clear();
    }
  }
  return tokens;
}

bool SameTokens(const std::vector<Token>& a, const std::vector<Token>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Token& x, const Token& y) {
                      return x.hash == y.hash && x.offset == y.offset &&
                             x.length == y.length &&
                             x.capitalised == y.capitalised &&
                             x.has_digit == y.has_digit &&
                             x.all_digits == y.all_digits;
                    });
}

// Words of all lengths, many of them across the borders of 64 bytes.
std::string RandomAscii(Random& random, size_t size) {
  std::string text;
  const uint64_t gap = 2 + random.Below(40);
  for (size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<char>(random.Below(128));
    const bool keep = random.Below(gap) == 0;
    text += keep ? byte : "abzAZ0189"[random.Below(9)];
  }
  return text;
}

TEST_CASE("tokens of ASCII texts equal those of a loop over bytes",
          "[text][prop]") {
  Random random(8);
  Analyzer plain(SimdLevel::kScalar);
  Analyzer fast;
  for (size_t round = 0; round < 3000; ++round) {
    const std::string text = RandomAscii(random, round % 300);
    const std::vector<Token> expected = NaiveTokens(text);
    CAPTURE(round, text);
    REQUIRE(SameTokens(plain.Analyze(text).tokens, expected));
    REQUIRE(SameTokens(fast.Analyze(text).tokens, expected));
  }
}

TEST_CASE("a word is found at every place around a block border",
          "[text][prop]") {
  for (size_t begin = 0; begin < 130; ++begin) {
    for (const size_t length : {1, 2, 63, 64, 65, 128}) {
      const std::string text =
          std::string(begin, '-') + std::string(length, 'K') + "-";
      CAPTURE(begin, length);
      REQUIRE(Cut(text) == std::string(length, 'K'));
    }
    const std::string accented = std::string(begin, '-') + "Édition";
    CAPTURE(begin);
    REQUIRE(Cut(accented) == "Édition");
    REQUIRE(Folded(accented, {"édition"}) == Words{"édition"});
  }
}

TEST_CASE("all levels give equal tokens and lines for any text",
          "[text][prop]") {
  const Words pieces = {"word", "Über", "中", "ที่",         "\n", " ",
                        "'",    "’",    "ﬁ",  "e\xCC\x81", "42", "\xC2\xAD",
                        "Мир",  "😀",    "ß",  "."};
  Random random(9);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (uint64_t k = random.Below(80); k > 0; --k) {
      text += pieces[random.Below(pieces.size())];
    }
    Analyzer plain(SimdLevel::kScalar);
    const Analysis& expected = plain.Analyze(text);
    for (const SimdLevel level : {SimdLevel::kAvx2, SimdLevel::kAvx512}) {
      if (level > ActiveSimdLevel()) continue;
      Analyzer analyzer(level);
      const Analysis& got = analyzer.Analyze(text);
      CAPTURE(round, text, SimdLevelName(level));
      REQUIRE(SameTokens(got.tokens, expected.tokens));
      REQUIRE(got.lines.size() == expected.lines.size());
      REQUIRE(got.lines.back().last_token == expected.lines.back().last_token);
    }
  }
}

TEST_CASE("an analyzer keeps nothing of the text before", "[text]") {
  Analyzer analyzer;
  analyzer.Analyze(std::string(1000, 'x') + "\nsecond line");
  const Analysis& analysis = analyzer.Analyze("short");
  REQUIRE(analysis.tokens.size() == 1);
  CHECK(analysis.tokens[0].hash == HashWord("short"));
  REQUIRE(analysis.lines.size() == 1);
  CHECK(analysis.lines[0].end == 5);
}

}  // namespace
}  // namespace storyfold
