#include <csignal>
#include <cstdio>
#include <exception>

#include "base/string_view.h"
#include "base/threads.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/log.h"

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
  }
  return absl::OkStatus();
}

int Main(int argc, const char* const* argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write()
  const ParsedCommandLine parsed = ParseCommandLine(argc, argv);
  if (parsed.exits) {
    if (parsed.exit_code == 0) {
      std::fputs(parsed.text.c_str(), stdout);
    } else {
      PrintError(parsed.text);
    }
    return parsed.exit_code;
  }
  const ThreadLimit limit(parsed.config.threads);
  const absl::Status status = RunCommand(parsed.config);
  if (status.ok() || absl::IsAborted(status)) return 0;  // closed pipe
  PrintError(FromAbsl(status.message()));
  return 1;
}

}  // namespace
}  // namespace storyfold

int main(int argc, char** argv) {
  try {
    return storyfold::Main(argc, argv);
  } catch (const std::exception& e) {  // out of memory, foremost
    storyfold::PrintError(e.what());
    return 1;
  }
}
