// The commands fingerprint and pairs --simhash.

#include <simdjson.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

simdjson::dom::element Parse(simdjson::dom::parser& parser,
                             const std::string& line) {
  return parser.parse(line).value();
}

TEST_CASE("fingerprint prints one line an article", "[cli][fingerprint]") {
  const std::string out = Output(
      {"fingerprint"}, "{\"id\":\"a\",\"text\":\"the ferry ran aground\"}\n");
  simdjson::dom::parser parser;
  const simdjson::dom::element line = Parse(parser, out);
  CHECK(std::string_view(line["id"]) == "a");
  CHECK(uint64_t(line["words"]) == 4);
  const std::string_view simhash = line["simhash"];
  CHECK(simhash.size() == 16);
  CHECK(simhash.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(simdjson::dom::array(line["signature"]).size() == 128);
  for (const simdjson::dom::element value :
       simdjson::dom::array(line["signature"])) {
    CHECK(uint64_t(value) < uint64_t{1} << 32);
  }
  CHECK(simdjson::dom::array(line["bands"]).size() == 48);
  for (const simdjson::dom::element key : simdjson::dom::array(line["bands"])) {
    CHECK(key.is_int64());
  }
  CHECK(out.find('\n') == out.size() - 1);
}

// Computed by another program. Fingerprints stand in other people's tables: a
// change would part old from new.
TEST_CASE("fingerprints stay what they were", "[cli][fingerprint]") {
  const std::string out = Output(
      {"fingerprint", "--fields", "simhash,words"},
      "{\"id\":\"a\",\"text\":\"The night ferry to Ansel ran aground off "
      "the breakwater on Monday evening.\"}\n");
  CHECK(out ==
        "{\"id\":\"a\",\"words\":13,\"simhash\":\"8bc2c77da41875af\"}\n");
}

TEST_CASE("fingerprint prints null for an article without words",
          "[cli][fingerprint]") {
  CHECK(Output({"fingerprint"}, "{\"id\":\"a\\tb\\n\",\"text\":\" ...\"}\n") ==
        R"({"id":"a\tb\n","words":0,"simhash":null,"signature":null,)"
        R"("bands":null})"
        "\n");
}

TEST_CASE("fingerprint of no articles prints nothing", "[cli][fingerprint]") {
  CHECK(Output({"fingerprint"}, "") == "");
  CHECK(Output({"pairs", "--simhash", "7"}, "") == "");
}

TEST_CASE("the flag --fields chooses what fingerprint prints",
          "[cli][fingerprint]") {
  const std::string feed = "{\"id\":\"a\",\"title\":\".\",\"text\":\"\"}\n";
  CHECK(Output({"fingerprint", "--fields", "bands"}, feed) ==
        "{\"id\":\"a\",\"bands\":null}\n");
  CHECK(Output({"fingerprint", "--fields", "bands,words,bands"}, feed) ==
        "{\"id\":\"a\",\"words\":0,\"bands\":null}\n");
  // The list is one argument: what follows is an input.
  const ProcessResult missing =
      RunTool({"fingerprint", "--fields", "simhash", "none.jsonl"});
  CHECK(missing.exit_code == 1);
  CHECK_THAT(missing.err, ContainsSubstring("none.jsonl"));
}

TEST_CASE("a join on the keys fingerprint prints finds the pairs of the sample",
          "[cli][fingerprint]") {
  const std::string feed = ReadFile(kSample);
  simdjson::dom::parser parser;
  std::map<std::pair<size_t, int64_t>, std::vector<std::string>> rows;
  const simdjson::padded_string lines(
      Output({"fingerprint", "--fields", "bands"}, feed));
  for (const simdjson::dom::element line : parser.parse_many(lines)) {
    size_t band = 0;
    for (const int64_t key : simdjson::dom::array(line["bands"])) {
      rows[{band++, key}].emplace_back(std::string_view(line["id"]));
    }
  }
  std::set<std::string> joined;
  for (const auto& [key, ids] : rows) {
    for (size_t i = 0; i < ids.size(); ++i) {
      for (size_t j = i + 1; j < ids.size(); ++j) {
        joined.insert(ids[i] + "\t" + ids[j]);
      }
    }
  }
  const std::string pairs = Output({"pairs", "--min-jaccard", "0.3"}, feed);
  size_t num_pairs = 0;
  for (size_t begin = 0; begin < pairs.size(); ++num_pairs) {
    const size_t second = pairs.find('\t', begin) + 1;
    const size_t end = pairs.find('\t', second);
    CHECK(joined.count(pairs.substr(begin, end - begin)) == 1);
    begin = pairs.find('\n', begin) + 1;
  }
  CHECK(num_pairs > 30);
}

const std::string kFerry =
    "The night ferry to Ansel ran aground off the breakwater on Monday evening "
    "with forty people on board and nobody was hurt.";

TEST_CASE("pairs --simhash prints the distance behind the usual columns",
          "[cli][fingerprint]") {
  const std::string feed = Record("a\\tb", kFerry) +
                           Record("c", "Other words") + Record("d", kFerry) +
                           Record("e", "");
  CHECK(Output({"pairs", "--simhash", "3"}, feed) ==
        "a\\tb\td\t1.0000\t1.0000\t0\n");
  CHECK(Output({"pairs", "--simhash", "0"}, feed) ==
        "a\\tb\td\t1.0000\t1.0000\t0\n");
}

TEST_CASE("pairs --simhash filters by similarity only when told to",
          "[cli][fingerprint]") {
  const std::string feed = ReadFile(kSample);
  const auto count = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"pairs", "--simhash", "7"});
    const std::string out = Output(arguments, feed);
    return std::count(out.begin(), out.end(), '\n');
  };
  const auto all = count({});
  CHECK(all > 0);
  CHECK(count({"--min-jaccard", "0"}) == all);
  CHECK(count({"--min-jaccard", "1"}) < all);
}

TEST_CASE("fingerprints and their pairs are the same bytes at any threads",
          "[cli][fingerprint][deterministic]") {
  const auto run = [&](const std::vector<std::string>& command,
                       const std::string& threads, const std::string& simd) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(),
                     {"--quiet", "--threads", threads, kSample});
    return RunTool(arguments, "", {{"STORYFOLD_SIMD", simd}}).out;
  };
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"fingerprint"},
        std::vector<std::string>{"pairs", "--simhash", "7"}}) {
    const std::string expected = run(command, "1", "scalar");
    CHECK(!expected.empty());
    const bool equal = run(command, "3", "scalar") == expected &&
                       run(command, "1", "avx2") == expected;
    CHECK(equal);
  }
}

TEST_CASE("pairs --simhash keeps its options in a file", "[cli][fingerprint]") {
  const TempFolder folder;
  const ProcessResult printed = RunTool(
      {"pairs", "feed", "--simhash", "5", "--threads", "2", "--print-config"});
  REQUIRE(printed.exit_code == 0);
  CHECK_THAT(printed.out, ContainsSubstring("pairs.simhash=5\n"));
  WriteFile(folder / "config.toml", printed.out);
  const std::string feed = ReadFile(kSample);
  CHECK(Output({"pairs", "--config", folder / "config.toml"}, feed) ==
        Output({"pairs", "--simhash", "5"}, feed));
}

}  // namespace
}  // namespace storyfold
