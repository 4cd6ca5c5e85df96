// The real binary on inputs of which a part is missing: files, fields, texts;
// and on folders that hold more than the crawl.

#include <string>
#include <vector>

#include "catch.h"
#include "support/crawls.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

TEST_CASE("a file that is not read to the end is an error of every command",
          "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "a.jsonl", Record("a"));
  const std::string none = folder / "none.jsonl";
  const std::string command =
      GENERATE("dedup", "pairs", "clusters", "boilerplate", "stories",
               "fingerprint", "background");
  const ProcessResult result =
      RunTool({command, "--quiet", none, folder / "a.jsonl"});
  CAPTURE(command);
  CHECK(result.exit_code == 1);
  CHECK(result.err ==
        "storyfold: 1 input was not read to the end, the rest is done; the "
        "first: " +
            none + ": no such file\n");
  const ProcessResult good = RunTool({command, "--quiet", folder / "a.jsonl"});
  CHECK(good.exit_code == 0);
  CHECK(result.out == good.out);
}

TEST_CASE("gzip data on standard input is read to its end", "[cli]") {
  const TempFolder folder;
  AppendGzip(folder / "feed.gz", Record("a"));
  AppendGzip(folder / "feed.gz", Record("b", "other"));
  const std::string packed = ReadFile(folder / "feed.gz");
  const ProcessResult good = RunTool({"dedup", "--quiet", "-"}, packed);
  CHECK(good.exit_code == 0);
  CHECK(good.out == Record("a") + Record("b", "other"));
  const ProcessResult bad =
      RunTool({"dedup", "--quiet", "-"}, packed + Record("c"));
  CHECK(bad.exit_code == 1);
  CHECK(bad.out == good.out);
  CHECK_THAT(bad.err, ContainsSubstring("-:3: damaged gzip data"));
}

TEST_CASE("an update of half a crawl is done, told and counted",
          "[cli][state]") {
  const TempFolder folder;
  WriteFile(folder / "a.jsonl", Record("a"));
  const std::string none = folder / "none.jsonl";
  const ProcessResult update =
      RunTool({"update", "--quiet", "--state", folder / "state", "--metrics",
               folder / "m", none, folder / "a.jsonl"});
  CHECK(update.exit_code == 1);
  CHECK_THAT(update.err, ContainsSubstring("1 input was not read to the end"));
  const std::string metrics = ReadFile(folder / "m");
  CHECK_THAT(metrics, ContainsSubstring("\nstoryfold_unread_inputs 1\n"));
  CHECK_THAT(metrics, ContainsSubstring("\nstoryfold_empty_articles 0\n"));
  CHECK_THAT(metrics, ContainsSubstring("\nstoryfold_stored_articles 1\n"));
}

// Returns what a file of metrics says of one.
std::string Metric(const std::string& file, const std::string& name) {
  for (const std::string& line : LinesOf(ReadFile(file))) {
    if (line.starts_with(name + " ")) return line.substr(name.size() + 1);
  }
  return "none";
}

// A bug: a monitor saw the good night before, or a success.
TEST_CASE("metrics of an update that was not whole keep the last success",
          "[cli][state]") {
  const std::string kSuccess = "storyfold_last_success_timestamp_seconds";
  const TempFolder folder;
  const std::string metrics = folder / "m";
  const std::string none = folder / "none.jsonl";
  WriteFile(folder / "a.jsonl", Record("a"));
  WriteFile(folder / "b.jsonl", Record("b"));
  const auto update = [&](std::vector<std::string> inputs) {
    inputs.insert(inputs.begin(), {"update", "--quiet", "--state",
                                   folder / "state", "--metrics", metrics});
    return RunTool(inputs).exit_code;
  };
  CHECK(update({none}) == 1);  // there was no file of metrics
  CHECK(Metric(metrics, "storyfold_unread_inputs") == "1");
  CHECK(Metric(metrics, kSuccess) == "none");

  REQUIRE(update({folder / "a.jsonl"}) == 0);
  CHECK(Metric(metrics, "storyfold_unread_inputs") == "0");
  std::string text = ReadFile(metrics);
  const size_t value = text.find("\n" + kSuccess) + kSuccess.size() + 2;
  WriteFile(metrics, text.substr(0, value) + "17\n");

  CHECK(update({none}) == 1);  // as the only input
  CHECK(Metric(metrics, "storyfold_unread_inputs") == "1");
  CHECK(Metric(metrics, "storyfold_stored_articles") == "1");
  CHECK(Metric(metrics, kSuccess) == "17");

  CHECK(update({none, folder / "b.jsonl"}) == 1);
  CHECK(Metric(metrics, "storyfold_unread_inputs") == "1");
  CHECK(Metric(metrics, "storyfold_stored_articles") == "2");
  CHECK(Metric(metrics, kSuccess) == "17");
  CHECK(CountLines(ReadFile(metrics)) == CountLines(text));
}

