#include "text/editions.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// Whether two articles of the given titles and sources are other editions.
bool AreOther(const std::string& title_a, const std::string& title_b,
              const std::string& source_a = "gazette",
              const std::string& source_b = "gazette") {
  Corpus corpus;
  corpus.Add({"", title_a, "text", source_a});
  corpus.Add({"", title_b, "text", source_b});
  Analyzer analyzer;
  return AreOtherEditions(EditionOf(corpus.articles()[0], analyzer),
                          EditionOf(corpus.articles()[1], analyzer));
}

TEST_CASE("titles that differ in their day are two editions", "[text]") {
  CHECK(AreOther("Weather in Tula 3 May", "Weather in Tula 2 May"));
  CHECK(AreOther("Your daily horoscope: May 3", "Your daily horoscope: May 2"));
  CHECK(AreOther("Погода в Туле 3 мая", "Погода в Туле 2 мая"));
  CHECK(AreOther("Lage am Morgen, 3. Mai", "Lage am Morgen, 4. Mai"));
  CHECK(AreOther("Rates of 03.05.2020", "Rates of 04.05.2020"));
  CHECK(AreOther("Rates of 2020-05-03", "Rates of 2020-05-04"));
  CHECK(AreOther("天气预报 5月3日", "天气预报 5月4日"));
  CHECK(AreOther("Morning paper, May 3rd", "Morning paper, May 4th"));
  CHECK(AreOther("Morning paper 30 April", "Morning paper 30 May"));
}

TEST_CASE("a date at the head of a title is that of the report", "[text]") {
  CHECK_FALSE(AreOther("June 18 2007 Senators call for action",
                       "June 19 2007 Senators call for action"));
  CHECK_FALSE(AreOther("Sunday, 3 May", "Saturday, 2 May"));
}

TEST_CASE("a date that a colon or a dash parts from the rest is an edition's",
          "[text]") {
  CHECK(AreOther("May 3: Your daily horoscope", "May 2: Your daily horoscope"));
  CHECK(AreOther("3 May 2020 - Rates of the day",
                 "2 May 2020 - Rates of the day"));
  CHECK(AreOther("3 мая — курс рубля", "2 мая — курс рубля"));
  CHECK_FALSE(AreOther("May 3: Rates", "May 2: Rates"));
}

TEST_CASE("what stands behind the date may differ", "[text]") {
  CHECK(AreOther("Weather in Tula 3 May: warmer, up to +22",
                 "Weather in Tula 2 May: a little rain"));
  // One word before the date is too little to know a series by.
  CHECK_FALSE(
      AreOther("Tula 3 May: warmer, up to +22", "Tula 2 May: a little rain"));
}

TEST_CASE("the name of the day and numbers do not make another series",
          "[text]") {
  CHECK(AreOther("Lotto results, Saturday 2 May, draw 1905",
                 "Lotto results, Wednesday 6 May, draw 1906"));
  CHECK_FALSE(
      AreOther("Weather in Tula, Sunday, 3 May", "Weather in Tula, 3 May"));
}

TEST_CASE("one day, one edition", "[text]") {
  CHECK_FALSE(AreOther("Weather in Tula 3 May", "Weather in Tula 3 May"));
  CHECK_FALSE(
      AreOther("Weather in Tula 3 May", "Weather in Tula 3rd May 2020"));
  CHECK_FALSE(AreOther("Weather in Tula 3 May", "Weather in Tula 03 May"));
  CHECK_FALSE(AreOther("Harbour notes, Sept. 3", "Harbour notes, 3 September"));
  CHECK_FALSE(AreOther("Rates of 3.5.2020", "Rates of 03.05.2020"));
  CHECK_FALSE(AreOther("Rates of today: 2020-05-03", "Rates of today: May 3"));
}

TEST_CASE("where a day and a month may be swapped only equals are compared",
          "[text]") {
  CHECK(AreOther("Rates of today, 03/05/2020", "Rates of today, 04/05/2020"));
  CHECK_FALSE(
      AreOther("Rates of today, 03/05/2020", "Rates of today, 5 March"));
}

TEST_CASE("the month counts where signs tell the day", "[text]") {
  CHECK(AreOther("天气预报 5月3日", "天气预报 6月3日"));
  CHECK_FALSE(AreOther("地铁1号线停运", "地铁2号线停运"));
  CHECK_FALSE(AreOther("感染者が3日連続で増加", "感染者が4日連続で増加"));
}

TEST_CASE("a number beside a word that is also a month is no date", "[text]") {
  CHECK_FALSE(AreOther("At least 12 may be dead in Genoa",
                       "At least 20 may be dead in Genoa"));
  CHECK_FALSE(AreOther("At Least 12 May Be Dead in Genoa",
                       "At Least 20 May Be Dead in Genoa"));
  CHECK_FALSE(AreOther("Thousands and 5 march for victims",
                       "Thousands and 9 march for victims"));
  CHECK_FALSE(
      AreOther("How COVID-19 may, they say", "How COVID-20 may, they say"));
}

