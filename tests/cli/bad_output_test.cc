// The real binary where its results cannot be written.

#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "catch.h"
#include "storyfold/state.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a full disk is an error of one line for all that print", "[cli]") {
  if (!fs::exists("/dev/full")) {
    WARN("skipped: no /dev/full");
    return;
  }
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", Record("a") + Record("b"));
  const std::string command =
      GENERATE("dedup", "dedup --mark", "clusters", "boilerplate --clean",
               "stories", "pairs");
  CAPTURE(command);
  const int code =
      Shell("\"$tool\" " + command + " --quiet '" + (folder / "feed.jsonl") +
            "' > /dev/full 2> '" + (folder / "err") + "'");
  CHECK(code == 1);
  CHECK(ReadFile(folder / "err") ==
        "storyfold: standard output: cannot be written: No space left on "
        "device\n");
}

TEST_CASE("a disk that runs full during a run leaves no half file", "[cli]") {
  const TempFolder folder;
  fs::create_directory(folder / "disk");
  const std::string disk = folder / "disk";
  if (::geteuid() != 0 ||
      ::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=64k") != 0) {
    WARN("skipped: a small file system cannot be mounted");
    return;
  }
  const ProcessResult result =
      RunTool({"run", "--quiet", STORYFOLD_SAMPLE "/articles.jsonl", "-o",
               disk + "/out"});
  CHECK(result.exit_code == 1);
  CHECK(result.err == "storyfold: " + disk +
                          "/out/articles.jsonl: cannot be written: No space "
                          "left on device\n");
  CHECK(fs::is_empty(disk + "/out"));
  ::umount(disk.c_str());
}

TEST_CASE("results cannot be written below a file", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", Record("a"));
  WriteFile(folder / "file", "");
  const std::string out = GENERATE("file", "file/below");
  const ProcessResult result =
      RunTool({"run", "--quiet", folder / "feed.jsonl", "-o", folder / out});
  CHECK(result.exit_code == 1);
  CHECK(result.err == "storyfold: " + (folder / out) +
                          ": cannot be created: Not a directory\n");
}

TEST_CASE("results cannot be written into a place that is read-only", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", Record("a"));
  fs::create_directory(folder / "locked");
  fs::permissions(folder / "locked",
                  fs::perms::owner_read | fs::perms::owner_exec);
  // Root may write everywhere but into /proc.
  const std::string out =
      ::geteuid() == 0 ? "/proc/storyfold" : folder / "locked/out";
  const ProcessResult result =
      RunTool({"run", "--quiet", folder / "feed.jsonl", "-o", out});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err,
             ContainsSubstring("storyfold: " + out + ": cannot be created: "));
  CHECK(CountLines(result.err) == 1);
}

TEST_CASE("a pipe that closes early is no error", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "feed.jsonl", ManyRecords(20'000));
  const int code =
      Shell("{ \"$tool\" dedup --quiet '" + (folder / "feed.jsonl") + "' 2> '" +
            (folder / "err") + "'; echo $? > '" + (folder / "code") +
            "'; } | head -1 > /dev/null");
  CHECK(code == 0);
  CHECK(ReadFile(folder / "code") == "0\n");
  CHECK(ReadFile(folder / "err") == "");
}

// A bug: it was dropped without a word.
TEST_CASE("help that cannot be printed is an error", "[cli]") {
  if (!fs::exists("/dev/full")) return;
  const std::string option =
      GENERATE("--help", "--version", "run -h", "run --print-config");
  const TempFolder folder;
  CHECK(Shell("\"$tool\" " + option + " > /dev/full 2> '" + (folder / "err") +
              "'") == 1);
  CHECK(ReadFile(folder / "err") ==
        "storyfold: standard output: cannot be written: No space left on "
        "device\n");
}

// A bug: it said no more than a night that failed.
TEST_CASE("metrics that fail behind a night say that it is stored",
          "[cli][state]") {
  if (!fs::exists("/dev/full")) return;
  const TempFolder folder;
  const std::string state = folder / "state";
  const ProcessResult result = RunTool(
      {"update", "--quiet", "-", "--state", state, "--metrics", "/dev/full"},
      Record("a"));
  CHECK(result.exit_code == 1);
  CHECK(result.err ==
        "storyfold: night 1 is stored, its metrics are not: /dev/full: cannot "
        "be written: No space left on device\n");
  CHECK(ReadStateInfo(state)->articles == 1);
}

}  // namespace
}  // namespace storyfold
