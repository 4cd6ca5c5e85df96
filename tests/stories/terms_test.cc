#include "stories/terms.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

using Strings = std::vector<std::string>;

// "words@position" of each term as the text spells it.
Strings TermsOf(std::string_view text,
                std::vector<uint32_t> removed_lines = {}) {
  TermReader reader;
  uint32_t num_tokens = 0;
  Strings terms;
  for (const TermOccurrence& t : reader.Read(text, removed_lines, num_tokens)) {
    terms.push_back(std::string(text.substr(t.offset, t.length)) + "@" +
                    std::to_string(t.position));
  }
  return terms;
}

uint32_t NumTokensOf(std::string_view text,
                     std::vector<uint32_t> removed_lines = {}) {
  TermReader reader;
  uint32_t num_tokens = 0;
  reader.Read(text, removed_lines, num_tokens);
  return num_tokens;
}

// The only term of a text.
uint64_t TermOf(std::string_view text) {
  TermReader reader;
  uint32_t num_tokens = 0;
  const auto terms = reader.Read(text, {}, num_tokens);
  REQUIRE(terms.size() == 1);
  return terms[0].term;
}

TEST_CASE("an English plural is the term of its singular", "[stories]") {
  const auto [word, term] = GENERATE(table<std::string, std::string>({
      {"talks", "talk"},
      {"Parties", "party"},
      {"BUSES", "bus"},
      {"boxes", "box"},
      {"waltzes", "waltz"},
      {"dies", "die"},
      {"prices", "price"},
      {"houses", "hous"},
      {"cafés", "café"},
      {"glass", "glass"},
      {"virus", "virus"},
      {"gas", "gas"},
      {"talk", "talk"},
      {"1990s", "1990"},
      {"2031", "2031"},
  }));
  CAPTURE(word);
  CHECK(TermOf(word) == HashWord(term));
}

TEST_CASE("other alphabets keep their endings", "[stories]") {
  CHECK(TermOf("ПЕРЕГОВОРЫ") == HashWord("переговоры"));
  CHECK(TermOf("πόλεις") == HashWord("πόλεισ"));  // final sigma folds
  CHECK(TermOf("회담") == HashWord("회담"));
}

TEST_CASE("a stop word of another language is a term", "[stories]") {
  const auto num_terms = [](std::string_view text, std::string_view language) {
    TermReader reader;
    uint32_t num_tokens = 0;
    // What it has read before must not matter.
    reader.Read(text, {}, num_tokens, LanguageSetOf("en"));
    reader.Read(text, {}, num_tokens, kNoLanguage);
    return reader.Read(text, {}, num_tokens, LanguageSetOf(language)).size();
  };
  CHECK(num_terms("the war", "en") == 1);
  CHECK(num_terms("the war", "en-GB") == 1);
  CHECK(num_terms("the war", "de") == 1);
  CHECK(num_terms("the war", "") == 0);
  CHECK(num_terms("the war", "sw") == 0);  // no list: all of them
  CHECK(num_terms("die Fähre ist am Kai", "de") == 2);
  CHECK(num_terms("die Fähre ist am Kai", "en") == 4);
  CHECK(num_terms("de la mer, et le port", "fr") == 2);
  CHECK(num_terms("a los puertos", "es") == 1);
  CHECK(num_terms("он был в порту", "ru") == 1);
  CHECK(num_terms("il porto è stato chiuso dalle navi", "it") == 3);
  CHECK(num_terms("o porto foi fechado pelas autoridades", "pt") == 3);
  CHECK(num_terms("de haven is door het bedrijf gesloten", "nl") == 3);
  CHECK(num_terms("port został zamknięty przez burzę", "pl") == 4);
  CHECK(num_terms("порт був закритий через бурю", "uk") == 3);
  CHECK(num_terms("liman fırtına nedeniyle bir gün için kapandı", "tr") == 5);
  CHECK(num_terms("pelabuhan itu ditutup karena badai", "id") == 3);
  CHECK(num_terms("pelabuhan itu ditutup kerana ribut", "ms") == 3);
  CHECK(num_terms("أُغلق الميناء على أنه في خطر", "ar") == 3);
}

