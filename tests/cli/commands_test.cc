// Every command on a small feed, its whole output literal, and on the sample.

#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

const std::string kSample = STORYFOLD_SAMPLE "/articles.jsonl";

const std::string kFerry =
    "The night ferry to Ansel ran aground off the breakwater on Monday evening "
    "with forty people on board and nobody was hurt.";
const std::string kBank =
    "The central bank of Corvane left its interest rate at four percent on "
    "Tuesday, saying that prices rise more slowly than in winter.";

// A report, a copy of it elsewhere, and a report of something else; the
// spacing differs, to be kept.
const std::string kA =
    R"({"id":"a","title":"Ferry aground","text":"Menu\n)" + kFerry +
    R"(","source":"h.example","published":"2031-03-04T14:05:00Z","lang":"en")";
const std::string kB = R"({ "id" : "b", "title":"Ferry stuck", "text": ")" +
                       kFerry +
                       R"(", "source":"q.example","published":1930403100 )";
const std::string kC = R"({"id":"c","title":"Bank keeps rate","text":")" +
                       kBank +
                       R"(","extra":[1,2.50,{"x":null}],"source":"h.example")";
const std::string kFeed = kA + "}\n" + kB + "}\n" + kC + "}\n";

// Runs a command with --quiet on a feed; it must succeed in silence.
std::string Output(std::vector<std::string> arguments,
                   const std::string& feed = kFeed) {
  arguments.insert(arguments.end(), {"--quiet", "-"});
  const ProcessResult result = RunTool(arguments, feed);
  CHECK(result.exit_code == 0);
  CHECK(result.err == "");
  return result.out;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin);
    REQUIRE(end != std::string::npos);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

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

TEST_CASE("background prints how common words are, and run reads it", "[cli]") {
  const std::string feed = R"({"id":"a","text":"Ferry talks in Ansel"})"
                           "\n"
                           R"({"id":"b","text":"Talks about bank rates"})"
                           "\n"
                           R"({"id":"c","text":"Bank talks fail"})"
                           "\n";
  const std::string words = Output({"background"}, feed);
  CHECK(words ==
        "# word, and articles in 100,000 that use it\n"
        "talk\t100000\n"
        "bank\t66667\n");
  CHECK(Output({"background", "--num-words", "1"}, feed) ==
        "# word, and articles in 100,000 that use it\n"
        "talk\t100000\n");

  const TempFolder folder;
  WriteFile(folder / "words.tsv", words);
  // Two headlines with "talks": a telling word unless all news is full of it.
  const std::string headlines = R"({"id":"a","title":"Talks fail"})"
                                "\n"
                                R"({"id":"b","title":"Talks open"})"
                                "\n"
                                R"({"id":"c","title":"Ferry sinks"})"
                                "\n"
                                R"({"id":"d","title":"Budget passes"})"
                                "\n";
  WriteFile(folder / "none.tsv", "");
  CHECK(Lines(Output({"stories", "--words", folder / "none.tsv"}, headlines))
            .size() == 3);
  CHECK(Lines(Output({"stories", "--words", folder / "words.tsv"}, headlines))
            .size() == 4);
}

TEST_CASE("a word table that cannot be read is an error", "[cli]") {
  const TempFolder folder;
  const std::string path = folder / "words.tsv";
  const auto error = [&] {
    const ProcessResult result =
        RunTool({"stories", "--words", path, "-"}, kFeed);
    CHECK(result.exit_code == 1);
    CHECK(result.out == "");
    return result.err;
  };
  CHECK_THAT(error(), ContainsSubstring("words.tsv: No such file"));
  WriteFile(path, "talk\t5\nferry\n");
  CHECK_THAT(error(), ContainsSubstring("words.tsv:2: not a word, a tab"));
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
      Lines(ReadFile(out + "/stories.jsonl"));
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
  CHECK(double(json["seconds"]["total"]) >= 0);
  CHECK(uint64_t(json["peak_memory_bytes"]) > 1'000'000);
}

