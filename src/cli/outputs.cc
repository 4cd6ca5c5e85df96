// No command writes over what it reads: the records that it passes over would
// be lost for good, and so would a state. A file is known by its device and
// number, whatever links lead to it; what does not exist yet is nobody's.
//
// Tested by: tests/cli/outputs_test.cc

#include "cli/outputs.h"

#include <absl/strings/str_cat.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "io/input_files.h"
#include "io/output_file.h"
#include "io/run_folder.h"
#include "state/state_folder.h"

namespace storyfold {
namespace {

namespace fs = std::filesystem;

using FileId = std::pair<dev_t, ino_t>;

// Returns what a regular file is known by; nothing where there is none.
std::optional<FileId> IdOf(const std::string& path) {
  struct stat info;
  const bool is_file =
      ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
  return is_file ? std::optional(FileId(info.st_dev, info.st_ino))
                 : std::nullopt;
}

struct Output {
  std::string path;
  FileId id;
};

// Returns the files that a command is to write and that are there already.
std::vector<Output> ExistingOutputs(const Config& config) {
  std::vector<std::string> paths;
  if (config.command == Command::kRun) {
    paths = RunFiles(config.output_folder);
  } else if (!config.state.metrics_file.empty()) {
    paths.push_back(config.state.metrics_file);
  }
  std::vector<Output> outputs;
  for (const std::string& path : paths) {
    for (const std::string& written : {path, PartialPath(path)}) {
      if (const auto id = IdOf(written)) outputs.push_back({written, *id});
    }
  }
  return outputs;
}

// Returns the files that a command reads.
std::vector<std::string> FilesToRead(const Config& config) {
  const std::string& not_read = config.command == Command::kRun
                                    ? config.output_folder
                                    : config.state.folder;
  std::vector<std::string> paths;
  for (const InputFile& file : ListInputFiles(config.inputs, not_read).files) {
    paths.push_back(file.path == "-" ? "/dev/stdin" : file.path);
  }
  for (const std::string& file : {config.words_file, config.vectors_file}) {
    if (!file.empty()) paths.push_back(file);
  }
  return paths;
}

// Returns whether a file is, or would be, one that the state in `folder` has.
bool IsOfState(const std::string& path, const std::string& folder) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  const fs::path target = fs::weakly_canonical(absolute, error);
  return !error && fs::equivalent(target.parent_path(), folder, error) &&
         StateFiles::IsName(target.filename().native());
}

}  // namespace

absl::Status CheckOutputs(const Config& config) {
  if (IsOfState(config.state.metrics_file, config.state.folder)) {
    return absl::InvalidArgumentError(
        absl::StrCat(config.state.metrics_file,
                     ": metrics cannot have the name of a file of the state"));
  }
  const std::vector<Output> outputs = ExistingOutputs(config);
  if (outputs.empty()) return absl::OkStatus();
  for (const std::string& path : FilesToRead(config)) {
    const auto same = std::ranges::find(outputs, IdOf(path), &Output::id);
    if (same == outputs.end()) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        same->path, ": is read, and would be overwritten; name another place"));
  }
  return absl::OkStatus();
}

}  // namespace storyfold
