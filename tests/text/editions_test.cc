#include "text/editions.h"

#include <numeric>
#include <string>
#include <vector>

#include "catch.h"
#include "stories/cluster.h"
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
  CHECK(AreOther("Rates on 03.05.2020", "Rates on 04.05.2020"));
  CHECK(AreOther("Rates on 2020-05-03", "Rates on 2020-05-04"));
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
      AreOther("Weather in Tula on Sunday, 3 May", "Weather in Tula on 3 May"));
}

TEST_CASE("one day, one edition", "[text]") {
  CHECK_FALSE(AreOther("Weather in Tula 3 May", "Weather in Tula 3 May"));
  CHECK_FALSE(
      AreOther("Weather in Tula 3 May", "Weather in Tula 3rd May 2020"));
  CHECK_FALSE(AreOther("Weather in Tula 3 May", "Weather in Tula 03 May"));
}

TEST_CASE("other words are no series", "[text]") {
  CHECK_FALSE(
      AreOther("Lockdown extended to May 17", "Lockdown starts on May 4"));
  CHECK_FALSE(AreOther("Weather in Tula 3 May", "Weather in Omsk 2 May"));
}

TEST_CASE("two outlets have no series in common", "[text]") {
  CHECK_FALSE(AreOther("Weather in Tula 3 May", "Weather in Tula 2 May",
                       "gazette", "herald"));
  CHECK(AreOther("Weather in Tula 3 May", "Weather in Tula 2 May", "", ""));
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
  const std::vector<ArticleId> nodes = {0, 1, 2, 3};
  const Editions editions(corpus.articles(), nodes);
  NeighbourGraph graph = ToCsr<Neighbour>({{{1, 0.5f}, {2, 0.6f}, {3, 0.7f}},
                                           {{0, 0.5f}, {2, 0.4f}},
                                           {{0, 0.6f}, {1, 0.4f}, {3, 0.3f}},
                                           {{0, 0.7f}, {2, 0.3f}}});
  std::vector<WeightedEdge> pairs = {{0, 1, 0.9}, {0, 2, 0.8}, {0, 3, 0.7}};

  DropOtherEditions(editions, graph);
  DropOtherEditions(editions, pairs);

  CHECK(graph.offsets == std::vector<size_t>{0, 2, 4, 5, 6});
  std::vector<uint32_t> left;
  for (const Neighbour& n : graph.values) left.push_back(n.node);
  CHECK(left == std::vector<uint32_t>{1, 3, 0, 2, 1, 0});
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].b == 1);
  CHECK(pairs[1].b == 3);
}

TEST_CASE("a series of one day alone is left alone", "[text]") {
  Corpus corpus;
  corpus.Add({"", "Weather in Tula 3 May", "text", "gazette"});
  corpus.Add({"", "Weather in Tula 3 May", "text", "gazette"});
  corpus.Add({"", "Weather in Tula 2 May", "text", "herald"});
  CHECK(Editions(corpus.articles(), std::vector<ArticleId>{0, 1, 2}).empty());
}

TEST_CASE("the daily column of two days is two stories", "[text]") {
  Random random(7);
  const std::string column = RandomText(random, 300, 200);
  for (const bool same_day : {true, false}) {
    Corpus corpus;
    corpus.Add({"", "Your daily horoscope: May 2", column, "gazette"});
    corpus.Add({"",
                same_day ? "Your daily horoscope: May 2"
                         : "Your daily horoscope: May 3",
                column, "gazette"});
    std::vector<ArticleId> nobody_copies(corpus.articles().size());
    std::iota(nobody_copies.begin(), nobody_copies.end(), 0);
    const StoryModel model =
        ClusterStories(corpus.articles(), {}, nobody_copies, {});
    CHECK((model.label[0] == model.label[1]) == same_day);
  }
}

}  // namespace
}  // namespace storyfold
