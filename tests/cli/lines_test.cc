// `boilerplate` and its forms, on small feeds and on the sample.

#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/feed.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// Three pages of one outlet with the same first and last line.
std::string ThreePages() {
  std::string feed;
  for (const std::string& text :
       {kFerry, kBank,
        std::string(
            "A storm tore roofs from houses along the coast of Reki on Friday "
            "and cut the power of nine villages until noon.")}) {
    const std::string id(1, static_cast<char>('a' + feed.size() / 200));
    feed += "{\"id\":\"" + id + "\",\"text\":\"Home News Sport\\n" + text +
            "\\nSubscribe to our letter\",\"source\":\"h.example\"}\n";
  }
  return feed;
}

TEST_CASE("boilerplate prints the lines that recur", "[cli]") {
  const std::vector<std::string> lines =
      LinesOf(Output({"boilerplate"}, ThreePages()));
  REQUIRE(lines.size() == 6);
  CHECK(lines[0] ==
        R"({"id":"a","line":1,"class":"reused","text":"Home News Sport",)"
        R"("count":3,"examples":["b","c"]})");
  CHECK(lines[3] ==
        R"({"id":"b","line":3,"class":"reused",)"
        R"("text":"Subscribe to our letter","count":3,"examples":["a","c"]})");
}

TEST_CASE("boilerplate --clean prints the records without the lines", "[cli]") {
  const std::vector<std::string> lines =
      LinesOf(Output({"boilerplate", "--clean"}, ThreePages()));
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "{\"id\":\"a\",\"text\":\"" + kFerry +
                        "\",\"source\":\"h.example\","
                        "\"storyfold\":{\"removed_lines\":[1,3]}}");
}

TEST_CASE("boilerplate --explain says why a line goes or stays", "[cli]") {
  const std::string goes =
      Output({"boilerplate", "--explain", "b:3"}, ThreePages());
  CHECK(goes ==
        "b, line 3: Subscribe to our letter\n"
        "  BOILERPLATE: its source prints it under 3 texts or more.\n"
        "  Its key: subscribe to our letter  (numbers are #, months and days "
        "@)\n"
        "  Printed by h.example under 3 distinct texts; by all under 3 texts "
        "in 1 source.\n"
        "  Also in: a, c\n");
  CHECK(Output({"boilerplate", "--explain", "subscribe TO our letter!"},
               ThreePages()) ==
        Output({"boilerplate", "--explain", "a:3"}, ThreePages()));
  const std::string stays =
      Output({"boilerplate", "--explain", "a:2"}, ThreePages());
  CHECK(stays.find("NO BOILERPLATE, it stays: its source prints it under no "
                   "other text.") != std::string::npos);
}

TEST_CASE("boilerplate --explain names a line that is not there", "[cli]") {
  for (const std::string line : {"d:1", "a:4", "a:0", "a:", "no such line"}) {
    const ProcessResult result =
        RunTool({"boilerplate", "-", "--explain", line}, ThreePages());
    CHECK(result.exit_code == 1);
    CHECK(result.err.find("\"" + line + "\"") != std::string::npos);
  }
}

TEST_CASE("boilerplate --source-report prints what each source prints",
          "[cli]") {
  const std::vector<std::string> lines =
      LinesOf(Output({"boilerplate", "--source-report"}, ThreePages()));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] ==
        R"({"source":"h.example","first_article":"a","articles":3,"lines":[)"
        R"({"text":"Home News Sport","class":"reused","articles":3,"texts":3,)"
        R"("first":null,"last":null,"example":"a"},)"
        R"({"text":"Subscribe to our letter","class":"reused","articles":3,)"
        R"("texts":3,"first":null,"last":null,"example":"a"}]})");
}

TEST_CASE("boilerplate --learned finds lines that nothing repeats", "[cli]") {
  const std::string feed = "{\"id\":\"a\",\"text\":\"" + kFerry + "\\n" +
                           kBank + "\\nPhoto: Ann Arden\"}\n";
  CHECK(Output({"boilerplate"}, feed).empty());
  CHECK_THAT(Output({"boilerplate", "--learned"}, feed),
             ContainsSubstring(
                 R"("line":3,"class":"learned","text":"Photo: Ann Arden")"));
}

TEST_CASE("boilerplate tells what one story repeats, unless it finds none",
          "[cli]") {
  const std::string background =
      "The treasurer, 41, was arrested in March after two million crowns had "
      "vanished from the accounts of the harbour fund.";
  Random random(11);
  std::vector<NightRecord> records;
  for (size_t i = 0; i < 10; ++i) {
    const bool is_of_trial = i < 3;
    auto lines = LinesOfStory(random, is_of_trial ? 0 : i);
    if (is_of_trial) lines[1] += "\n" + background;
    records.push_back({.id = "r" + std::to_string(i)});
    for (const std::string& line : lines) records[i].text += line + "\n";
  }
  const std::string feed = AsJsonLines(records);
  CHECK_THAT(Output({"boilerplate"}, feed),
             ContainsSubstring(R"("class":"story")") &&
                 !ContainsSubstring(R"("class":"reused")"));
  CHECK_THAT(Output({"boilerplate", "--no-stories"}, feed),
             ContainsSubstring(R"("class":"reused")") &&
                 !ContainsSubstring(R"("class":"story")"));
  CHECK_THAT(Output({"boilerplate", "--clean"}, feed),
             ContainsSubstring("harbour fund"));
  CHECK_THAT(Output({"boilerplate", "--explain", background}, feed),
             ContainsSubstring("NO BOILERPLATE, it stays: all texts of its "
                               "source that print it tell one story."));
}

}  // namespace
}  // namespace storyfold
