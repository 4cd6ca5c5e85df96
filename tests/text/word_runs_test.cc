#include "text/word_runs.h"

#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/simd_levels.h"

namespace storyfold {
namespace {

using Run = std::pair<uint32_t, uint32_t>;

std::vector<Run> Runs(const std::string& text, SimdLevel level,
                      WordRuns& runs) {
  ClassifiedText classified;
  ClassifyBytes(text, SimdLevel::kScalar, classified);
  FindWordRuns(classified, level, runs);
  std::vector<Run> found;
  for (size_t i = 0; i < runs.size; ++i) {
    found.emplace_back(runs.begins[i], runs.ends[i]);
  }
  return found;
}

std::vector<Run> SlowRuns(const std::string& text) {
  std::vector<Run> runs;
  bool inside = false;
  for (uint32_t i = 0; i < text.size(); ++i) {
    const bool word = text[i] != ' ';
    if (word && !inside) runs.emplace_back(i, i);
    if (word) runs.back().second = i + 1;
    inside = word;
  }
  return runs;
}

TEST_CASE("runs of word bytes are found at every level", "[text]") {
  for (const SimdLevel level : SimdLevels()) {
    CAPTURE(SimdLevelName(level));
    WordRuns runs;
    CHECK(Runs("The vote, 52 to 48", level, runs) ==
          std::vector<Run>{{0, 3}, {4, 8}, {10, 12}, {13, 15}, {16, 18}});
    CHECK(Runs("", level, runs).empty());
    CHECK(Runs(" . ", level, runs).empty());
  }
}

TEST_CASE("runs may cross and fill blocks and reach the end", "[text]") {
  for (const SimdLevel level : SimdLevels()) {
    CAPTURE(SimdLevelName(level));
    WordRuns runs;
    for (const size_t size : {1u, 63u, 64u, 65u, 128u, 200u}) {
      CAPTURE(size);
      CHECK(Runs(std::string(size, 'a'), level, runs) ==
            std::vector<Run>{{0, static_cast<uint32_t>(size)}});
    }
    // The most runs a block can have: every other byte.
    std::string alternating;
    for (int i = 0; i < 320; ++i) alternating += i % 2 == 0 ? 'a' : ' ';
    CHECK(Runs(alternating, level, runs) == SlowRuns(alternating));
  }
}

TEST_CASE("runs equal those of a loop over bytes", "[text][prop]") {
  Random random(41);
  WordRuns runs;  // kept, so that what an earlier text left does not matter
  for (int round = 0; round < 400; ++round) {
    std::string text(random.Below(500), ' ');
    const uint64_t gap = 2 + random.Below(12);
    for (char& c : text) {
      if (random.Below(gap) != 0) c = 'x';
    }
    for (const SimdLevel level : SimdLevels()) {
      CAPTURE(text, SimdLevelName(level));
      REQUIRE(Runs(text, level, runs) == SlowRuns(text));
    }
  }
}

}  // namespace
}  // namespace storyfold
