// `stories` on the sample.

#include <simdjson.h>

#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "support/feed.h"
#include "support/process.h"

namespace storyfold {
namespace {

TEST_CASE("stories prints the stories of the sample, largest first", "[cli]") {
  const std::vector<std::string> lines =
      LinesOf(Output({"stories"}, ReadFile(kSample)));
  simdjson::dom::parser parser;
  uint64_t last = 1'000;
  std::set<std::string> articles;
  for (const std::string& line : lines) {
    const simdjson::dom::element story = parser.parse(line).value();
    const uint64_t size = story["size"];
    CHECK(size <= last);
    last = size;
    CHECK(simdjson::dom::array(story["articles"]).size() == size);
    CHECK_FALSE(std::string_view(story["headline"]).empty());
    for (const std::string_view id : simdjson::dom::array(story["articles"])) {
      articles.insert(std::string(id));
    }
  }
  CHECK(articles.size() == 185);
}

TEST_CASE("stories of standard input are those of the file", "[cli]") {
  CHECK(RunTool({"stories", "--quiet", kSample}).out ==
        Output({"stories"}, ReadFile(kSample)));
}

}  // namespace
}  // namespace storyfold
