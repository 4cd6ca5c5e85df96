// `run` and its folder of results, on a small feed and on the sample.

#include <simdjson.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

std::set<std::string> NamesIn(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.insert(entry.path().filename().native());
  }
  return names;
}

void RunInto(const std::string& folder, const std::string& input) {
  const ProcessResult result = RunTool({"run", "--quiet", input, "-o", folder});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
}

TEST_CASE("run writes five files and nothing else", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", kFeed);
  const std::string out = folder / "new/out";
  RunInto(out, folder / "feed.jsonl");
  CHECK(NamesIn(out) == std::set<std::string>{
                            "articles.jsonl", "boilerplate.jsonl",
                            "rejected.jsonl", "stories.jsonl", "summary.json"});
  CHECK(
      ReadFile(out + "/articles.jsonl") ==
      kA +
          R"(,"storyfold":{"id":"a","cluster":"a","duplicate_of":null,"similarity":1,)"
          R"("story":"a","boilerplate_lines":[]}})"
          "\n" +
          kB +
          R"(,"storyfold":{"id":"b","cluster":"a","duplicate_of":"a","similarity":1,)"
          R"("story":"a","boilerplate_lines":[]}})"
          "\n" +
          kC +
          R"(,"storyfold":{"id":"c","cluster":"c","duplicate_of":null,"similarity":1,)"
          R"("story":"c","boilerplate_lines":[]}})"
          "\n");
  CHECK(ReadFile(out + "/rejected.jsonl") == "");
  const std::vector<std::string> stories =
      LinesOf(ReadFile(out + "/stories.jsonl"));
  REQUIRE(stories.size() == 2);
  CHECK_THAT(stories[0],
             ContainsSubstring(
                 R"({"id":"a","headline":"Ferry aground","size":2,)"
                 R"("sources":["h.example","q.example"],"languages":["en"],)"
                 R"("first":"2031-03-04T14:05:00Z",)"
                 R"("last":"2031-03-04T15:05:00Z","terms":[)"));
  CHECK_THAT(stories[0], ContainsSubstring(R"(],"articles":["a","b"],)"));
  CHECK_THAT(stories[1], ContainsSubstring(R"("first":null,"last":null,)"));
}

TEST_CASE("a story tells the language that its texts show", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl",
            R"({"id":"a","text":"Паром вышел из порта до того, как шторм )"
            R"(достиг берега."})"
            "\n");
  const std::string out = folder / "out";
  RunInto(out, folder / "feed.jsonl");
  CHECK_THAT(ReadFile(out + "/stories.jsonl"),
             ContainsSubstring(R"("languages":["ru"],)"));
}

TEST_CASE("the summary of a run counts what it did", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", kFeed + "broken\n");
  const std::string out = folder / "out";
  RunInto(out, folder / "feed.jsonl");
  simdjson::dom::parser parser;
  const simdjson::dom::element json =
      parser.load(out + "/summary.json").value();
  CHECK(std::string_view(json["version"]) == "0.1.0");
  CHECK(std::string_view(json["command"]) ==
        "storyfold run --quiet " + (folder / "feed.jsonl") + " -o " + out);
  CHECK(uint64_t(json["counts"]["records"]) == 4);
  CHECK(uint64_t(json["counts"]["distinct"]) == 2);
  CHECK(uint64_t(json["counts"]["copies"]) == 1);
  CHECK(uint64_t(json["counts"]["rejected"]) == 1);
  CHECK(uint64_t(json["counts"]["clusters_of_copies"]) == 1);
  CHECK(uint64_t(json["counts"]["stories"]) == 1);
  CHECK(uint64_t(json["counts"]["lone_articles"]) == 1);
  CHECK(uint64_t(json["counts"]["bytes"]) == kFeed.size() + 7);
  CHECK(uint64_t(json["counts"]["empty_articles"]) == 0);
  CHECK(uint64_t(json["counts"]["unread_inputs"]) == 0);
  double parts = 0;
  for (const auto& [name, seconds] : simdjson::dom::object(json["seconds"])) {
    if (name != "total") parts += double(seconds);
  }
  CHECK(parts > 0);
  CHECK(parts <= double(json["seconds"]["total"]) + 0.001);  // four decimals
  CHECK(uint64_t(json["peak_memory_bytes"]) > 1'000'000);
}

TEST_CASE("commands tell of one article and one record in the singular",
          "[cli]") {
  const TempFolder folder;
  const std::string feed = folder / "feed.jsonl";
  WriteFile(feed, R"({"id":"a","text":"The ferry left before the storm."})"
                  "\n");
  CHECK_THAT(
      RunTool({"run", feed, "-o", folder / "out"}).err,
      ContainsSubstring("1 record = 1 distinct + 0 copies + 0 rejected"));
  CHECK_THAT(RunTool({"stories", feed}).err,
             ContainsSubstring("0 stories of two or more, 1 lone article, "));
  CHECK_THAT(RunTool({"pairs", feed}).err,
             ContainsSubstring("0 pairs among 1 article, "));
  CHECK_THAT(RunTool({"fingerprint", feed}).err,
             ContainsSubstring("1 article, 0 of them without words, "));
  const ProcessResult update =
      RunTool({"update", feed, "--state", folder / "state"});
  CHECK_THAT(update.err + update.out, ContainsSubstring("1 record = 1 new"));
  CHECK_THAT(update.err + update.out, ContainsSubstring("1 article compared"));
}

TEST_CASE("run keeps every record of the sample byte for byte", "[cli]") {
  const TempFolder folder;
  RunInto(folder / "out", kSample);
  const std::vector<std::string> before = LinesOf(ReadFile(kSample));
  const std::vector<std::string> after =
      LinesOf(ReadFile(folder / "out/articles.jsonl"));
  REQUIRE(before.size() == 185);
  REQUIRE(after.size() == before.size());
  for (size_t i = 0; i < before.size(); ++i) {
    const std::string begin =
        before[i].substr(0, before[i].size() - 1) + ",\"storyfold\":{";
    CHECK(after[i].starts_with(begin));
    CHECK(after[i].ends_with("]}}"));
  }
}

TEST_CASE("a run on its own output gives the same files", "[cli]") {
  const TempFolder folder;
  WriteFile(
      folder / "feed.jsonl",
      ReadFile(kSample) + "{\"id\":\"x\",\"text\":\"caf\xe9 \\ud83d\"}\n");
  RunInto(folder / "one", folder / "feed.jsonl");
  RunInto(folder / "two", folder / "one/articles.jsonl");
  for (const std::string name :
       {"articles.jsonl", "stories.jsonl", "boilerplate.jsonl"}) {
    CAPTURE(name);
    const bool same = ReadFile(folder / ("one/" + name)) ==
                      ReadFile(folder / ("two/" + name));
    CHECK(same);
  }
  CHECK_THAT(ReadFile(folder / "two/articles.jsonl"),
             ContainsSubstring("caf\xe9 \\ud83d"));
}

}  // namespace
}  // namespace storyfold
