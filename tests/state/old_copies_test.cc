// Copies of what lies before the window, found by its keys alone.

#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"
#include "support/nights.h"
#include "support/process.h"

namespace storyfold {
namespace {

// Returns the first `count` words of a text.
std::string FirstWords(const std::string& text, int count) {
  std::istringstream words(text);
  std::string first;
  for (std::string word; count > 0 && words >> word; --count) {
    first += word + " ";
  }
  return first;
}

std::vector<NightRecord> Records(const std::string& prefix,
                                 const std::vector<std::string>& texts,
                                 const std::string& day) {
  std::vector<NightRecord> records;
  for (size_t i = 0; i < texts.size(); ++i) {
    records.push_back({prefix + std::to_string(i),
                       {},
                       texts[i],
                       {},
                       prefix + ".example",
                       "2031-03-" + day + "T06:00:00Z"});
  }
  return records;
}

TEST_CASE("copies of short texts are found before the window", "[state]") {
  // Two thirds of a hundred words: sixteen sampled 3-grams.
  Random random(9);
  std::vector<std::string> originals;
  std::vector<std::string> copies;
  for (int i = 0; i < 100; ++i) {
    originals.push_back(RandomText(random, 100, 20'000));
    copies.push_back(FirstWords(originals.back(), 68) +
                     RandomText(random, 32, 20'000));
  }
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines(Records("o", originals, "01")));
  const UpdateResult result =
      UpdateWith(state, AsJsonLines(Records("c", copies, "20")));
  CHECK(result.Count(StoryEvent::kGrew) >= 97);
}

TEST_CASE("copies of a part of a long text are found before the window",
          "[state]") {
  // A third of 1,200 words: of the 24 3-grams of the original that are searched
  // the copy has some eight.
  Random random(10);
  std::vector<std::string> originals;
  std::vector<std::string> copies;
  for (int i = 0; i < 60; ++i) {
    originals.push_back(RandomText(random, 1200, 20'000));
    copies.push_back(FirstWords(originals.back(), 400));
    originals.push_back(FirstWords(RandomText(random, 400, 20'000), 400));
    copies.push_back(originals.back() + RandomText(random, 400, 20'000));
  }
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines(Records("o", originals, "01")));
  const UpdateResult result =
      UpdateWith(state, AsJsonLines(Records("c", copies, "20")));
  CHECK(result.Count(StoryEvent::kGrew) >= 119);
}

}  // namespace
}  // namespace storyfold
