// `eval`, and what it says of the sample.

#include <simdjson.h>

#include <string>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

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
  CHECK(LinesOf(result.out).size() == 1);
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
  REQUIRE(
      RunTool({"run", "--quiet", kSample, "-o", folder / "out"}).exit_code ==
      0);
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

// A bug: all articles were lone ones then, which no precision blames.
TEST_CASE("eval of labels of other articles is an error", "[cli]") {
  const EvalFiles files;
  const std::string gold = files.folder / "gold";
  const std::string other = files.folder / "other";
  WriteFile(other, R"({"id":"z","storyfold":{"story":"1"}})");
  const ProcessResult result =
      RunTool({"eval", "--gold", gold, "--pred", other});
  CHECK(result.exit_code == 1);
  CHECK(result.out == "");
  CHECK(result.err == "storyfold: " + other + ": has no id of those in " +
                          gold + "; --id-field names where they stand\n");
}

}  // namespace
}  // namespace storyfold
