// What is to be written stands where something is read: nothing happens.

#include <filesystem>
#include <string>
#include <vector>

#include "catch.h"
#include "support/feed.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRefused =
    ": is read, and would be overwritten; name another place\n";

// A bug: the records that were passed over were lost for good.
TEST_CASE("a run does not write over its input", "[cli]") {
  const TempFolder folder;
  const std::string feed = folder / "articles.jsonl";
  const std::string link = folder / "out/articles.jsonl";
  WriteFile(feed, kFeed + "broken\n");
  fs::create_directory(folder / "out");
  std::string out = folder / "out";
  SECTION("by its own name") { out = folder.path(); }
  SECTION("through a link") { fs::create_symlink(feed, link); }
  SECTION("of two names") { fs::create_hard_link(feed, link); }
  const ProcessResult result = RunTool({"run", "--quiet", feed, "-o", out});
  CHECK(result.exit_code == 2);
  CHECK(result.err == "storyfold: " + out + "/articles.jsonl" + kRefused);
  CHECK(ReadFile(feed) == kFeed + "broken\n");
  CHECK_FALSE(fs::exists(out + "/stories.jsonl"));
}

TEST_CASE("a run does not write over the file at its standard input", "[cli]") {
  const TempFolder folder;
  const std::string feed = folder / "articles.jsonl";
  WriteFile(feed, kFeed);
  const std::string input = GENERATE("-", "/dev/stdin");
  CHECK(Shell("\"$tool\" run " + input + " -o " + folder.path() + " < " + feed +
              " 2> " + (folder / "err")) == 2);
  CHECK(ReadFile(folder / "err") == "storyfold: " + feed + kRefused);
  CHECK(ReadFile(feed) == kFeed);
}

TEST_CASE("a file below a folder that is read is not written over", "[cli]") {
  const TempFolder folder;
  fs::create_directory(folder / "crawl");
  fs::create_directory(folder / "out");
  WriteFile(folder / "crawl/a.jsonl", kFeed);
  fs::create_symlink(folder / "crawl/a.jsonl", folder / "out/stories.jsonl");
  const ProcessResult result =
      RunTool({"run", folder / "crawl", "-o", folder / "out"});
  CHECK(result.exit_code == 2);
  CHECK(ReadFile(folder / "crawl/a.jsonl") == kFeed);
}

// A bug: the crawl was gone, or the state.
TEST_CASE("metrics are not written over what an update reads", "[cli][state]") {
  const TempFolder folder;
  const std::string feed = folder / "feed.jsonl";
  const std::string state = folder / "state";
  WriteFile(feed, kFeed);
  WriteFile(folder / "words.tsv", Output({"background"}));
  REQUIRE(RunTool({"update", feed, "--state", state}).exit_code == 0);
  fs::create_symlink(state + "/state.db", folder / "link");
  const std::string before = ContentOf(state);
  for (const std::string& metrics :
       {feed, folder / "words.tsv", state + "/state.db",
        state + "/segment-00000001", state + "/changes-00000007.jsonl",
        state + "/lock", folder / "link"}) {
    CAPTURE(metrics);
    const ProcessResult result =
        RunTool({"update", feed, "--state", state, "--words",
                 folder / "words.tsv", "--metrics", metrics});
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err, ContainsSubstring(metrics + ": "));
  }
  CHECK(ReadFile(feed) == kFeed);
  CHECK(ContentOf(state) == before);
  CHECK(RunTool({"update", feed, "--state", state, "--metrics",
                 state + "/night.prom"})
            .exit_code == 0);
}

}  // namespace
}  // namespace storyfold
