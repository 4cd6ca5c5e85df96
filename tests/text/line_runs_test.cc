#include "text/line_runs.h"

#include <string>
#include <tuple>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/simd_levels.h"

namespace storyfold {
namespace {

// End, runs begun before it, ASCII, quoted.
using FoundLine = std::tuple<uint32_t, uint32_t, bool, bool>;

struct Found {
  std::vector<FoundLine> lines;
  std::vector<uint32_t> special_runs;

  friend bool operator==(const Found&, const Found&) = default;
};

Found Find(const std::string& text, SimdLevel level, LinesOfText& lines) {
  ClassifiedText classified;
  ClassifyBytes(text, SimdLevel::kScalar, classified);
  FindLineRuns(classified, text.size(), level, lines);
  Found found{{}, lines.special_runs};
  for (const LineRuns& line : lines.lines) {
    found.lines.emplace_back(line.end, line.last_run, line.ascii, line.quoted);
  }
  return found;
}

// The same, a byte after the other; runs hold x, 7 and bytes outside of ASCII.
Found SlowFind(const std::string& text) {
  Found found;
  uint32_t runs = 0;
  bool in_run = false;
  bool ascii = true;
  bool quoted = false;
  for (uint32_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool non_ascii = static_cast<unsigned char>(c) >= 0x80;
    const bool in_word = c == 'x' || c == '7' || non_ascii;
    runs += in_word && !in_run;
    in_run = in_word;
    ascii = ascii && !non_ascii;
    quoted = quoted || c == '"';
    if ((c == '7' || non_ascii) &&
        (found.special_runs.empty() || found.special_runs.back() != runs - 1)) {
      found.special_runs.push_back(runs - 1);
    }
    if (c == '\n') {
      found.lines.emplace_back(i, runs, ascii, quoted);
      ascii = true;
      quoted = false;
    }
  }
  found.lines.emplace_back(static_cast<uint32_t>(text.size()), runs, ascii,
                           quoted);
  return found;
}

TEST_CASE("lines know their runs and their special ones at every level",
          "[text]") {
  for (const SimdLevel level : SimdLevels()) {
    CAPTURE(SimdLevelName(level));
    LinesOfText lines;
    CHECK(
        Find("The 20th \"fleet\"\n\nn\xC3\xA9 A4", level, lines) ==
        Found{
            {{16, 3, true, true}, {17, 3, true, false}, {24, 5, false, false}},
            {1, 3, 4}});
    CHECK(Find("", level, lines) == Found{{{0, 0, true, false}}, {}});
    CHECK(Find("x\n", level, lines) ==
          Found{{{1, 1, true, false}, {2, 1, true, false}}, {}});
  }
}

TEST_CASE("a special run is found once, however many blocks it fills",
          "[text]") {
  for (const SimdLevel level : SimdLevels()) {
    CAPTURE(SimdLevelName(level));
    LinesOfText lines;
    for (const size_t size : {1u, 63u, 64u, 65u, 128u, 200u}) {
      CAPTURE(size);
      const std::string plain(size, 'x');
      CHECK(Find(plain, level, lines).special_runs.empty());
      for (const std::string& run :
           {plain + "7", "7" + plain, plain + "7" + plain,
            std::string(size, '7')}) {
        CHECK(Find(run + " x", level, lines).special_runs ==
              std::vector<uint32_t>{0});
        CHECK(Find("x " + run + plain + " 7", level, lines).special_runs ==
              std::vector<uint32_t>{1, 2});
      }
    }
  }
}

TEST_CASE("lines and special runs equal those of a loop over bytes",
          "[text][prop]") {
  Random random(47);
  LinesOfText lines;  // kept, so that what an earlier text left does not matter
  for (int round = 0; round < 400; ++round) {
    std::string text(random.Below(500), 'x');
    const uint64_t gap = 2 + random.Below(40);
    for (char& c : text) {
      if (random.Below(gap) == 0) c = " 7\n\"\xC3"[random.Below(5)];
    }
    for (const SimdLevel level : SimdLevels()) {
      CAPTURE(text, SimdLevelName(level));
      REQUIRE(Find(text, level, lines) == SlowFind(text));
    }
  }
}

}  // namespace
}  // namespace storyfold
