// Lists behind the text: what changes from page to page between lines that do
// not.

#include <numeric>
#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

const std::string kFoot = "Leave a comment";

// Three pages of a text and a list, and one with the lines under test in it.
std::vector<FlaggedLine> FlagsWithList(const Lines& list, Lines text = {kBody},
                                       const std::string& heading = kHeading,
                                       const BoilerplateOptions& options = {}) {
  Pages pages;
  for (const std::string own : {"One page", "Other page", "Third page"}) {
    pages.AddOnly({own + " that " + kBody, heading, kFoot});
  }
  text.push_back(heading);
  text.insert(text.end(), list.begin(), list.end());
  text.push_back(kFoot);
  pages.AddOnly(text);
  return pages.Flag({}, options);
}

// The lines of the fourth page that are flagged as teasers.
Strings TeasersOfFourth(const std::vector<FlaggedLine>& flags) {
  return SpelledTeasers(flags, "3:");
}

TEST_CASE("new open lines between lines of the site are teasers",
          "[boilerplate]") {
  CHECK(TeasersOfFourth(FlagsWithList({"Two ministers met on an island",
                                       "Storm expected by the weekend"})) ==
        Strings{"3:3 teaser 1", "3:4 teaser 1"});
}

TEST_CASE("and so they are where two texts flag a line", "[boilerplate]") {
  CHECK(TeasersOfFourth(FlagsWithList({"Two ministers met on an island"},
                                      {kBody}, kHeading, {.min_texts = 2})) ==
        Strings{"3:3 teaser 1"});
}

TEST_CASE("a new line that is closed like a sentence stays", "[boilerplate]") {
  CHECK(TeasersOfFourth(FlagsWithList({"Two ministers met on an island.",
                                       "Storm expected by the weekend"})) ==
        Strings{"3:4 teaser 1"});
}

