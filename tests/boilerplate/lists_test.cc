// Lists behind the text: what changes from page to page between lines that do
// not.

#include <string>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

const std::string kBody =
    "The harbour was closed for two days after a fire broke out in a store, "
    "and the ferries to the islands went from the old port instead.";
const std::string kHeading = "Read also";
const std::string kFoot = "Leave a comment";

// Three pages of a text and a list, and one with the lines under test in it.
std::vector<FlaggedLine> FlagsWithList(const Lines& list, Lines text = {kBody},
                                       const std::string& heading = kHeading) {
  Pages pages;
  for (const std::string own : {"One page", "Other page", "Third page"}) {
    pages.AddOnly({own + " that " + kBody, heading, kFoot});
  }
  text.push_back(heading);
  text.insert(text.end(), list.begin(), list.end());
  text.push_back(kFoot);
  pages.AddOnly(text);
  return pages.Flag();
}

// The lines of the fourth page that are flagged as teasers.
Strings Teasers(const std::vector<FlaggedLine>& flags) {
  Strings teasers;
  for (const std::string& flag : Spelled(flags)) {
    if (flag.starts_with("3:") && flag.find("teaser") != flag.npos) {
      teasers.push_back(flag);
    }
  }
  return teasers;
}

TEST_CASE("new open lines between lines of the site are teasers",
          "[boilerplate]") {
  CHECK(Teasers(FlagsWithList({"Two ministers met on an island",
                               "Storm expected by the weekend"})) ==
        Strings{"3:3 teaser 1", "3:4 teaser 1"});
}

TEST_CASE("a new line that is closed like a sentence stays", "[boilerplate]") {
  CHECK(Teasers(FlagsWithList({"Two ministers met on an island.",
                               "Storm expected by the weekend"})) ==
        Strings{"3:4 teaser 1"});
}

TEST_CASE("nothing is a teaser where text stands between", "[boilerplate]") {
  CHECK(Teasers(FlagsWithList(
                    {"A heading inside of the text",
                     "The fire, of which nobody knows how it began, was put "
                     "out in the early morning by crews from four towns."}))
            .empty());
}

TEST_CASE("nothing is a teaser where the text goes on behind it",
          "[boilerplate]") {
  Pages pages;
  for (const std::string own : {"One page", "Other page", "Third page"}) {
    pages.AddOnly({own + " that " + kBody, kHeading, kFoot});
  }
  pages.AddOnly({kBody, kHeading, "What the ministry says", kFoot,
                 "The fire, of which nobody knows how it began, was put out in "
                 "the early morning by crews from four towns."});
  CHECK(Teasers(pages.Flag()).empty());
}

TEST_CASE("nothing is a teaser where a table stands between", "[boilerplate]") {
  CHECK(Teasers(FlagsWithList(
                    {"Net in millions", "Net 117 mln vs 106 mln after tax"}))
            .empty());
}

TEST_CASE("eight new lines are a list, nine are not", "[boilerplate]") {
  Lines list;
  for (int i = 0; i < 8; ++i) list.push_back("Teaser " + Numbered(9 * i, 3));
  CHECK(Teasers(FlagsWithList(list)).size() == 8);
  list.push_back("Teaser of one more page");
  CHECK(Teasers(FlagsWithList(list)).empty());
}

TEST_CASE("lines before the text are no list", "[boilerplate]") {
  CHECK(Teasers(FlagsWithList({"Two ministers met on an island",
                               kBody.substr(0, kBody.size() - 1)},
                              {}))
            .empty());
  Pages pages;
  for (const std::string own : {"One page", "Other page", "Third page"}) {
    pages.AddOnly({kHeading, "Headline of " + own, kFoot, own + kBody});
  }
  for (const std::string& flag : Spelled(pages.Flag())) {
    CHECK(flag.find("teaser") == flag.npos);
  }
}

TEST_CASE("where the text is not punctuated nothing is a teaser",
          "[boilerplate]") {
  CHECK(Teasers(FlagsWithList({"Two ministers met on an island"},
                              {kBody.substr(0, kBody.size() - 1) + " today"}))
            .empty());
}

TEST_CASE("numbers bound no list", "[boilerplate]") {
  CHECK(Teasers(FlagsWithList({"Two ministers met on an island"}, {kBody},
                              "400 000"))
            .empty());
}

TEST_CASE("lines of few of the texts of a source bound no list",
          "[boilerplate]") {
  const auto flags_of = [](int num_texts) {
    Random random(3);
    Pages pages;
    for (int i = 0; i < num_texts; ++i) {
      const std::string body = Body(random, 1)[0] + " " + Body(random, 1)[0];
      const std::string teaser = RandomText(random, 5, 100'000'000);
      if (i < 4) {
        pages.AddOnly({body, kHeading, teaser, kFoot});
      } else {
        pages.AddOnly({body});
      }
    }
    return pages.Flag().size();
  };
  CHECK(flags_of(40) == 12);  // heading, teaser and foot of four pages
  CHECK(flags_of(50) == 8);
}

}  // namespace
}  // namespace storyfold
