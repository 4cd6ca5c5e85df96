#include "stories/compounds.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "stories/terms.h"

namespace storyfold {
namespace {

UsedWord Noun(const std::string& spelling, uint32_t articles = 1) {
  return {spelling, TermOfSpelling(spelling), articles, articles, articles};
}

std::vector<UsedWord> Nouns(std::initializer_list<const char*> spellings) {
  std::vector<UsedWord> nouns;
  for (const char* spelling : spellings) nouns.push_back(Noun(spelling));
  return nouns;
}

// Returns the parts of `spelling` among `words`, as they are spelled.
std::vector<std::string> PartsOf(const std::string& spelling,
                                 std::vector<UsedWord> words,
                                 bool nouns_only = true) {
  words.push_back(Noun(spelling));
  for (const Compound& compound : FindCompounds(words, nouns_only)) {
    if (compound.term != TermOfSpelling(spelling)) continue;
    std::vector<std::string> parts;
    for (const CompoundPart& part : compound.parts) {
      CHECK(part.term == TermOfSpelling(part.spelling));
      parts.push_back(part.spelling);
    }
    return parts;
  }
  return {};
}

using Spellings = std::vector<std::string>;

TEST_CASE("a compound is split into words that the batch uses", "[stories]") {
  CHECK(PartsOf("bahnstreik", Nouns({"bahn", "streik", "wetter"})) ==
        Spellings{"bahn", "streik"});
  CHECK(PartsOf("bahnstreik", Nouns({"bahn", "wetter"})).empty());
  CHECK(PartsOf("bahnstreik", Nouns({"streik"})).empty());
  CHECK(PartsOf("bahnstreik", {}).empty());
}

TEST_CASE("letters between the parts of a compound are left out", "[stories]") {
  CHECK(PartsOf("regierungskrise", Nouns({"regierung", "krise"})) ==
        Spellings{"regierung", "krise"});
  CHECK(PartsOf("landesbank", Nouns({"land", "bank"})) ==
        Spellings{"land", "bank"});
  CHECK(PartsOf("frauenhaus", Nouns({"frau", "haus"})) ==
        Spellings{"frau", "haus"});
  CHECK(PartsOf("schulreform", Nouns({"schule", "reform"})) ==
        Spellings{"schule", "reform"});
  CHECK(PartsOf("bürgermeisterwahl", Nouns({"bürgermeister", "wahl"})) ==
        Spellings{"bürgermeister", "wahl"});
}

TEST_CASE("parts of parts are parts", "[stories]") {
  CHECK(
      PartsOf("bundesverfassungsgericht",
              Nouns({"bund", "verfassung", "gericht", "verfassungsgericht"})) ==
      Spellings{"bund", "verfassungsgericht", "verfassung", "gericht"});
}

TEST_CASE("of two splits the one of more frequent words is taken",
          "[stories]") {
  // wach|stube and wachs|tube
  CHECK(PartsOf("wachstube", {Noun("wach", 4), Noun("stube", 4),
                              Noun("wachs", 3), Noun("tube", 4)}) ==
        Spellings{"wach", "stube"});
  CHECK(PartsOf("wachstube", {Noun("wach", 3), Noun("stube", 3),
                              Noun("wachs", 5), Noun("tube", 4)}) ==
        Spellings{"wachs", "tube"});
}

TEST_CASE("a German compound is made of nouns", "[stories]") {
  UsedWord verb = Noun("lesen");
  verb.uses = 4;
  verb.capitalised = 2;
  const std::vector<UsedWord> words = {Noun("bücher"), verb};
  CHECK(PartsOf("bücherlesen", words).empty());
  CHECK(PartsOf("bücherlesen", words, false) == Spellings{"bücher", "lesen"});
}

TEST_CASE("short words are no parts", "[stories]") {
  CHECK(PartsOf("tageslicht", Nouns({"tag", "licht"})).empty());
  CHECK(PartsOf("mondei", Nouns({"mond", "ei"})).empty());
}

TEST_CASE("compounds do not depend on the order of the words",
          "[stories][deterministic]") {
  std::vector<UsedWord> words = Nouns(
      {"bahn", "streik", "bahnstreik", "hof", "bahnhof", "recht", "streikrecht",
       "bahnstreikrecht", "krise", "regierung", "regierungskrise"});
  std::ranges::sort(words, {}, &UsedWord::spelling);
  const std::vector<Compound> compounds = FindCompounds(words, true);
  CHECK(compounds.size() == 4);  // Bahnhof is none: Hof has three letters
  CHECK(std::ranges::is_sorted(compounds, {}, &Compound::term));
  std::ranges::reverse(words);
  CHECK(FindCompounds(words, true) == compounds);
}

TEST_CASE("words of any bytes are looked at", "[stories]") {
  const std::string odd = "\xE2\x82\xE2\x82\xFF\xFEzzzz";
  CHECK(PartsOf(odd + odd, {Noun(odd)}) == Spellings{odd});
  CHECK(PartsOf(std::string(80, 'a'), {Noun(std::string(40, 'a'))}).size() ==
        1);
  CHECK(PartsOf(std::string(82, 'a'), {Noun(std::string(41, 'a'))}).empty());
}

}  // namespace
}  // namespace storyfold
