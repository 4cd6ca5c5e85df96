// What the tool does where the system gives it little.

#include <sys/wait.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "catch.h"
#include "support/feed.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

// Runs the tool in a shell that was told a limit, and returns its exit code;
// that of timeout(1) where it does not end.
int RunLimited(const std::string& limit, const std::string& arguments,
               const std::string& err) {
  const std::string command =
      "ulimit " + limit + "; export OPENBLAS_NUM_THREADS=1; exec timeout 30 " +
      STORYFOLD_BINARY + " " + arguments + " 2>" + err + " >/dev/null";
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST_CASE("a file that may grow no further is an error, and nothing is left",
          "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "1.jsonl", StreamNight(1));
  const std::string state = folder / "state";
  UpdateWith(state, "");
  const std::string before = ContentOf(state);
  for (const char* const threads : {"1", "2"}) {
    const std::string arguments = "update " + (folder / "1.jsonl") +
                                  " --quiet --state " + state + " --threads " +
                                  threads;
    CHECK(RunLimited("-f 20", arguments, folder / "err") == 1);
    CHECK(ReadFile(folder / "err").starts_with("storyfold: "));
    CHECK(ContentOf(state) == before);
  }
}

TEST_CASE("metrics go to standard output, and where a link points", "[cli]") {
  const TempFolder folder;
  WriteFile(folder / "1.jsonl", StreamNight(1));
  const std::string state = folder / "state";
  const ProcessResult printed =
      RunTool({"update", folder / "1.jsonl", "--quiet", "--state", state,
               "--metrics", "-"});
  CHECK(printed.exit_code == 0);
  CHECK_THAT(printed.out, ContainsSubstring("storyfold_night 1"));
  fs::create_symlink("there.prom", folder / "link.prom");
  CHECK(RunTool({"update", folder / "1.jsonl", "--quiet", "--state", state,
                 "--metrics", folder / "link.prom"})
            .exit_code == 0);
  CHECK(fs::is_symlink(folder / "link.prom"));
  CHECK_THAT(ReadFile(folder / "there.prom"),
             ContainsSubstring("storyfold_night 1"));
}

// Returns a packed line of so many megabytes.
std::string PackedLine(int megabytes) {
  const std::string megabyte(1'000'000, 'x');
  std::string frame(ZSTD_compressBound(megabyte.size()), '\0');
  frame.resize(ZSTD_compress(frame.data(), frame.size(), megabyte.data(),
                             megabyte.size(), 1));
  std::string packed;
  for (int i = 0; i < megabytes; ++i) packed += frame;
  return packed;
}

// A bug: it said "std::bad_alloc".
TEST_CASE("a tool that is out of memory says so", "[cli]") {
#ifdef STORYFOLD_SANITIZED
  WARN("skipped: sanitizers need more memory than the limit");
  return;
#endif
  const TempFolder folder;
  const std::string feed = folder / "feed.jsonl.zst";
  WriteFile(feed, PackedLine(1200));
  const auto error_of = [&](const std::string& command) {
    CHECK(RunLimited("-v 1000000", command + " --quiet --threads 1 " + feed,
                     folder / "err") == 1);
    return ReadFile(folder / "err");
  };
  CHECK(error_of("stories") ==
        "storyfold: out of memory; --low-memory takes less\n");
  CHECK(error_of("update --state " + (folder / "state")) ==
        "storyfold: out of memory\n");
}

// A bug: all were read, and then there was none left for the results.
TEST_CASE("more large files than may be open at first are no error", "[cli]") {
  const TempFolder folder;
  fs::create_directory(folder / "crawl");
  const std::string text(1U << 20, 'x');
  for (int i = 0; i < 30; ++i) {
    const std::string id = std::to_string(i);
    WriteFile(folder / ("crawl/" + id + ".jsonl"), Record(id, text));
  }
  CHECK(RunLimited("-Sn 30",
                   "run " + (folder / "crawl") + " -o " + (folder / "out"),
                   folder / "err") == 0);
}

}  // namespace
}  // namespace storyfold
