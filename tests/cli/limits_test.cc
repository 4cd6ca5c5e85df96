// What the tool does where the system gives it little.

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "catch.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

// Runs the tool in a shell that was told a limit, and returns its exit code;
// that of timeout(1) where it does not end.
int RunLimited(const std::string& limit, const std::string& arguments,
               const std::string& err) {
  const std::string command = "ulimit " + limit + "; exec timeout 30 " +
                              STORYFOLD_BINARY + " " + arguments + " 2>" + err +
                              " >/dev/null";
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

}  // namespace
}  // namespace storyfold
