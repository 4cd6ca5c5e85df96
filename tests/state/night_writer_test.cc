#include "state/night_writer.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "state/state_folder.h"
#include "support/corpus.h"
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

TEST_CASE("a night of more articles than a segment takes has several",
          "[state]") {
  Random random(8);
  std::vector<NightRecord> records;
  for (int i = 0; i < 33'000; ++i) {
    records.push_back({.id = "a" + std::to_string(i),
                       .text = RandomText(random, 6, 9'000'000),
                       .published = "2031-03-10T12:00:00Z"});
  }
  const TempFolder folder;
  const std::string state = folder / "state";
  CHECK(UpdateWith(state, AsJsonLines(records)).fresh == records.size());
  auto opened = OpenForReading(StateFiles(state));
  REQUIRE(opened.ok());
  CHECK(opened->database.Number("SELECT count(*) FROM segments") == 2);
  CHECK(opened->database.Number("SELECT sum(articles) FROM segments") ==
        33'000);
  CHECK(VerifyState(state)->empty());
}

}  // namespace
}  // namespace storyfold
