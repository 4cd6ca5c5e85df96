#include "support/feed.h"

#include <absl/strings/str_cat.h>

#include <algorithm>

#include "catch.h"
#include "support/process.h"

namespace storyfold {

std::string Record(const std::string& id, const std::string& text) {
  return absl::StrCat("{\"id\":\"", id, "\",\"text\":\"", text, "\"}\n");
}

std::string ManyRecords(size_t count) {
  std::string feed;
  for (size_t i = 0; i < count; ++i) {
    feed += Record("r" + std::to_string(i),
                   std::to_string(i * 2'654'435'761 % 1'000'000'007));
  }
  return feed;
}

size_t CountLines(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string Output(std::vector<std::string> arguments,
                   const std::string& feed) {
  arguments.insert(arguments.end(), {"--quiet", "-"});
  const ProcessResult result = RunTool(arguments, feed);
  CHECK(result.exit_code == 0);
  CHECK(result.err == "");
  return result.out;
}

std::vector<std::string> LinesOf(const std::string& text) {
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