TEST_CASE("run keeps every record of the sample byte for byte", "[cli]") {
  const TempFolder folder;
  RunInto(folder / "out", kSample);
  const std::vector<std::string> before = Lines(ReadFile(kSample));
  const std::vector<std::string> after =
      Lines(ReadFile(folder / "out/articles.jsonl"));
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
  RunInto(folder / "one", folder / "one/articles.jsonl");
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

TEST_CASE("dedup prints the records without their copies", "[cli]") {
  CHECK(Output({"dedup"}) == kA + "}\n" + kC + "}\n");
}

TEST_CASE("dedup --mark keeps the copies and marks them", "[cli]") {
  CHECK(Output({"dedup", "--mark"}) ==
        kA +
            R"(,"storyfold":{"cluster":"a","duplicate_of":null,)"
            R"("similarity":1}})"
            "\n" +
            kB +
            R"(,"storyfold":{"cluster":"a","duplicate_of":"a",)"
            R"("similarity":1}})"
            "\n" +
            kC +
            R"(,"storyfold":{"cluster":"c","duplicate_of":null,)"
            R"("similarity":1}})"
            "\n");
}

TEST_CASE("dedup --keep chooses which copy is kept", "[cli]") {
  const std::string kept_a = kA + "}\n" + kC + "}\n";
  const std::string kept_b = kB + "}\n" + kC + "}\n";
  CHECK(Output({"dedup", "--keep", "central"}) == kept_a);
  CHECK(Output({"dedup", "--keep", "longest"}) == kept_a);
  CHECK(Output({"dedup", "--keep", "first"}) == kept_a);
  // 14:05 against 15:05, whatever stands first.
  CHECK(Output({"dedup", "--keep", "earliest"}) == kept_a);
  CHECK(Output({"dedup", "--keep", "earliest"}, kB + "}\n" + kA + "}\n") ==
        kA + "}\n");
  CHECK(Output({"dedup", "--keep", "first"}, kB + "}\n" + kA + "}\n") ==
        kB + "}\n");
  CHECK(Output({"dedup", "--keep", "source-order:q.example"}) == kept_b);
  CHECK(Output({"dedup", "--keep", "source-order:x,h.example,q.example"}) ==
        kept_a);
  CHECK(Output({"dedup", "--keep", "first"}, "") == "");
}

TEST_CASE("dedup --keep --mark names the record that is kept", "[cli]") {
  CHECK(Output({"dedup", "--mark", "--keep", "source-order:q.example"},
               kA + "}\n" + kB + "}\n") ==
        kA +
            R"(,"storyfold":{"cluster":"b","duplicate_of":"b",)"
            R"("similarity":1}})"
            "\n" +
            kB +
            R"(,"storyfold":{"cluster":"b","duplicate_of":null,)"
            R"("similarity":1}})"
            "\n");
}

TEST_CASE("dedup --keep stands in the file of options", "[cli]") {
  const TempFolder folder;
  const ProcessResult printed =
      RunTool({"dedup", "feed", "--keep", "source-order:q.example,h.example",
               "--print-config"});
  REQUIRE(printed.exit_code == 0);
  WriteFile(folder / "config.toml", printed.out);
  CHECK(Output({"dedup", "--config", folder / "config.toml"}) ==
        kB + "}\n" + kC + "}\n");
}

TEST_CASE("dedup of the sample keeps one record of each cluster", "[cli]") {
  const std::vector<std::string> kept =
      Lines(Output({"dedup"}, ReadFile(kSample)));
  const std::vector<std::string> clusters =
      Lines(Output({"clusters"}, ReadFile(kSample)));
  CHECK(clusters.size() == 185);
  std::set<std::string> representatives;
  for (const std::string& line : clusters) {
    const size_t tab = line.find('\t');
    representatives.insert(
        line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1));
  }
  CHECK(kept.size() == representatives.size());
  // 62 to 144 by the labels; a few of them are hard.
  CHECK(kept.size() > 130);
  CHECK(kept.size() < 160);
}

TEST_CASE("pairs prints the ids, the Jaccard similarity and containment",
          "[cli]") {
  // 22 words against 23: 18 of 19 5-grams are shared.
  CHECK(Output({"pairs"}) == "a\tb\t0.9474\t1.0000\n");
  CHECK(Output({"pairs", "--min-jaccard", "0.95"}) == "");
}

TEST_CASE("a tab in an id does not break a table", "[cli]") {
  CHECK(Output({"clusters"}, "{\"id\":\"a\\tb\\n\",\"text\":\"x\"}\n") ==
        "a b \ta b \t1.0000\n");
}

TEST_CASE("clusters prints the representative of every article", "[cli]") {
  CHECK(Output({"clusters"}) == "a\ta\t1.0000\nb\ta\t1.0000\nc\tc\t1.0000\n");
}

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
      Lines(Output({"boilerplate"}, ThreePages()));
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
      Lines(Output({"boilerplate", "--clean"}, ThreePages()));
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
      Lines(Output({"boilerplate", "--source-report"}, ThreePages()));
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

TEST_CASE("stories prints the stories of the sample, largest first", "[cli]") {
  const std::vector<std::string> lines =
      Lines(Output({"stories"}, ReadFile(kSample)));
  simdjson::dom::parser parser;
  uint64_t last = 1'000;
  std::set<std::string> articles;
  for (const std::string& line : lines) {
    const simdjson::dom::element story = parser.parse(line).value();
    const uint64_t size = story["size"];
    CHECK(size <= last);
    last = size;
    CHECK(simdjson::dom::array(story["articles"]).size() == size);
    CHECK_FALSE(std::string_view(story["headline"]).empty());
    for (const std::string_view id : simdjson::dom::array(story["articles"])) {
      articles.insert(std::string(id));
    }
  }
  CHECK(articles.size() == 185);
}

TEST_CASE("stories of standard input are those of the file", "[cli]") {
  CHECK(RunTool({"stories", "--quiet", kSample}).out ==
        Output({"stories"}, ReadFile(kSample)));
}