TEST_CASE("a day of the event is none of the article", "[text]") {
  CHECK_FALSE(AreOther("Bridge closed until May 17 after collapse",
                       "Bridge closed until May 31 after collapse"));
  CHECK_FALSE(AreOther("Italy extends lockdown to May 3",
                       "Italy extends lockdown to May 4"));
  CHECK_FALSE(AreOther("Court hears the case on Sunday, May 3",
                       "Court hears the case on Monday, May 4"));
  CHECK_FALSE(AreOther("Court hears the case on May 5",
                       "Court hears the case on May 6"));
  CHECK_FALSE(
      AreOther("Карантин продлён до 11 мая", "Карантин продлён до 18 мая"));
  CHECK(AreOther("Погода в Туле на 11 мая", "Погода в Туле на 12 мая"));
}

TEST_CASE("other words are no series", "[text]") {
  CHECK_FALSE(
      AreOther("Lockdown extended to May 17", "Lockdown starts on May 4"));
  CHECK_FALSE(AreOther("Weather in Tula 3 May", "Weather in Omsk 2 May"));
}

TEST_CASE("two outlets have no series in common", "[text]") {
  CHECK_FALSE(AreOther("Weather in Tula 3 May", "Weather in Tula 2 May",
                       "gazette", "herald"));
  // Nobody knows of which outlet these are.
  CHECK_FALSE(
      AreOther("Weather in Tula 3 May", "Weather in Tula 2 May", "", ""));
}

TEST_CASE("numbers and words alone are no dates", "[text]") {
  CHECK_FALSE(AreOther("Quake kills 5 people", "Quake kills 7 people"));
  CHECK_FALSE(AreOther("Minister may resign, 3 say", "Minister may resign"));
  CHECK_FALSE(AreOther("Win in May 2020 of all months",
                       "Win in May 2019 of all months"));
  CHECK_FALSE(AreOther("United play 4-3-3 today", "United play 4-4-2 today"));
  CHECK_FALSE(AreOther("", ""));
  CHECK_FALSE(AreOther("3 May", "2 May"));
}

TEST_CASE("only pairs of other editions are taken out", "[text]") {
  Corpus corpus;
  for (const char* title : {"Weather in Tula 3 May", "Storm in Tula",
                            "Weather in Tula 2 May", "Weather in Tula 3 May"}) {
    corpus.Add({"", title, "text", "gazette"});
  }
  const Editions editions(
      EditionsOf(corpus.articles(), std::vector<ArticleId>{0, 1, 2, 3}));
  std::vector<WeightedEdge> pairs = {{0, 1, 0.9}, {0, 2, 0.8}, {0, 3, 0.7}};
  DropOtherEditions(editions, pairs);
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].b == 1);
  CHECK(pairs[1].b == 3);
}

TEST_CASE("editions are the same at 1 and 4 threads", "[text]") {
  Corpus corpus;
  std::vector<ArticleId> nodes;
  for (uint32_t i = 0; i < 3'000; ++i) {
    const std::string day = std::to_string(1 + i % 5);
    const std::string title =
        i % 3 == 0 ? "Storm in town " + day : "Weather in town " + day + " May";
    corpus.Add({"", title, "text", "outlet" + std::to_string(i % 7)});
    nodes.push_back(i);
  }
  std::vector<std::vector<WeightedEdge>> left;
  for (const size_t threads : {1, 4}) {
    const ThreadLimit limit(threads);
    std::vector<WeightedEdge> pairs;
    for (uint32_t i = 0; i + 7 < nodes.size(); ++i) {
      pairs.push_back({i, i + 7, 1});
    }
    DropOtherEditions(Editions(EditionsOf(corpus.articles(), nodes)), pairs);
    left.push_back(std::move(pairs));
  }
  CHECK(left[0].size() < nodes.size() - 7);
  CHECK(std::ranges::equal(left[0], left[1], {}, &WeightedEdge::a,
                           &WeightedEdge::a));
}

TEST_CASE("a series of one day alone is left alone", "[text]") {
  Corpus corpus;
  corpus.Add({"", "Weather in Tula 3 May", "text", "gazette"});
  corpus.Add({"", "Weather in Tula 3 May", "text", "gazette"});
  corpus.Add({"", "Weather in Tula 2 May", "text", "herald"});
  const std::vector<ArticleId> all = {0, 1, 2};
  CHECK(Editions(EditionsOf(corpus.articles(), all)).empty());
}

}  // namespace
}  // namespace storyfold
