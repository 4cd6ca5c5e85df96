#include "text/word_hasher.h"

#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/simd_levels.h"
#include "text/analysis.h"
#include "text/removed_lines.h"

namespace storyfold {
namespace {

using Hashes = std::vector<uint64_t>;

// What an Analyzer finds in the lines that are kept.
Hashes Analyzed(std::string_view text,
                const std::vector<uint32_t>& removed = {}) {
  Analyzer analyzer(SimdLevel::kScalar);
  const Analysis& analysis = analyzer.Analyze(text);
  Hashes words;
  ForEachKeptLine(analysis, removed, [&](const Line& line) {
    for (const Token& token : analysis.TokensOf(line)) {
      words.push_back(token.hash);
    }
  });
  return words;
}

void CheckEqual(const std::string& text,
                const std::vector<uint32_t>& removed = {}) {
  for (const SimdLevel level : SimdLevels()) {
    WordHasher hasher(level);
    const auto words = hasher.Hash(text, removed);
    CAPTURE(text, SimdLevelName(level));
    REQUIRE(Hashes(words.begin(), words.end()) == Analyzed(text, removed));
  }
}

TEST_CASE("word hashes are those of the analysis", "[text]") {
  CheckEqual("");
  CheckEqual(" \n ");
  CheckEqual("The mayor OF Corvane, re-elected with 52.4%");
  CheckEqual(
      "Na\xC3\xAFve caf\xC3\xA9\xE2\x80\x94open \xE2\x80\x9Cnow\xE2\x80\x9D");
  CheckEqual("\xE5\xB8\x82\xE9\x95\xBF Corvane \xD0\xBC\xD1\x8D\xD1\x80");
  CheckEqual(std::string(40, 'w') +
             " a word longer than sixteen bytes: " + std::string(17, 'x'));
  CheckEqual("plain line\nst\xC3\xA9 phane");
}

TEST_CASE("words of every length have their hash at every place", "[text]") {
  for (size_t shift = 0; shift < 9; ++shift) {
    std::string text;
    for (size_t k = 0; k < shift; ++k) text += "a ";
    for (size_t length = 1; length < 40; ++length) {
      text += std::string(length, static_cast<char>('a' + length % 26)) + " ";
      text += std::string(length % 16 + 1, '7') + " ";
    }
    CheckEqual(text);
  }
}

TEST_CASE("words of removed lines are left out", "[text]") {
  const std::string text = "one two\nthree\n\nfour five\nsix";
  for (const std::vector<uint32_t>& removed :
       std::vector<std::vector<uint32_t>>{
           {1}, {2}, {3}, {5}, {1, 5}, {2, 3, 4}, {1, 2, 3, 4, 5}}) {
    CheckEqual(text, removed);
    CheckEqual(text + "\n", removed);
    CheckEqual("\xC3\x89t\xC3\xA9 " + text, removed);
  }
}

TEST_CASE("word hashes of random bytes are those of the analysis",
          "[text][prop]") {
  const std::vector<std::string> pieces = {"a",        "Z",
                                           "7",        " ",
                                           "\n",       "-",
                                           "\xC3\x89", "\xE2\x80\x99",
                                           "\xD0\x96", "\xE5\xB8\x82",
                                           "\xCC\x81", "word",
                                           "Mid-July", "\xEF\xBC\xA1"};
  Random random(42);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const size_t most = round % 3 == 0 ? 6 : pieces.size();  // ASCII only too
    for (uint64_t k = random.Below(200); k > 0; --k) {
      text += pieces[random.Below(most)];
    }
    CheckEqual(text);
  }
}

}  // namespace
}  // namespace storyfold
