#include "state/night_writer.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "state/state_folder.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// Returns the lines of a text, every second one behind the others.
std::string Interleaved(const std::string& text) {
  std::istringstream lines(text);
  std::string halves[2];
  size_t n = 0;
  for (std::string line; std::getline(lines, line); ++n) {
    halves[n % 2] += line + "\n";
  }
  return halves[0] + halves[1];
}

TEST_CASE("articles of a story stand side by side in the segment of a night",
          "[state]") {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, Interleaved(StreamNight(1)));
  UpdateWith(state, Interleaved(StreamNight(2)));
  const StateFiles files(state);
  auto opened = OpenForReading(files);
  REQUIRE(opened.ok());
  std::map<int64_t, std::vector<int64_t>> stories;  // of each segment
  Statement rows = opened->database.Prepare(
      "SELECT segment, story, place FROM articles ORDER BY segment, place");
  while (rows.Next()) {
    std::vector<int64_t>& of_segment = stories[rows.Int(0)];
    CHECK(rows.Int(2) == std::ssize(of_segment));
    of_segment.push_back(rows.Int(1));
  }
  CHECK(stories.size() == 2);
  for (const auto& [segment, of_segment] : stories) {
    CHECK(std::ranges::is_sorted(of_segment));
    CHECK(std::ranges::adjacent_find(of_segment) != of_segment.end());
  }
}

}  // namespace
}  // namespace storyfold
