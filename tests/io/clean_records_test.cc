#include "io/clean_records.h"

#include <string>
#include <vector>

#include "catch.h"
#include "support/process.h"

namespace storyfold {
namespace {

std::string TextValue(const std::string& record, const FieldNames& names = {}) {
  return std::string(FindTextValue(record, FieldTable(names)));
}

FlaggedLine Flagged(ArticleId article, uint32_t line,
                    LineClass line_class = LineClass::kReused) {
  return {article, line, line_class, 3, {}};
}

// Returns the records of `feed` as WriteCleanRecords writes them.
std::string Clean(const std::string& feed,
                  const std::vector<FlaggedLine>& lines) {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", feed);
  const std::vector<std::string> inputs = {folder / "feed.jsonl"};
  const auto crawl = ReadCrawl(inputs, {});
  REQUIRE(crawl.ok());
  OutputFile out(folder / "out");
  WriteCleanRecords(*crawl, lines, FieldTable({}), out);
  REQUIRE(out.Close().ok());
  REQUIRE(out.Commit().ok());
  return ReadFile(folder / "out");
}

TEST_CASE("the value of the text field is found with its quotation marks",
          "[io]") {
  CHECK(TextValue(R"({"id":"a","text":"t","x":1})") == R"("t")");
  CHECK(TextValue(R"({ "text" : "two words" , "id":"a"})") == R"("two words")");
  CHECK(TextValue(R"({"text":"say \"no\" \\"})") == R"("say \"no\" \\")");
}

TEST_CASE("the best name with a text wins in any order of the keys", "[io]") {
  CHECK(TextValue(R"({"body":"b","text":"t"})") == R"("t")");
  CHECK(TextValue(R"({"text":"t","body":"b"})") == R"("t")");
  CHECK(TextValue(R"({"text":"","body":"b"})") == R"("b")");
  CHECK(TextValue(R"({"text":null,"body":"b"})") == R"("b")");
  FieldNames names;
  names.text = "own";
  CHECK(TextValue(R"({"text":"usual","own":"o"})", names) == R"("o")");
}

TEST_CASE("a text inside of another field is not taken for the text", "[io]") {
  CHECK(TextValue(R"({"x":{"text":"inner"},"text":"outer"})") == R"("outer")");
  CHECK(TextValue(R"({"x":[{"text":"inner"}],"body":"outer"})") ==
        R"("outer")");
  CHECK(TextValue(R"({"x":{"text":"inner"}})").empty());
  CHECK(TextValue(R"({"x":"\"text\":\"inner\"","y":"text"})").empty());
  CHECK(TextValue(R"({"x":"{","text":"outer"})") == R"("outer")");
}

TEST_CASE("a key that is written with escapes is found", "[io]") {
  CHECK(TextValue(R"({"te\u0078t":"t"})") == R"("t")");
}

TEST_CASE("boilerplate leaves the text and all else stays as it was", "[io]") {
  CHECK(Clean("{\"x\": 1,\"text\" :\"Menu\\nFerry\\nShare\", \"y\":[ ] }\n",
              {Flagged(0, 1), Flagged(0, 3)}) ==
        "{\"x\": 1,\"text\" :\"Ferry\", \"y\":[ ] ,"
        "\"storyfold\":{\"removed_lines\":[1,3]}}\n");
}

TEST_CASE("lines of other classes stay in the text", "[io]") {
  CHECK(Clean(R"({"id":"a","text":"one\ntwo\nthree"})",
              {Flagged(0, 1, LineClass::kSyndicated),
               Flagged(0, 2, LineClass::kTeaser),
               Flagged(0, 3, LineClass::kQuote)}) ==
        "{\"id\":\"a\",\"text\":\"one\\nthree\","
        "\"storyfold\":{\"removed_lines\":[2]}}\n");
}

TEST_CASE("a record without boilerplate keeps its bytes", "[io]") {
  CHECK(Clean(R"({"id":"a","text":"caf\u00e9\/\nx"})", {}) ==
        "{\"id\":\"a\",\"text\":\"caf\\u00e9\\/\\nx\","
        "\"storyfold\":{\"removed_lines\":[]}}\n");
}

TEST_CASE("every article loses its own lines", "[io]") {
  CHECK(Clean("{\"id\":\"a\",\"text\":\"x\\ny\"}\n"
              "{\"id\":\"b\",\"text\":\"x\\ny\"}\n"
              "{\"id\":\"c\",\"text\":\"x\\ny\"}\n",
              {Flagged(0, 1), Flagged(2, 2)}) ==
        "{\"id\":\"a\",\"text\":\"y\","
        "\"storyfold\":{\"removed_lines\":[1]}}\n"
        "{\"id\":\"b\",\"text\":\"x\\ny\","
        "\"storyfold\":{\"removed_lines\":[]}}\n"
        "{\"id\":\"c\",\"text\":\"x\","
        "\"storyfold\":{\"removed_lines\":[2]}}\n");
}

TEST_CASE("a text may lose all of its lines", "[io]") {
  CHECK(Clean(R"({"id":"a","text":"x\ny"})", {Flagged(0, 1), Flagged(0, 2)}) ==
        "{\"id\":\"a\",\"text\":\"\","
        "\"storyfold\":{\"removed_lines\":[1,2]}}\n");
}

TEST_CASE("line ends at the end of a text stay", "[io]") {
  CHECK(Clean(R"({"id":"a","text":"x\ny\n\n"})", {Flagged(0, 1)}) ==
        "{\"id\":\"a\",\"text\":\"y\\n\\n\","
        "\"storyfold\":{\"removed_lines\":[1]}}\n");
}

TEST_CASE("what an earlier run added is replaced", "[io]") {
  CHECK(Clean(R"({"id":"a","text":"x\ny","storyfold":{"removed_lines":[7]}})",
              {Flagged(0, 2)}) ==
        "{\"id\":\"a\",\"text\":\"x\","
        "\"storyfold\":{\"removed_lines\":[2]}}\n");
}

TEST_CASE("texts with escapes are cut at the lines of the text", "[io]") {
  CHECK(Clean(R"({"text":"\u004denu\u000aF\u00e4hre \"Ansel\""})",
              {Flagged(0, 1)}) ==
        "{\"text\":\"F\u00e4hre \\\"Ansel\\\"\","
        "\"storyfold\":{\"removed_lines\":[1]}}\n");
}

}  // namespace
}  // namespace storyfold
