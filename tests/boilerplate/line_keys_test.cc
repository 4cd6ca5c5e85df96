#include "boilerplate/line_keys.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "text/analysis.h"

namespace storyfold {
namespace {

std::vector<LineKey> KeysOf(std::string_view text) {
  LineKeyer keyer;
  const auto keys = keyer.Keys(text);
  return {keys.begin(), keys.end()};
}

LineKey KeyOf(std::string_view line) {
  const std::vector<LineKey> keys = KeysOf(line);
  REQUIRE(keys.size() == 1);
  return keys[0];
}

bool SameMasked(std::string_view a, std::string_view b) {
  return KeyOf(a).masked == KeyOf(b).masked;
}

bool SameExact(std::string_view a, std::string_view b) {
  return KeyOf(a).exact == KeyOf(b).exact;
}

using Pair = std::pair<std::string, std::string>;

TEST_CASE("numbers are one slot in the masked key", "[boilerplate]") {
  CHECK(SameMasked("Page 7 of 12", "Page 103 of 2"));
  CHECK(SameMasked("Updated 14:05", "Updated 9"));
  CHECK(SameMasked("Call 1 234 5678 now", "Call 99 now"));
  CHECK(SameMasked("١٢ تعليقات", "٣ تعليقات"));

  CHECK_FALSE(SameMasked("Page 7 of 12", "Page seven of 12"));
  CHECK_FALSE(SameMasked("Page 7 of 12", "Page of 12"));
}

TEST_CASE("a line of numbers is told by what stands between them",
          "[boilerplate]") {
  CHECK(SameMasked("1986/87 1985/86", "2030/31 2029/30"));
  CHECK(SameMasked("14:05", "9:40"));
  CHECK(SameMasked(" 1986.", "2031. "));
  CHECK(SameMasked("4 March 2031", "17 May, 2030"));  // a date is one

  CHECK_FALSE(SameMasked("1986.", "1986"));
  CHECK_FALSE(SameMasked("1986/87", "1986"));
  CHECK_FALSE(SameMasked("14:05", "&#3;"));
  CHECK_FALSE(SameMasked("1986.", "&#3;"));
}

TEST_CASE("it is the same in digits of any script and however it is typed",
          "[boilerplate]") {
  CHECK(SameMasked("١٤:٠٥", "٠٩:٤٠"));
  CHECK(SameMasked("１４：０５", "０９：４０"));
  CHECK(SameMasked("12  30", "14\u00a005"));
  CHECK(SameMasked("1,234", "12"));
}

TEST_CASE("a mark that looks like a slot is no number", "[boilerplate]") {
  CHECK_FALSE(SameMasked("#", "7"));
  CHECK_FALSE(SameMasked("# #", "7 8"));
}

TEST_CASE("a row of figures has two words or fewer for each number",
          "[boilerplate]") {
  CHECK(KeyOf("Net 117 mln vs 106 mln").figures);
  CHECK(KeyOf("Left in store 1.51 against 1.07").figures);
  CHECK_FALSE(KeyOf("Lost on each share 20 cents against 81 cents").figures);
  CHECK_FALSE(KeyOf("Net 117 mln").figures);
  CHECK_FALSE(KeyOf("4 March to 7 March").figures);
}

TEST_CASE("numbers tell exact keys apart", "[boilerplate]") {
  CHECK_FALSE(SameExact("Page 7", "Page 8"));
  CHECK_FALSE(SameExact("Updated March 4", "Updated March 5"));
  CHECK_FALSE(SameExact("Updated March 4", "Updated April 4"));
}

TEST_CASE("case, punctuation and space are not part of a key",
          "[boilerplate]") {
  CHECK(SameExact("READ MORE »", "  Read, more"));
  CHECK(SameMasked("READ MORE »", "  Read, more"));
  CHECK(SameMasked("Read more\r", "Read more"));
  CHECK_FALSE(SameMasked("dog bites man", "man bites dog"));
  CHECK_FALSE(SameExact("dog bites man", "man bites dog"));
}

TEST_CASE("months and days are one slot in five languages", "[boilerplate]") {
  const auto [a, b] = GENERATE(values<Pair>({
      {"Updated March 4, 2031", "Updated December 17, 2030"},
      {"Sent Mon, Jan 4", "Sent Fri, Sept 12"},
      {"SENT ON MONDAY", "Sent on Thursday"},
      {"Publicado el 4 de marzo", "Publicado el 19 de agosto"},
      {"Hoy es miércoles", "Hoy es sábado"},
      {"Stand: Montag, 3. März", "Stand: Freitag, 17. Oktober"},
      {"Publié le lundi 3 février", "Publié le jeudi 12 août"},
      {"Опубликовано 3 января", "Опубликовано 30 октября"},
      {"Сегодня среда", "Сегодня пятница"},
  }));
  CAPTURE(a, b);
  CHECK(SameMasked(a, b));
}

TEST_CASE("a month is another slot than a number", "[boilerplate]") {
  CHECK_FALSE(SameMasked("Updated March", "Updated 3"));
  CHECK_FALSE(SameMasked("Updated March", "Updated yesterday"));
}

TEST_CASE("a word with digits inside keeps its letters", "[boilerplate]") {
  CHECK(SameMasked("The 20th fleet", "The 114th fleet"));
  CHECK(SameMasked("Covid19 figures", "Covid7 figures"));
  CHECK_FALSE(SameMasked("Covid19 figures", "Flu19 figures"));
  CHECK_FALSE(SameMasked("The 20th fleet", "The 20 fleet"));
  CHECK_FALSE(SameMasked("The a1b2 file", "The a1b file"));
}

TEST_CASE("a word with digits inside is folded before it is masked",
          "[boilerplate]") {
  CHECK(SameMasked("THE 20TH FLEET", "The 3th fleet"));
  CHECK(SameMasked("COVID19 figures", "Covid19 figures"));
}

TEST_CASE("blank lines have no key but a number", "[boilerplate]") {
  const std::vector<LineKey> keys =
      KeysOf("One here\n\n \t\r\nFour here\n\nSix here\n");
  REQUIRE(keys.size() == 3);
  CHECK(keys[0].number == 1);
  CHECK(keys[1].number == 4);
  CHECK(keys[2].number == 6);

  CHECK(KeysOf("").empty());
  CHECK(KeysOf("\n\n").empty());
  CHECK(KeysOf(" \t\r\n\v\f").empty());
}

TEST_CASE("a line of symbols has the key of its bytes", "[boilerplate]") {
  const LineKey stars = KeyOf("* * *");
  CHECK(stars.num_tokens == 0);
  CHECK(stars.num_words == 0);
  CHECK(stars.masked == stars.exact);
  CHECK(SameMasked("* * *", "  * * *\r"));
  CHECK_FALSE(SameMasked("* * *", "***"));
  CHECK_FALSE(SameMasked("* * *", "---"));
}

TEST_CASE("numbers, dates and words with digits are no words of a line",
          "[boilerplate]") {
  const LineKey key = KeyOf("On March 4, 2031 the 20th fleet sailed");
  CHECK(key.num_tokens == 8);
  CHECK(key.num_words == 4);  // on, the, fleet, sailed

  CHECK(KeyOf("March 4").num_words == 0);
  CHECK(KeyOf("Page 4").num_words == 1);
  CHECK(KeyOf("北京大学").num_words == 4);
}

TEST_CASE("two characters count as a word in scripts without spaces",
          "[boilerplate]") {
  CHECK(KeyOf("海港两天").num_tokens == 2);
  CHECK(KeyOf("海港关闭两").num_tokens == 3);
  CHECK(KeyOf("港").num_tokens == 1);
  CHECK(KeyOf("Gazette 海港").num_tokens == 2);
  CHECK(KeyOf("海港两天").num_words == 4);
}

TEST_CASE("a line starts with a slot where its first word is one",
          "[boilerplate]") {
  CHECK(KeyOf("200 g of flour").starts_with_slot);
  CHECK(KeyOf("- 3 eggs.").starts_with_slot);
  CHECK(KeyOf("March winds").starts_with_slot);
  CHECK_FALSE(KeyOf("Two eggs of 3").starts_with_slot);
}

TEST_CASE("a number has a unit where a percent or currency sign is beside it",
          "[boilerplate]") {
  const std::string line =
      GENERATE("Labour 42 %", "Gold $7", "7 € each", "٤٢٪ من", "Up 3‰");
  CAPTURE(line);
  CHECK(KeyOf(line).with_unit);
  CHECK_FALSE(KeyOf("Labour 42").with_unit);
  CHECK_FALSE(KeyOf("Labour %").with_unit);
}

TEST_CASE("a line is closed by the mark that ends it", "[boilerplate]") {
  const std::string closed = GENERATE(
      "He left.", "Really?", "Stop!", "And then…", "\"Yes\"", "“Yes”", "«Да»",
      "结束。", "走！", "真的？", "「はい」", "Done.  \r", "...");
  CAPTURE(closed);
  CHECK(KeyOf(closed).closed);
}

TEST_CASE("a line without a closing mark is open", "[boilerplate]") {
  const std::string open =
      GENERATE("Read more", "By Jane:", "(the end)", "No. 7", "“Yes", "—",
               "Washington D.C.", "By Jane B.");
  CAPTURE(open);
  CHECK_FALSE(KeyOf(open).closed);
}

TEST_CASE("a line starts low with a small letter", "[boilerplate]") {
  CHECK(KeyOf("  and so on").starts_low);
  CHECK_FALSE(KeyOf("And so on").starts_low);
  CHECK_FALSE(KeyOf("7 and so on").starts_low);
  CHECK_FALSE(KeyOf("\"and so on").starts_low);
}

TEST_CASE("a line with quotation marks anywhere is quoted", "[boilerplate]") {
  const std::string quoted =
      GENERATE("She said \"no\" twice", "She said “no” twice",
               "Он «ушёл» домой", "Er sagte „nein“ dazu", "彼は「はい」と");
  CAPTURE(quoted);
  CHECK(KeyOf(quoted).quoted);
  CHECK_FALSE(KeyOf("It's the dogs' day (really)").quoted);
}

TEST_CASE("the key of a title is the exact key of a line that reads like it",
          "[boilerplate]") {
  LineKeyer keyer;
  CHECK(keyer.TitleKey("Storm hits the coast") ==
        KeyOf("STORM HITS: the coast!").exact);
  CHECK(keyer.TitleKey("Storm hits the coast") !=
        KeyOf("Storm hits a coast").exact);
  CHECK(keyer.TitleKey("Storm of 2031") != KeyOf("Storm of 2032").exact);
  CHECK(keyer.TitleKey("") == 0);
  CHECK(keyer.TitleKey(" — ") == 0);
}

TEST_CASE("an open line has keys of its first and its last three words",
          "[boilerplate]") {
  const LineKey a = KeyOf("Read also today: storm hits the coast");
  const LineKey b = KeyOf("READ ALSO TODAY: Bridge closed for the coast");
  CHECK(a.prefix != 0);
  CHECK(a.prefix == b.prefix);
  CHECK(a.suffix != b.suffix);
  CHECK(a.suffix == KeyOf("The ship hits the coast").suffix);
  CHECK(KeyOf("Filed on 3 March 2031 by Ann Lee").prefix ==
        KeyOf("Filed on 17 April 2032 by Bo Marsh").prefix);
}

TEST_CASE("closed, short, long and spaceless lines have no such keys",
          "[boilerplate]") {
  const std::string line =
      GENERATE("Read also today: storm hits the coast.", "Read also today",
               "a b c d e f g h i j k l m n o p q r s t u v w x y z",
               "12 of 14 storms", "首頁新聞政治體育");
  CAPTURE(line);
  CHECK(KeyOf(line).prefix == 0);
}

TEST_CASE("keys are those of the words an analyzer finds, at every CPU level",
          "[boilerplate][prop]") {
  const std::vector<std::string> words = {
      "storm",  "Gazette", "2031",
      "20th",   "March",   "naïve",
      "don’t",  "D.C",     "北京",
      "января", "x",       "١٢",
      "a1b22",  "may",     "extraordinarily-long-and-hyphenated",
      "ﬁne"};
  Random random(8);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (uint64_t n = random.Below(60); n > 0; --n) {
      text += words[random.Below(words.size())];
      text += std::string_view(" \n.,\"")[random.Below(5)];
    }
    Analyzer analyzer;
    const Analysis& analysis = analyzer.Analyze(text);
    LineKeyer plain(SimdLevel::kScalar);
    for (const LineKey& key : plain.Keys(text)) {
      const Line& line = analysis.lines[key.number - 1];
      const auto tokens = analysis.TokensOf(line);
      const auto num_spaceless = std::ranges::count_if(
          tokens,
          [](const Token& t) { return WrittenWithoutSpaces(t.script); });
      REQUIRE(key.num_tokens ==
              tokens.size() - static_cast<size_t>(num_spaceless) / 2);
      // The same line alone, its words one by one.
      const std::string alone = text.substr(line.begin, line.end - line.begin);
      REQUIRE(key.masked == KeyOf(alone).masked);
      std::string respelled;
      for (const Token& token : analysis.TokensOf(line)) {
        respelled += FoldWord(std::string_view(text).substr(token.offset,
                                                            token.length)) +
                     " ";
      }
      if (key.num_tokens > 0) REQUIRE(key.exact == KeyOf(respelled).exact);
    }
    for (const SimdLevel level : {SimdLevel::kAvx2, SimdLevel::kAvx512}) {
      if (level > ActiveSimdLevel()) continue;
      LineKeyer keyer(level);
      const auto keys = keyer.Keys(text);
      const auto expected = plain.Keys(text);
      REQUIRE(keys.size() == expected.size());
      for (size_t i = 0; i < keys.size(); ++i) {
        REQUIRE(keys[i].masked == expected[i].masked);
        REQUIRE(keys[i].exact == expected[i].exact);
        REQUIRE(keys[i].prefix == expected[i].prefix);
      }
    }
  }
}

TEST_CASE("the masked words of a line can be read", "[boilerplate]") {
  CHECK(MaskedWords("Updated 14:05, March 4, the 20th") ==
        "updated # @ # the #th");
  CHECK(MaskedWords(" 7 8/9. ") == "# #/#.");
  CHECK(MaskedWords("* * *").empty());
}

}  // namespace
}  // namespace storyfold
