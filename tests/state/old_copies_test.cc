// Copies of what lies before the window, found by its keys alone.

#include <algorithm>
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

std::string RandomLine(Random& random, size_t num_words) {
  std::string text = RandomText(random, num_words, 20'000);
  std::ranges::replace(text, '\n', ' ');
  return text;
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

// Returns how many stories of the first night grow by the copies that come
// when its window has passed.
size_t StoriesThatGrow(const std::vector<std::string>& originals,
                       const std::vector<std::string>& copies) {
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines(Records("o", originals, "01")));
  return UpdateWith(state, AsJsonLines(Records("c", copies, "20")))
      .Count(StoryEvent::kGrew);
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
  CHECK(StoriesThatGrow(originals, copies) >= 97);
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
  CHECK(StoriesThatGrow(originals, copies) >= 119);
}

TEST_CASE("a copy of what very many outlets printed is found", "[state]") {
  Random random(12);
  const std::string text = RandomText(random, 200, 20'000);
  CHECK(StoriesThatGrow(std::vector<std::string>(300, text), {text}) == 1);
}

TEST_CASE("an edited copy of what very many outlets edited is found",
          "[state]") {
  Random random(14);
  const std::string wire = RandomText(random, 200, 20'000);
  std::vector<std::string> versions;
  for (int outlet = 0; outlet < 300; ++outlet) {
    versions.push_back(Edit(random, wire, 0.04));
  }
  CHECK(StoriesThatGrow(versions, {Edit(random, wire, 0.04)}) == 1);
}

TEST_CASE("some pages of one template do not hide what very many print",
          "[state]") {
  Random random(15);
  const std::string head = RandomLine(random, 40) + " ";
  const std::string wire = RandomLine(random, 200);
  std::vector<std::string> originals(300, wire);
  for (int page = 0; page < 60; ++page)
    originals.push_back(head + RandomLine(random, 50));
  const TempFolder folder;
  const std::string state = folder / "state";
  UpdateWith(state, AsJsonLines(Records("o", originals, "01")));
  UpdateWith(state, AsJsonLines(Records("c", {head + wire}, "20")));
  const auto stories = StoriesIn(state);
  CHECK(stories.at("c0") == stories.at("o0"));
}

TEST_CASE("pages of one template do not hide the original of a copy",
          "[state]") {
  // An outlet puts wires into its template, after hundreds of pages that have
  // that in common.
  Random random(13);
  const std::string head = RandomLine(random, 80) + " ";
  std::vector<std::string> originals;
  for (int page = 0; page < 400; ++page)
    originals.push_back(head + RandomLine(random, 50));
  std::vector<std::string> copies;
  for (int wire = 0; wire < 30; ++wire) {
    originals.push_back(RandomLine(random, 50));
    copies.push_back(head + originals.back());
  }
  CHECK(StoriesThatGrow(originals, copies) > 25);
}

TEST_CASE(
    "copies of two articles of one old cluster share it, though neither "
    "is a copy of the other",
    "[state]") {
  Random random(11);
  const std::string begin = RandomText(random, 500, 20'000);
  const std::string end = RandomText(random, 500, 20'000);
  const std::string whole = begin + "\n" + end;
  const TempFolder folder;
  const std::string state = folder / "state";
  const std::string longer = whole + " " + RandomText(random, 20, 20'000);
  UpdateWith(state,
             AsJsonLines(Records("o", {whole, longer, begin, end}, "01")));
  REQUIRE(ClustersIn(state).at("o2") == ClustersIn(state).at("o3"));
  UpdateWith(state, AsJsonLines(Records("c", {begin, end}, "20")));
  const auto clusters = ClustersIn(state);
  const auto stories = StoriesIn(state);
  for (const char* copy : {"c0", "c1"}) {
    CAPTURE(copy);
    CHECK(clusters.at(copy) == clusters.at("o0"));
    CHECK(stories.at(copy) == stories.at("o0"));
  }
  CHECK(VerifyState(state)->empty());
  // Nor does another night part them.
  UpdateWith(state, AsJsonLines(Records("d", {begin}, "21")));
  for (const char* copy : {"c0", "c1", "d0"}) {
    CAPTURE(copy);
    CHECK(ClustersIn(state).at(copy) == clusters.at("o0"));
    CHECK(StoriesIn(state).at(copy) == stories.at("o0"));
  }
}

}  // namespace
}  // namespace storyfold
