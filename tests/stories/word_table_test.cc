#include "storyfold/word_table.h"

#include <string>
#include <vector>

#include "catch.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

TEST_CASE("a word table knows the shares of its words", "[stories]") {
  const WordTable table(std::vector<WordShare>{{"talk", 0.25}, {"storm", 0.5}});
  CHECK(table.size() == 2);
  CHECK(table.Share(HashWord("talk")) == 0.25);
  CHECK(table.Share(HashWord("storm")) == 0.5);
  CHECK(table.Share(HashWord("ferry")) == 0);
  CHECK(WordTable().Share(HashWord("talk")) == 0);
}

TEST_CASE("of a word given twice the last share stays", "[stories]") {
  const WordTable table(
      std::vector<WordShare>{{"talk", 0.25}, {"ferry", 0.1}, {"talk", 0.5}});
  CHECK(table.size() == 2);
  CHECK(table.Share(HashWord("talk")) == 0.5);
}

TEST_CASE("words are written as lines that are read again", "[stories]") {
  const std::vector<WordShare> words = {{"talk", 0.25}, {"café", 0.00071}};
  const std::string text = FormatWords(words);
  CHECK(text ==
        "# word, and articles in 100,000 that use it\n"
        "talk\t25000\n"
        "café\t71\n");
  const auto again = ParseWords(text);
  REQUIRE(again.ok());
  REQUIRE(again->size() == 2);
  CHECK((*again)[0].word == "talk");
  CHECK((*again)[0].share == 0.25);
  CHECK((*again)[1].word == "café");
  CHECK((*again)[1].share == Approx(0.00071));
}

TEST_CASE("what is no word table is refused with its line", "[stories]") {
  const std::string line =
      GENERATE(std::string("talk"), "talk 25", "talk\tmany", "talk\t-1",
               "talk\t100001", "\t25", "talk\tnan", "talk\t1\t2");
  CAPTURE(line);
  const auto words = ParseWords("# words\n\nstorm\t3\r\n" + line + "\n");
  REQUIRE_FALSE(words.ok());
  CHECK(words.status().message().substr(0, 3) == "4: ");
}

TEST_CASE("the built-in table is of common English words", "[stories]") {
  const auto table = BuiltInWords();
  CHECK(table->size() == 10'000);
  CHECK(table == BuiltInWords());
  // More than a quarter of all articles, and hardly any.
  CHECK(table->Share(HashWord("year")) > 0.25);
  CHECK(table->Share(HashWord("year")) < 1);
  CHECK(table->Share(HashWord("ferry")) < 0.01);
  CHECK(table->Share(HashWord("corvane")) == 0);
}

}  // namespace
}  // namespace storyfold
