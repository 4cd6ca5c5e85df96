#include "support/feed.h"

#include "catch.h"
#include "support/process.h"

namespace storyfold {

std::string Output(std::vector<std::string> arguments,
                   const std::string& feed) {
  arguments.insert(arguments.end(), {"--quiet", "-"});
  const ProcessResult result = RunTool(arguments, feed);
  CHECK(result.exit_code == 0);
  CHECK(result.err == "");
  return result.out;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin);
    REQUIRE(end != std::string::npos);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace storyfold
