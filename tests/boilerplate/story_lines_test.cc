// Which repeated paragraphs a story tells, and which the site prints.

#include "boilerplate/story_lines.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "storyfold/pipeline.h"
#include "support/corpus.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

const std::string kBackground =
    "The treasurer, 41, was arrested in March after two million crowns had "
    "vanished from the accounts of the harbour fund.";

// Pages whose first lines are given and whose stories are known.
class StoryPages {
 public:
  // Adds a page of a story; its own lines stand around the given ones, which
  // begin at line 4.
  void Add(uint32_t story, const Lines& lines,
           const std::string& source = "gazette") {
    Lines page = Body(random_, 3);
    page.insert(page.end(), lines.begin(), lines.end());
    for (const std::string& line : Body(random_, 4)) page.push_back(line);
    corpus_.Add({"", "", Join(page), source});
    stories_.push_back(story);
  }
  // Adds a page of a story that ends with `line`.
  void AddLast(uint32_t story, const std::string& line) {
    Lines page = Body(random_, 7);
    page.push_back(line);
    corpus_.Add({"", "", Join(page), "gazette"});
    stories_.push_back(story);
  }
  // Adds a page of nothing else.
  void AddShort(uint32_t story, const std::string& line) {
    corpus_.Add({"", "", line, "gazette"});
    stories_.push_back(story);
  }
  void AddOthers(uint32_t count, const std::string& source = "gazette") {
    for (uint32_t i = 0; i < count; ++i) Add(1000 + i, {}, source);
  }

  Strings Flag() const {
    std::vector<uint32_t> texts(stories_.size());
    std::iota(texts.begin(), texts.end(), 0);
    const LineTable table = ReadLines(corpus_.articles());
    const LineEvidence evidence(table, {texts}, {});
    std::vector<FlaggedLine> flags = FlagLines(evidence);
    MarkStoryLines(
        LinesOfOneStory(FindRepeatedParagraphs(evidence, flags), stories_),
        flags);
    return Spelled(flags);
  }

 private:
  Random random_{5};
  Corpus corpus_;
  std::vector<uint32_t> stories_;
};

TEST_CASE("a paragraph that one story tells again is the story's",
          "[boilerplate]") {
  StoryPages pages;
  for (int i = 0; i < 3; ++i) pages.Add(7, {kBackground});
  pages.AddOthers(5);
  CHECK(pages.Flag() == Strings{"0:4 story 3", "1:4 story 3", "2:4 story 3"});
}

TEST_CASE("a paragraph of two stories is the site's", "[boilerplate]") {
  StoryPages pages;
  for (uint32_t i = 0; i < 3; ++i) pages.Add(7 + i / 2, {kBackground});
  pages.AddOthers(5);
  CHECK(pages.Flag() ==
        Strings{"0:4 reused 3", "1:4 reused 3", "2:4 reused 3"});
}

TEST_CASE("other sources may tell the paragraph in other stories",
          "[boilerplate]") {
  StoryPages pages;
  for (int i = 0; i < 3; ++i) pages.Add(7, {kBackground});
  pages.AddOthers(5);
  pages.Add(8, {kBackground}, "herald");
  const Strings flags = pages.Flag();
  CHECK(std::ranges::count_if(flags, [](const std::string& flag) {
          return flag.find("reused") != std::string::npos;
        }) == 0);
}

TEST_CASE("a notice that names somebody is no story's", "[boilerplate]") {
  StoryPages pages;
  const Strings writers = {"Anna Arden", "Bo Marsh", "Clara Dunn",
                           "Demir Okan"};
  for (uint32_t i = 0; i < 4; ++i) {
    pages.AddLast(i, "This story was written by " + writers[i] +
                         " of the gazette and may be reprinted by whoever asks "
                         "the desk for it.");
  }
  pages.AddOthers(20);
  CHECK(pages.Flag() == Strings{"0:8 reused 4", "1:8 reused 4", "2:8 reused 4",
                                "3:8 reused 4"});
}

TEST_CASE("several paragraphs of a page are kept", "[boilerplate]") {
  StoryPages pages;
  const std::string more =
      "The fund was set up by the city to pay for repairs of the old piers and "
      "for pensions of the dock workers.";
  for (int i = 0; i < 3; ++i) pages.Add(7, {kBackground, more});
  pages.AddOthers(5);
  CHECK(pages.Flag() == Strings{"0:4 story 3", "0:5 story 3", "1:4 story 3",
                                "1:5 story 3", "2:4 story 3", "2:5 story 3"});
}

