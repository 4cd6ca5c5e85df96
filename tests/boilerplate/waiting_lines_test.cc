// What a late flag must not remove, as a batch of the same pages keeps it.

#include "boilerplate/waiting_lines.h"

#include <algorithm>
#include <string>
#include <vector>

#include "boilerplate/line_keys.h"
#include "boilerplate/line_state.h"
#include "catch.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

const std::string kPaperNotice =
    "This notice stands on every page of the paper.";
const std::string kOwn =
    "Then the ferries went from the old port instead, and ";

// The numbers of the lines of the pages that are flagged late, as each page is
// a night of its own.
std::vector<uint32_t> LateLines(const std::vector<Lines>& pages) {
  LineState state;
  std::vector<uint32_t> late;
  for (uint32_t day = 1; day <= pages.size(); ++day) {
    Corpus corpus;
    corpus.Add({"", "", Join(pages[day - 1]), "gazette"});
    const std::vector<uint64_t> texts = {day};
    const std::vector<uint32_t> numbers = {day};
    const LineTable table = ReadLines(corpus.articles());
    for (const LateLine& line : state.Add({table, texts, numbers, day}, {})) {
      late.push_back(line.line);
    }
  }
  std::ranges::sort(late);
  late.erase(std::unique(late.begin(), late.end()), late.end());
  return late;
}

using Numbers = std::vector<uint32_t>;

TEST_CASE("a line of three texts and a label of two go late", "[boilerplate]") {
  std::vector<Lines> pages;
  for (const std::string own : {"one", "two", "three"}) {
    pages.push_back({kOwn + own + " of them came back on the next day.",
                     kPaperNotice, "And so did " + own + ".",
                     "Read more of this", "Many of " + own + " were late.",
                     "Some of " + own + " were not.",
                     "All of " + own + " are well."});
  }
  CHECK(LateLines(pages) == Numbers{2, 4});
}

TEST_CASE("no row of a table goes late, nor what stands among its rows",
          "[boilerplate]") {
  std::vector<Lines> pages;
  for (const std::string own : {"one", "two", "three"}) {
    const std::string n = std::to_string(own.size() + pages.size());
    pages.push_back({kOwn + own + " of them came back on the next day.",
                     "Net " + n + "1 mln vs " + n + "6 mln", "Full year",
                     "Net " + n + "2 mln vs " + n + "7 mln",
                     "Sales " + n + "3 mln vs " + n + "8 mln",
                     "Then came " + own + ".", kPaperNotice,
                     "Then went " + own + " of them."});
  }
  CHECK(LateLines(pages) == Numbers{7});
}

TEST_CASE("no label goes late that is among rows of figures two lines away",
          "[boilerplate]") {
  std::vector<Lines> pages;
  for (const std::string own : {"one", "two", "three"}) {
    const std::string n = std::to_string(own.size() + pages.size());
    pages.push_back({kOwn + own + " of them came back on the next day.",
                     "Net " + n + "1 mln vs " + n + "6 mln",
                     "Sales of " + own + " not given", "Full year",
                     "Loss of " + own + " not given",
                     "Net " + n + "2 mln vs " + n + "7 mln",
                     "Then came " + own + ".", "Then went " + own + " too."});
  }
  CHECK(LateLines(pages).empty());
}

TEST_CASE("no line goes late where a table of names and numbers is the text",
          "[boilerplate]") {
  std::vector<Lines> pages;
  for (const std::string mill : {"Alpha", "Beta", "Gamma"}) {
    pages.push_back({mill + " loss 31,200", mill + " sales 45 mln", "Half year",
                     mill + " loss seven cts", mill + " loss 64,700",
                     mill + " sales 91 mln"});
  }
  CHECK(LateLines(pages).empty());
}

TEST_CASE("no part of a broken sentence goes late", "[boilerplate]") {
  std::vector<Lines> pages;
  for (const std::string own : {"one", "two", "three"}) {
    pages.push_back({"The harbour was closed to " + own + " for two days, the",
                     "ministry of the islands said on Tuesday.",
                     "No more than " + own + " of the ships in the port were",
                     "damaged, the ministry of the islands said.",
                     "A crane that fell on " + own + " of the stores has been",
                     "lifted, the ministry of the islands said."});
  }
  CHECK(LateLines(pages).empty());
}

TEST_CASE("the name of who asks in interviews does not go late",
          "[boilerplate]") {
  std::vector<Lines> pages;
  for (const std::string own : {"one", "two", "three"}) {
    pages.push_back({kOwn + own + " of them came back on the next day."});
    for (const std::string turn : {"first", "next", "last"}) {
      for (const std::string& name : {std::string("The Gazette"), own}) {
        pages.back().push_back(name);
        pages.back().push_back("In the " + turn + " of " + own + " said " +
                               name + ".");
      }
    }
    pages.back().push_back("Read more of this");
  }
  CHECK(LateLines(pages) == Numbers{14});
}

TEST_CASE("the paragraphs of a story that is told three times do not go late",
          "[boilerplate]") {
  std::vector<Lines> pages;
  for (const std::string own : {"one", "two", "three"}) {
    pages.push_back(
        {"Now " + own + " of the ferries are back.", kWire,
         kOwn + "nobody knows when the harbour will be opened again.",
         "So says " + own + " of them."});
  }
  CHECK(LateLines(pages).empty());
}

}  // namespace
}  // namespace storyfold