TEST_CASE("nothing is a teaser where text stands between", "[boilerplate]") {
  CHECK(TeasersOfFourth(
            FlagsWithList(
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
  CHECK(TeasersOfFourth(pages.Flag()).empty());
}

TEST_CASE("a paragraph much shorter than the longest is text, too",
          "[boilerplate]") {
  const std::string longest = kBody + " " + kBody + " " + kBody;
  const std::string short_one =
      "The fire, of which nobody knows how it began, was put out in the early "
      "morning by crews from four towns.";
  CHECK(TeasersOfFourth(
            FlagsWithList({"Two ministers met on an island", short_one},
                          {longest}))
            .empty());
  Pages pages;
  for (const std::string own : {"One page", "Other page", "Third page"}) {
    pages.AddOnly({own + " that " + longest, kHeading, kFoot});
  }
  pages.AddOnly(
      {longest, kHeading, "What the ministry says", kFoot, short_one});
  CHECK(TeasersOfFourth(pages.Flag()).empty());
}

TEST_CASE("nothing is a teaser where a table stands between", "[boilerplate]") {
  CHECK(TeasersOfFourth(FlagsWithList({"Net in millions",
                                       "Net 117 mln vs 106 mln after tax"}))
            .empty());
}

TEST_CASE("a headline with two numbers is no table", "[boilerplate]") {
  const std::string headline = "Storm takes the roofs off 12 houses in 3 towns";
  CHECK(TeasersOfFourth(
            FlagsWithList({"Two ministers met on an island", headline}))
            .size() == 2);
  SECTION("but two of them are") {
    CHECK(TeasersOfFourth(FlagsWithList({headline, headline + " of the coast"}))
              .empty());
  }
  SECTION("and one among lines that are no headlines") {
    CHECK(TeasersOfFourth(FlagsWithList({"Storm", headline})).empty());
  }
}

TEST_CASE("eight new lines are a list, nine are not", "[boilerplate]") {
  Lines list;
  for (int i = 0; i < 8; ++i) list.push_back("Teaser " + Numbered(9 * i, 2));
  CHECK(TeasersOfFourth(FlagsWithList(list)).size() == 8);
  list.push_back("Teaser of more");
  CHECK(TeasersOfFourth(FlagsWithList(list)).empty());
}

// As FlagsWithList, with `top` above the list and the titles of its pages.
std::vector<FlaggedLine> FlagsWithLongList(const std::string& top,
                                           const Lines& list) {
  Pages pages;
  const auto add_other = [&](const std::string& own) {
    pages.AddOnly({own + " that " + kBody, kHeading, kFoot},
                  own + " of the harbour");
  };
  for (const char* own : {"One page", "Other page", "Third page"}) {
    add_other(own);
  }
  Lines page = {kBody, kHeading, top};
  page.insert(page.end(), list.begin(), list.end());
  page.push_back(kFoot);
  pages.AddOnly(page);
  add_other("Last page");
  return pages.Flag();
}

TEST_CASE("up to 24 headlines are a list where a title is beside them",
          "[boilerplate]") {
  const std::string title = "Other page of the harbour";
  Lines list;
  for (int i = 0; i < 23; ++i) list.push_back("Teaser " + Numbered(9 * i, 3));
  const size_t all = 25;  // with the title
  list.push_back("Teaser of one more page");
  CHECK(TeasersOfFourth(FlagsWithLongList(title, list)).size() == all);
  SECTION("not where all pages have what is above them: a poem of the week") {
    CHECK(TeasersOfFourth(FlagsWithLongList(kHeading, list)).empty());
  }
  SECTION("nor where one of them is a name") {
    list.back() = "Ann van Lee";
    CHECK(TeasersOfFourth(FlagsWithLongList(title, list)).size() == 1);
  }
  SECTION("nor where one starts with a number or a small letter") {
    list.back() =
        GENERATE("200 g of the best flour", "freshly ground black pepper");
    CHECK(TeasersOfFourth(FlagsWithLongList(title, list)).size() == 1);
  }
  SECTION("25 are not") {
    list.push_back("Teaser of another page");
    CHECK(TeasersOfFourth(FlagsWithLongList(title, list)).size() == 1);
  }
}

TEST_CASE("lines before the text are no list", "[boilerplate]") {
  CHECK(TeasersOfFourth(FlagsWithList({"Two ministers met on an island",
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
  CHECK(TeasersOfFourth(
            FlagsWithList({"Two ministers met on an island"},
                          {kBody.substr(0, kBody.size() - 1) + " today"}))
            .empty());
}

TEST_CASE("numbers bound no list", "[boilerplate]") {
  CHECK(TeasersOfFourth(FlagsWithList({"Two ministers met on an island"},
                                      {kBody}, "400 000"))
            .empty());
}

// The flags of a closed line that two pages print behind their text, the sixth
// from their end, where four lines that all print stand there, too.
Strings FlagsBehindText(const std::string& line, const std::string& body,
                        int num_other_pages) {
  Random random(4);
  Pages pages;
  const Lines end = {kFoot, "Then the first words of all.",
                     "Then the last words of all.",
                     "Then some more words still."};
  for (const std::string own : {"One page", "Other page"}) {
    Lines lines = {own + " that " + body, "And so did " + own + ".", line,
                   "So says " + own + ", too."};
    lines.insert(lines.end(), end.begin(), end.end());
    pages.AddOnly(lines);
  }
  for (int i = 0; i < num_other_pages; ++i) {
    Lines lines = {Body(random, 1)[0] + " " + Body(random, 1)[0]};
    lines.insert(lines.end(), end.begin(), end.end());
    pages.AddOnly(lines);
  }
  Strings flags;
  for (const std::string& flag : Spelled(pages.Flag())) {
    if (flag.find(":3 ") != flag.npos && flag.ends_with(" 2")) {
      flags.push_back(flag);
    }
  }
  return flags;
}

TEST_CASE("two texts suffice behind the text where they are a tenth of all",
          "[boilerplate]") {
  CHECK(FlagsBehindText(kLong, kBody, 18) ==
        Strings{"0:3 reused 2", "1:3 reused 2"});
  SECTION("not where they are fewer") {
    const int num_other_pages = GENERATE(19, 27, 28);
    CHECK(FlagsBehindText(kLong, kBody, num_other_pages).empty());
  }
  SECTION("not where no paragraph says where the text ends") {
    CHECK(FlagsBehindText(kLong, "the harbour was closed.", 18).empty());
  }
  SECTION("not a paragraph") {
    CHECK(FlagsBehindText(kLong + " And so it is a paragraph.", kBody, 18)
              .empty());
  }
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

TEST_CASE("no lists and no lines of a rival flag what is behind a text",
          "[boilerplate]") {
  const Lines behind = {kHeading, "Two ministers met on an island", kLong,
                        "Storm expected by the weekend", kFoot};
  Lines gazette = {kBody};
  gazette.insert(gazette.end(), behind.begin(), behind.end());
  Corpus corpus;
  corpus.Add({"", "", Join(gazette), "gazette"});
  Random random(7);
  for (int i = 0; i < 20; ++i) {
    Lines rival = {Body(random, 1)[0] + " " + Body(random, 1)[0]};
    rival.insert(rival.end(), behind.begin(), behind.end());
    corpus.Add({"", "", Join(rival), "rival"});
  }
  std::vector<uint32_t> texts(corpus.articles().size());
  std::iota(texts.begin(), texts.end(), 0);
  const auto flags =
      FlagLines(LineEvidence(ReadLines(corpus.articles()), {texts}, {}));
  CHECK(flags.size() == 20 * behind.size());
  CHECK(BoilerplateLines(flags, 21).Of(0).empty());
}

}  // namespace
}  // namespace storyfold
