#include "stories/languages.h"

#include <string>
#include <string_view>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Languages = std::vector<std::string_view>;

constexpr std::string_view kEnglish =
    "The ferry left the harbour before the storm reached the coast. Nobody was "
    "hurt, the owner of the ship said on Tuesday, and the others will follow "
    "as soon as the wind is weaker. The harbour has been closed since Monday.";
constexpr std::string_view kRussian =
    "Паром вышел из порта до того, как шторм достиг берега. Никто не "
    "пострадал, "
    "сообщил во вторник владелец судна. Порт закрыт с понедельника.";

struct Entry {
  std::string_view title;
  std::string_view text;
  std::string_view language = "";
};

Languages LanguagesOfAll(const std::vector<Entry>& entries) {
  static Corpus corpus;
  corpus = Corpus();
  std::vector<ArticleId> all;
  for (const Entry& e : entries) {
    all.push_back(static_cast<ArticleId>(all.size()));
    corpus.Add({.title = std::string(e.title),
                .text = std::string(e.text),
                .language = std::string(e.language)});
  }
  return LanguagesOf(corpus.articles(), all);
}

TEST_CASE("the record tells the language, else the text", "[stories]") {
  CHECK(
      LanguagesOfAll({{"", kEnglish, "fr"}, {"", kEnglish}, {"", kRussian}}) ==
      Languages{"fr", "en", "ru"});
}

TEST_CASE("what is no code of a language tells none", "[stories]") {
  CHECK(LanguagesOfAll({{"", kEnglish, "english"}, {"", kRussian, "x"}}) ==
        Languages{"en", "ru"});
}

TEST_CASE("a title too short to tell has the language of its script",
          "[stories]") {
  CHECK(LanguagesOfAll({{"", kEnglish},
                        {"", kRussian},
                        {"Порт", ""},
                        {"Tarn", "2"},
                        {"渡轮", ""},
                        {"7", ""}}) ==
        Languages{"en", "ru", "ru", "en", "", ""});
  CHECK(LanguagesOfAll({{"Tarn", ""}}) == Languages{""});
  CHECK(LanguagesOfAll({}).empty());
}

TEST_CASE("a title in a language hardly spoken has that of the others",
          "[stories]") {
  constexpr std::string_view kGerman =
      "Die Fähre verließ den Hafen, bevor der Sturm die Küste traf";
  std::vector<Entry> batch(150, Entry{"", kEnglish, "en"});
  batch.push_back({kGerman, ""});
  CHECK(LanguagesOfAll(batch).back() == "en");
  batch.push_back({"", kEnglish, "de"});
  batch.push_back({kGerman, ""});
  CHECK(LanguagesOfAll(batch).back() == "de");
}

TEST_CASE("a long text is never given the language of others", "[stories]") {
  std::string numbers;
  for (int i = 0; i < 80; ++i) numbers += "12.5 xq " + std::to_string(i) + " ";
  CHECK(LanguagesOfAll({{"", kEnglish, "en"}, {"", numbers}})[1].empty());
}

TEST_CASE("languages do not depend on the number of threads",
          "[stories][deterministic]") {
  std::vector<Entry> batch;
  for (int i = 0; i < 200; ++i) {
    batch.push_back({i % 3 == 0 ? "Порт" : "Tarn", i % 5 == 0 ? kRussian : ""});
  }
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return LanguagesOfAll(batch);
  };
  CHECK(run(1) == run(4));
}

}  // namespace
}  // namespace storyfold