TEST_CASE("texts of earlier nights have a say", "[boilerplate]") {
  RepeatedParagraphs paragraphs;
  paragraphs.places.values = {{0, 4}, {2, 3}};
  paragraphs.places.offsets = {0, 2};
  paragraphs.earlier.values = {11, 12};
  paragraphs.earlier.offsets = {0, 2};
  const std::vector<uint32_t> stories = {7, 9, 7};
  const auto lines = [&](const StoriesOfTexts& earlier) {
    return LinesOfOneStory(paragraphs, stories, earlier).size();
  };
  CHECK(lines({{11, 7}, {12, 7}}) == 2);
  CHECK(lines({{11, 7}, {12, 9}}) == 0);
  CHECK(lines({{11, 7}}) == 0);  // nobody knows of which story 12 is
}

TEST_CASE(
    "what half of the texts of a source have is the site's, though they tell "
    "one "
    "story",
    "[boilerplate]") {
  StoryPages pages;
  for (int i = 0; i < 3; ++i) pages.Add(7, {kBackground});
  SECTION("three of five") { pages.AddOthers(2); }
  SECTION("half of them") { pages.AddOthers(3); }
  SECTION("all of three") {}
  CHECK(pages.Flag() ==
        Strings{"0:4 reused 3", "1:4 reused 3", "2:4 reused 3"});
}

TEST_CASE("lines that are no paragraphs are not asked for their story",
          "[boilerplate]") {
  StoryPages pages;
  SECTION("short") {
    for (int i = 0; i < 3; ++i) pages.Add(7, {"Read more about this."});
  }
  SECTION("open") {
    for (int i = 0; i < 3; ++i) {
      pages.Add(7, {kBackground.substr(0, kBackground.size() - 1)});
    }
  }
  pages.AddOthers(5);
  CHECK(pages.Flag() ==
        Strings{"0:4 reused 3", "1:4 reused 3", "2:4 reused 3"});
}

TEST_CASE("a page on which the paragraph stays has a say", "[boilerplate]") {
  StoryPages pages;
  for (int i = 0; i < 3; ++i) pages.Add(7, {kBackground});
  pages.AddOthers(7);
  // On a page of little else it stays, as the page was seen before.
  SECTION("of the same story") {
    pages.AddShort(7, kBackground);
    CHECK(pages.Flag() == Strings{"0:4 story 4", "1:4 story 4", "2:4 story 4"});
  }
  SECTION("of another") {
    pages.AddShort(8, kBackground);
    CHECK(pages.Flag() ==
          Strings{"0:4 reused 4", "1:4 reused 4", "2:4 reused 4"});
  }
}

// A crawl of one outlet: five days of a trial, whose background is told each
// time, and thirty other reports.
Corpus TrialCorpus() {
  Random random(11);
  const auto report = [&](size_t story, bool tells_background) {
    Lines lines = LinesOfStory(random, story);
    if (tells_background) lines.insert(lines.begin() + 2, kBackground);
    lines.push_back("Subscribe to the letter of the Harbor Light");
    return Join(lines);
  };
  Corpus corpus;
  for (int i = 0; i < 5; ++i) {
    corpus.Add({"trial" + std::to_string(i), "", report(0, true),
                "harborlight.example"});
  }
  for (size_t i = 1; i <= 30; ++i) {
    corpus.Add({"", "", report(i, false), "harborlight.example"});
  }
  return corpus;
}

TEST_CASE("the background of a trial stays in its reports, and is told of",
          "[boilerplate][pipeline]") {
  const Corpus corpus = TrialCorpus();
  const auto check = [](std::span<const FlaggedLine> lines) {
    size_t story_lines = 0;
    size_t reused = 0;
    for (const FlaggedLine& line : lines) {
      story_lines += line.line_class == LineClass::kStory;
      reused += line.line_class == LineClass::kReused;
      if (line.line_class == LineClass::kStory) {
        CHECK(line.article < 5);
        CHECK(line.line == 3);
        CHECK(line.count == 5);
      }
    }
    CHECK(story_lines == 5);
    CHECK(reused == 35);
  };
  check(FoldArticles(corpus.articles(), {}).lines);
  check(FindBoilerplate(corpus.articles(), {}));
  PipelineOptions learned;
  learned.boilerplate.learned = true;
  check(FindBoilerplate(corpus.articles(), learned));
  for (const SourceReport& report : ReportSources(corpus.articles(), {})) {
    CHECK(report.lines.size() == 1);
  }
}

}  // namespace
}  // namespace storyfold
