// From the command line to a command, and from its status to an exit code: 0
// done, 1 failed, 2 wrong usage.

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include "base/string_view.h"
#include "base/threads.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/log.h"
#include "cli/memory.h"
#include "cli/option_uses.h"
#include "io/output_file.h"

namespace storyfold {
namespace {

absl::Status RunCommand(const Config& config) {
  switch (config.command) {
    case Command::kRun:
      return RunRun(config);
    case Command::kDedup:
      return RunDedup(config);
    case Command::kPairs:
      return RunPairs(config);
    case Command::kClusters:
      return RunClusters(config);
    case Command::kBoilerplate:
      return RunBoilerplate(config);
    case Command::kStories:
      return RunStories(config);
    case Command::kExplain:
      return RunExplain(config);
    case Command::kFingerprint:
      return RunFingerprint(config);
    case Command::kBackground:
      return RunBackground(config);
    case Command::kEval:
      return RunEval(config);
    case Command::kUpdate:
      return RunUpdate(config);
    case Command::kState:
      return RunState(config);
    case Command::kPin:
      return RunPin(config);
    case Command::kReport:
      return RunReport(config);
  }
  return absl::OkStatus();
}

// The same; to be out of memory is an error as others are.
absl::Status RunWithinMemory(const Config& config) {
  try {
    return RunCommand(config);
  } catch (const std::bad_alloc&) {
    const bool may_take_less =
        IsUsed(config.command, "--low-memory") && !config.low_memory;
    return absl::ResourceExhaustedError(
        may_take_less ? "out of memory; --low-memory takes less"
                      : "out of memory");
  }
}

// Says what went wrong, if anything, and returns the exit code for it.
int ExitCodeOf(const absl::Status& status) {
  if (status.ok() || absl::IsAborted(status)) return 0;  // closed pipe
  PrintError(FromAbsl(status.message()));
  return 1;
}

// Ends the process when a mapped file turns out shorter than it was, or its
// disk fails.
[[noreturn]] void OnBusError(int /*signal*/) {
  static std::atomic_flag told = ATOMIC_FLAG_INIT;
  while (told.test_and_set()) ::pause();  // another thread tells it and ends
  static constexpr std::string_view kMessage =
      "storyfold: an input file was cut short while it was read, or cannot be "
      "read any more\n";
  [[maybe_unused]] const ssize_t written =
      ::write(STDERR_FILENO, kMessage.data(), kMessage.size());
  ::_exit(1);
}

// Lets as many files be open as the system allows: those that are read in place
// stay open, and a folder may hold many of them.
void RaiseFileLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int Main(int argc, const char* const* argv) {
  // A closed pipe and a file at its limit are errors of write().
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGBUS, OnBusError);
  RaiseFileLimit();
  const ParsedCommandLine parsed = ParseCommandLine(argc, argv);
  if (parsed.exits) {
    if (parsed.exit_code == 0) return ExitCodeOf(WriteToStdout(parsed.text));
    PrintError(parsed.text);
    return parsed.exit_code;
  }
  if (parsed.config.command == Command::kUpdate) {
    KeepEndOfHeap();
  } else {
    ReturnLargeArrays();
  }
  const ThreadLimit limit(parsed.config.threads);
  return ExitCodeOf(RunWithinMemory(parsed.config));
}

int MainThatCatches(int argc, const char* const* argv) {
  try {
    return Main(argc, argv);
  } catch (const std::exception& e) {
    PrintError(e.what());
    return 1;
  }
}

// Ends the process without the ends of libraries: OpenBLAS, which FAISS brings,
// waits there for its threads, for ever where they get no memory to begin with.
[[noreturn]] void End(int exit_code) {
#ifdef STORYFOLD_SANITIZED
  std::exit(exit_code);  // leaks are looked for there
#else
  std::fflush(nullptr);
  std::_Exit(exit_code);
#endif
}

}  // namespace
}  // namespace storyfold

int main(int argc, char** argv) {
  storyfold::End(storyfold::MainThatCatches(argc, argv));
}