TEST_CASE("a field that is named and that no record has fails the run",
          "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", Record("a"));
  const ProcessResult run =
      RunTool({"run", "--quiet", "--time-field", "nosuch",
               folder / "feed.jsonl", "-o", folder / "out"});
  CHECK(run.exit_code == 1);
  CHECK(run.err == "storyfold: no record has a field \"nosuch\"\n");
}

TEST_CASE("articles with neither title nor text are told", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl",
            "{\"Id\":\"a\",\"Text\":\"one\"}\n{\"Id\":\"b\"}\n" + Record("c"));
  const ProcessResult run =
      RunTool({"run", folder / "feed.jsonl", "-o", folder / "out"});
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.err,
             ContainsSubstring("2 articles have neither title nor text\n"));
}

// A bug: a crawl whose fields have other names gave results of nothing.
TEST_CASE("when no article has a title or a text the run fails", "[cli]") {
  const TempFolder folder;
  const std::string feed = "{\"id\":\"1\",\"kopf\":\"a\",\"inhalt\":\"b c\"}\n";
  const std::string command =
      GENERATE("dedup", "pairs", "clusters", "boilerplate", "stories",
               "fingerprint", "background");
  CAPTURE(command);
  const ProcessResult failed = RunTool({command, "--quiet", "-"}, feed);
  CHECK(failed.exit_code == 1);
  CHECK(failed.out == "");
  CHECK(failed.err ==
        "storyfold: no article has a title or a text; --title-field and "
        "--text-field name the fields they are in\n");
  const ProcessResult named =
      RunTool({command, "--quiet", "--text-field", "inhalt", "-"}, feed);
  CHECK(named.exit_code == 0);
}

TEST_CASE("articles with vectors of their own need no texts", "[cli]") {
  const ProcessResult stories = RunTool(
      {"stories", "--quiet", "--vector-field", "v", "-"},
      "{\"id\":\"a\",\"v\":[1,0,0.1]}\n{\"id\":\"b\",\"v\":[1,0,0.12]}\n"
      "{\"id\":\"c\",\"v\":[0,1,0]}\n");
  CHECK(stories.exit_code == 0);
  CHECK_THAT(stories.out, ContainsSubstring("\"size\":2"));
}

TEST_CASE("results inside of the folder that is read are not read again",
          "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "a.jsonl", Record("a"));
  for (int time = 0; time < 2; ++time) {
    const ProcessResult run =
        RunTool({"run", folder.path(), "-o", folder / "out"});
    CHECK(run.exit_code == 0);
    CHECK_THAT(run.err, ContainsSubstring("1 record = 1 distinct + 0 copies"));
  }
}

TEST_CASE("a state inside of the folder of crawls is not read as one",
          "[cli][state]") {
  const TempFolder folder;
  WriteFile(folder / "a.jsonl", Record("a"));
  for (const std::string told : {"1 new", "0 new"}) {
    const ProcessResult update =
        RunTool({"update", folder.path(), "--state", folder / "state"});
    CHECK(update.exit_code == 0);
    CHECK_THAT(update.err, ContainsSubstring("1 record = " + told));
  }
}

}  // namespace
}  // namespace storyfold