TEST_CASE("an Arabic noun is one term with and without its article",
          "[stories]") {
  CHECK(TermOf("الميناء") == TermOf("ميناء"));
  CHECK(TermOf("وَالميناء") == HashWord("ميناء"));
  CHECK(SpellingOf("الميناء", {TermOf("ميناء"), 0, 0, 14, 0}) == "ميناء");
}

TEST_CASE("stop words and single letters are no terms but have a position",
          "[stories]") {
  CHECK(TermsOf("The parties' talks on a bus, and in Corvane's B 7 halls") ==
        Strings{"parties@1", "talks@2", "bus@5", "Corvane@8", "halls@12"});
  CHECK(NumTokensOf("The parties' talks on a bus") == 6);
  CHECK(TermsOf("el acuerdo de los ministros") ==
        Strings{"acuerdo@1", "ministros@4"});
  CHECK(TermsOf("und die Wahl im Januar") == Strings{"Wahl@2", "Januar@4"});
  CHECK(TermsOf("I'll say they've gone") == Strings{"gone@5"});
  CHECK(TermsOf("").empty());
  CHECK(TermsOf("— !").empty());
  CHECK(NumTokensOf("") == 0);
}

TEST_CASE("Han and Kana are read as neighbouring pairs", "[stories]") {
  CHECK(TermsOf("北京大学") == Strings{"北京@0", "京大@1", "大学@2"});
  CHECK(TermsOf("東京タワー") ==
        Strings{"東京@0", "京タ@1", "タワ@2", "ワー@3"});
  CHECK(NumTokensOf("北京大学") == 4);
}

TEST_CASE("a pair of characters does not reach over a gap", "[stories]") {
  CHECK(TermsOf("北京。大学") == Strings{"北京@0", "大学@2"});
  CHECK(TermsOf("北京\n大学") == Strings{"北京@0", "大学@2"});
  CHECK(TermsOf("北京 G20 峰会") == Strings{"北京@0", "G20@2", "峰会@3"});
  CHECK(TermsOf("北").empty());
}

TEST_CASE("the same pair of characters is the same term", "[stories]") {
  CHECK(TermOf("北京") == TermOf(" 北京。"));
  CHECK(TermOf("北京") != TermOf("京北"));
}

TEST_CASE("removed lines have no terms and no positions", "[stories]") {
  const std::string text = "Home page\nstorm coast\n\nSubscribe today\nferry";
  CHECK(TermsOf(text, {1, 4}) == Strings{"storm@0", "coast@1", "ferry@2"});
  CHECK(NumTokensOf(text, {1, 4}) == 3);
  CHECK(TermsOf(text, {1, 2, 3, 4, 5}).empty());
}

TEST_CASE("the first 20,000 bytes of a text are read", "[stories]") {
  std::string text;
  for (int i = 0; i < 4'000; ++i) text += "reef ";
  CHECK(NumTokensOf(text + "tail") == 4'000);
  CHECK(NumTokensOf(text.substr(5) + "tail more") == 4'000);
}

TEST_CASE("the end of what is read does not cut a character", "[stories]") {
  // Bytes 19,995 to 19,998 hold two letters, 19,999 and 20,000 the third.
  const std::string text = std::string(19'995, ' ') + "яблоко";
  CHECK(TermsOf(text) == Strings{"яб@0"});
}

TEST_CASE("a reader gives what a fresh one gives", "[stories]") {
  const std::string text = "Storms hit the coast of Corvane, 北京大学";
  TermReader used;
  TermReader fresh;
  uint32_t num_tokens = 0;
  used.Read("the coast, storms and storm, 京大 corvane", {}, num_tokens);
  const auto a = used.Read(text, {}, num_tokens);
  const auto b = fresh.Read(text, {}, num_tokens);
  REQUIRE(a.size() == b.size());
  for (size_t i = 0; i < a.size(); ++i) CHECK(a[i].term == b[i].term);
}

}  // namespace
}  // namespace storyfold
