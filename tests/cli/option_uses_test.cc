// What commands do with options that they do not use.

#include <string>
#include <vector>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

TEST_CASE("an option that a command would ignore is a usage error", "[cli]") {
  const std::vector<std::string> arguments =
      GENERATE(values<std::vector<std::string>>({
          {"pairs", "x", "--window", "1"},
          {"pairs", "x", "--granularity=1"},
          {"pairs", "x", "--learned"},
          {"pairs", "x", "--min-similarity", "0.9"},
          {"pairs", "x", "--words", "words.tsv"},
          {"fingerprint", "x", "--max-bucket", "9"},
          {"dedup", "x", "--no-model"},
          {"dedup", "x", "--learned"},
          {"clusters", "x", "--vector-field", "v"},
          {"boilerplate", "x", "--vectors", "x.npy"},
          {"update", "x", "--state", "s", "--low-memory"},
          {"explain", "a", "b", "--from", "out", "--granularity", "1"},
          {"eval", "--gold", "g", "--pred", "p", "--text-field", "body"},
          {"report", "state", "--vectors", "none.npy"},
          {"pin", "a", "b", "--same", "--state", "s", "--strict"},
          {"state", "info", "s", "--window", "3"},
      }));
  const ProcessResult result = RunTool(arguments);
  CAPTURE(arguments, result.err);
  CHECK(result.exit_code == 2);
  CHECK(result.out == "");
  CHECK_THAT(result.err, ContainsSubstring("storyfold: " + arguments[0] +
                                           " does not use --"));
}

TEST_CASE("an ignored option is one before the command, too", "[cli]") {
  CHECK(RunTool({"--window", "3", "pairs", "x"}).err ==
        "storyfold: pairs does not use --window\n");
}

TEST_CASE("help of a command shows the options it uses", "[cli]") {
  const auto shows = [](const std::string& command, const std::string& flag) {
    return RunTool({command, "-h"}).out.find("  " + flag) != std::string::npos;
  };
  CHECK(shows("run", "--window"));
  CHECK(shows("run", "--vectors"));
  CHECK(shows("pairs", "--max-bucket"));
  CHECK_FALSE(shows("pairs", "--window"));
  CHECK(shows("eval", "--id-field"));
  CHECK_FALSE(shows("eval", "--text-field"));
  CHECK(shows("explain", "--vector-cache"));
  CHECK_FALSE(shows("explain", "--min-texts"));
  CHECK_FALSE(shows("update", "--low-memory"));
  CHECK(shows("report", "--quiet"));
  CHECK_FALSE(shows("report", "--model"));
}

TEST_CASE("a file of options may name those that a command does not use",
          "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "c.toml",
            "window=3\nlow-memory=true\ngranularity=0.5\nmin-texts=4\n");
  WriteFile(folder / "feed.jsonl", kFeed);
  const std::vector<std::string> shared = {"--quiet", "--config",
                                           folder / "c.toml"};
  for (std::vector<std::string> command :
       {std::vector<std::string>{"pairs", folder / "feed.jsonl"},
        {"fingerprint", folder / "feed.jsonl"},
        {"stories", folder / "feed.jsonl"},
        {"update", folder / "feed.jsonl", "--state", folder / "state"},
        {"report", folder / "state"}}) {
    command.insert(command.end(), shared.begin(), shared.end());
    const ProcessResult result = RunTool(command);
    CAPTURE(command);
    CHECK(result.exit_code == 0);
    CHECK(result.err == "");
  }
}

TEST_CASE(
    "vectors of a shared file of options are for the commands that use them",
    "[cli]") {
  const TempFolder folder;
  const std::string config = folder / "c.toml";
  WriteFile(config, "vectors=\"none.npy\"\nvector-field=\"\"\nlearned=true\n");
  WriteFile(folder / "v.toml", "vector-field=\"v\"\n");
  WriteFile(folder / "feed.jsonl", kFeed);
  const std::string feed = folder / "feed.jsonl";
  const std::string state = folder / "state";
  for (const std::string& file : {config, folder / "v.toml"}) {
    CHECK(RunTool({"pairs", feed, "--config", file}).exit_code == 0);
    CHECK(RunTool({"dedup", feed, "--config", file}).exit_code == 0);
    CHECK(RunTool({"update", feed, "--state", state, "--config", file})
              .exit_code == 0);
    CHECK(RunTool({"stories", feed, "--config", file}).exit_code == 1);
  }
}

TEST_CASE("a command that does not exist is named", "[cli]") {
  const ProcessResult result = RunTool({"cluster", "feed.jsonl"});
  CHECK(result.exit_code == 2);
  CHECK(result.err ==
        "storyfold: there is no command \"cluster\": storyfold -h lists "
        "them\n");
}

TEST_CASE("options are printed without what a command requires", "[cli]") {
  const ProcessResult alone = RunTool({"--print-config", "--window", "3"});
  CHECK(alone.exit_code == 0);
  CHECK_THAT(alone.out, ContainsSubstring("window=3\n"));
  for (const std::string command : {"run", "eval", "pin", "state"}) {
    CAPTURE(command);
    CHECK(RunTool({command, "--print-config"}).exit_code == 0);
  }
}

}  // namespace
}  // namespace storyfold