// Gold a b | c d, predicted a b c | d is missing.
struct EvalFiles {
  EvalFiles() {
    WriteFile(folder / "gold",
              "{\"id\":\"a\",\"story\":\"x\"}\n{\"id\":\"b\",\"story\":\"x\"}\n"
              "{\"id\":\"c\",\"story\":\"y\"}\n{\"id\":\"d\",\"story\":\"y\"}"
              "\n");
    WriteFile(folder / "pred",
              "{\"id\":\"a\",\"storyfold\":{\"story\":\"1\"}}\n"
              "{\"id\":\"b\",\"storyfold\":{\"story\":\"1\"}}\n"
              "{\"id\":\"c\",\"storyfold\":{\"story\":\"1\"}}\n");
  }
  TempFolder folder;
};

TEST_CASE("eval prints scores and the share of labels that were clustered",
          "[cli]") {
  const EvalFiles files;
  const ProcessResult result = RunTool({"eval", "--gold", files.folder / "gold",
                                        "--pred", files.folder / "pred"});
  CHECK(result.exit_code == 0);
  CHECK(result.err == "");
  // BCubed precision (2/3 + 2/3 + 1/3 + 1) / 4, recall (1 + 1 + 1/2 + 1/2) / 4;
  // 1 of 3 predicted pairs is right, 1 of 2 true pairs is found. The interval
  // reaches from the worse story drawn twice to the better one drawn twice.
  CHECK_THAT(
      result.out,
      ContainsSubstring("items                  4\n"
                        "clusters, gold         2\n"
                        "clusters, predicted    2\n"
                        "coverage               0.7500\n"
                        "                       precision  recall  F1\n"
                        "BCubed                 0.6667     0.7500  0.7059\n"
                        "  95 % interval, from  0.6667     0.5000  0.5714\n"
                        "                    to 0.6667     1.0000  0.8000\n"
                        "pairwise               0.3333     0.5000  0.4000\n"
                        "adjusted Rand index    0.0000\n"
                        "adjusted mutual info   "));
}

TEST_CASE("eval --json prints one object", "[cli]") {
  const EvalFiles files;
  const ProcessResult result =
      RunTool({"eval", "--json", "--gold", files.folder / "gold", "--pred",
               files.folder / "pred"});
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.out,
             ContainsSubstring(
                 R"({"items":4,"gold_clusters":2,"predicted_clusters":2,)"
                 R"("coverage":0.75,)"
                 R"("bcubed":{"precision":0.6667,"recall":0.75,"f1":0.7059},)"
                 R"("bcubed_95":{"precision":[0.6667,0.6667],)"
                 R"("recall":[0.5,1],"f1":[0.5714,0.8]},)"
                 R"("pairwise":{"precision":0.3333,"recall":0.5,"f1":0.4},)"
                 R"("ari":0,"ami":)"));
  CHECK(Lines(result.out).size() == 1);
}

TEST_CASE("eval of labels with themselves is perfect", "[cli]") {
  const std::string gold = STORYFOLD_SAMPLE "/gold.jsonl";
  const ProcessResult result =
      RunTool({"eval", "--json", "--gold", gold, "--pred", gold, "--pred-field",
               "story"});
  CHECK(result.out ==
        R"({"items":185,"gold_clusters":62,"predicted_clusters":62,)"
        R"("coverage":1,"bcubed":{"precision":1,"recall":1,"f1":1},)"
        R"("bcubed_95":{"precision":[1,1],"recall":[1,1],"f1":[1,1]},)"
        R"("pairwise":{"precision":1,"recall":1,"f1":1},"ari":1,"ami":1})"
        "\n");
}

TEST_CASE("the copies and stories of the sample are mostly right", "[cli]") {
  const TempFolder folder;
  RunInto(folder / "out", kSample);
  const auto f1 = [&](const std::string& gold, const std::string& predicted) {
    const ProcessResult result =
        RunTool({"eval", "--json", "--gold", STORYFOLD_SAMPLE "/gold.jsonl",
                 "--pred", folder / "out/articles.jsonl", "--gold-field", gold,
                 "--pred-field", predicted});
    REQUIRE(result.exit_code == 0);
    simdjson::dom::parser parser;
    return double(parser.parse(result.out)["bcubed"]["f1"]);
  };
  CHECK(f1("cluster", "storyfold.cluster") > 0.95);
  CHECK(f1("story", "storyfold.story") > 0.75);
}

TEST_CASE("eval without a file or label is an error", "[cli]") {
  const EvalFiles files;
  const std::string gold = files.folder / "gold";
  const ProcessResult missing =
      RunTool({"eval", "--gold", gold, "--pred", files.folder / "none"});
  CHECK(missing.exit_code == 1);
  CHECK(missing.err == "storyfold: " + (files.folder / "none") +
                           ": No such file or directory\n");
  const ProcessResult unlabelled =
      RunTool({"eval", "--gold", gold, "--pred", gold});
  CHECK(unlabelled.exit_code == 1);
  CHECK(unlabelled.err == "storyfold: " + gold +
                              ": no record has \"id\" and \"storyfold.story\""
                              "\n");
}

}  // namespace
}  // namespace storyfold
