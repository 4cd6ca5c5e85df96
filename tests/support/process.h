#pragma once

#include <map>
#include <string>
#include <vector>

namespace storyfold {

struct ProcessResult {
  int exit_code = -1;  // 128 + signal for a process ended by one
  std::string out;
  std::string err;
};

// Runs the storyfold binary with `arguments`, `input` on its standard input
// and `environment` added to ours.
ProcessResult RunTool(
    const std::vector<std::string>& arguments, const std::string& input = "",
    const std::map<std::string, std::string>& environment = {});

// Runs a command line of sh, in which "$tool" is the binary, and returns its
// exit code.
int Shell(const std::string& command);

// A folder of its own that is removed with all in it.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  // Returns the path of `name` in the folder.
  std::string operator/(const std::string& name) const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Reads and writes whole files; failures fail the test.
std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& bytes);

}  // namespace storyfold
