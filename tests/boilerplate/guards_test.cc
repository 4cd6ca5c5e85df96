// What keeps a line though it recurs.

#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

TEST_CASE("the title of the article is never boilerplate", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 3; ++i) {
    pages.AddAround({"STORM HITS THE COAST!"}, {}, {}, "gazette",
                    "Storm hits the coast");
  }
  CHECK(pages.Flag().empty());
}

TEST_CASE("a wire paragraph stays, as syndicated", "[boilerplate]") {
  Pages pages;
  SECTION("one text in three sources") {
    for (const char* source : {"gazette", "herald", "courier"}) {
      pages.Add({kWire}, source);
    }
    const std::vector<FlaggedLine> flags = pages.Flag({2, 2, 2});
    CHECK(Spelled(flags) ==
          Strings{"0:5 syndicated 3", "1:5 syndicated 3", "2:5 syndicated 3"});
    CHECK_FALSE(IsBoilerplate(LineClass::kSyndicated));
    CHECK(BoilerplateLines(flags, 3).Of(0).empty());
  }
  SECTION("two texts in two sources, even at the edge") {
    pages.AddAround({kWire}, {}, {}, "gazette");
    pages.AddAround({kWire}, {}, {}, "herald");
    CHECK(Spelled(pages.Flag()) ==
          Strings{"0:1 syndicated 2", "1:1 syndicated 2"});
  }
  SECTION("a short line of several sources is nothing") {
    pages.Add({"Agencies contributed to this report today"}, "gazette");
    pages.Add({"Agencies contributed to this report today"}, "herald");
    CHECK(pages.Flag().empty());
  }
}

TEST_CASE("the only paragraph of a page stays", "[boilerplate]") {
  Pages pages;  // a brief that was crawled again while a counter went on
  for (const char* counter : {"Read often", "Read by many", "Read by all"}) {
    pages.AddOnly({kWire, counter});
  }
  CHECK(pages.Flag().empty());
}

TEST_CASE("quoted speech stays, as quote", "[boilerplate]") {
  Pages pages;
  SECTION("in two texts of a source") {
    for (int i = 0; i < 2; ++i) pages.AddAround({kSaid}, {}, {});
    const std::vector<FlaggedLine> flags = pages.Flag();
    CHECK(Spelled(flags) == Strings{"0:1 quote 2", "1:1 quote 2"});
    CHECK(BoilerplateLines(flags, 2).Of(0).empty());
  }
  SECTION("in three texts of three sources") {
    for (const char* source : {"gazette", "herald", "courier"}) {
      pages.Add({kSaid}, source);
    }
    CHECK(Spelled(pages.Flag()) ==
          Strings{"0:5 quote 3", "1:5 quote 3", "2:5 quote 3"});
  }
}

TEST_CASE("a line with fewer than two words counts only at the edge",
          "[boilerplate]") {
  Pages pages;
  const std::string line =
      GENERATE("12.", "March 4.", "Friday, 13:30!", "Ends 13:30.");
  CAPTURE(line);
  SECTION("not in the middle") {
    for (int i = 0; i < 4; ++i) pages.Add({line});
    CHECK(pages.Flag().empty());
  }
  SECTION("third from the top") {
    for (int i = 0; i < 3; ++i) {
      Random random(static_cast<uint64_t>(100 + i));
      Lines top = Body(random, 2);
      top.push_back(line);
      pages.AddAround(top, {}, {});
    }
    CHECK(Spelled(pages.Flag()) ==
          Strings{"0:3 reused 3", "1:3 reused 3", "2:3 reused 3"});
  }
  SECTION("last") {
    for (int i = 0; i < 3; ++i) pages.AddAround({}, {}, {line});
    CHECK(Spelled(pages.Flag()) ==
          Strings{"0:9 reused 3", "1:9 reused 3", "2:9 reused 3"});
  }
}

TEST_CASE("or where it has the shape of a label", "[boilerplate]") {
  Pages pages;
  const std::string line = GENERATE("12", "March 4", "Advertisement");
  for (int i = 0; i < 3; ++i) pages.Add({line});
  CHECK(Spelled(pages.Flag()) ==
        Strings{"0:5 reused 3", "1:5 reused 3", "2:5 reused 3"});
}

TEST_CASE("a page seen before keeps its paragraphs", "[boilerplate]") {
  const std::string more =
      "Fishermen on the quay told reporters that they had expected nothing "
      "else from a meeting held so late in the year.";
  const std::string own =
      "Only this paragraph is its own one, and it is long enough to count as "
      "a paragraph because it has many words in page ";
  Pages pages;
  SECTION("when more words of them would go than stay") {
    for (const char* page : {"one.", "two.", "six."}) {
      pages.AddOnly({kWire, more, own + page, "Subscribe to the gazette"});
    }
    CHECK(Spelled(pages.Flag()) ==
          Strings{"0:4 reused 3", "1:4 reused 3", "2:4 reused 3"});
  }
  SECTION("but loses fewer") {
    for (const char* page : {"one.", "two.", "six."}) {
      pages.AddOnly({kWire, own + page});
    }
    CHECK(Spelled(pages.Flag()) ==
          Strings{"0:1 reused 3", "1:1 reused 3", "2:1 reused 3"});
  }
  SECTION("and loses teasers, however many") {
    const std::string teaser =
        "Read why so many of the readers of this paper have written to the "
        "editors about the bridge";
    for (const char* page : {"one.", "two.", "six."}) {
      pages.AddOnly({own + page, teaser + " today", teaser + " again"});
    }
    CHECK(Spelled(pages.Flag()) == Strings{"0:2 reused 3", "0:3 reused 3",
                                           "1:2 reused 3", "1:3 reused 3",
                                           "2:2 reused 3", "2:3 reused 3"});
  }
}

TEST_CASE("rows of a table stay where their numbers change", "[boilerplate]") {
  const auto with_numbers = [](const std::string& n) {
    return Lines{"Net " + n + "1 mln vs " + n + "6 mln",
                 "Sales " + n + "2 mln vs " + n + "7 mln", "Year",
                 "Net " + n + "3 mln vs " + n + "8 mln",
                 "Sales " + n + "4 mln vs " + n + "9 mln"};
  };
  Pages pages;
  SECTION("as does what stands between two") {
    for (const char* n : {"3", "4", "5"}) pages.Add(with_numbers(n));
    CHECK(pages.Flag().empty());
  }
  SECTION("but not where they are the same") {
    for (int i = 0; i < 3; ++i) pages.Add(with_numbers("3"));
    CHECK(pages.Flag().size() == 15);
  }
  SECTION("and one such line is no table") {
    for (const std::string n : {"3", "4", "5"}) {
      pages.Add({n + " comments and " + n + "1 likes"});
    }
    CHECK(pages.Flag().size() == 3);
  }
  SECTION("nor are dates") {
    for (const std::string n : {"3", "4", "5"}) {
      pages.Add({"Posted " + n + " May at " + n, "Edited " + n + " May at 1"});
    }
    CHECK(pages.Flag().size() == 6);
  }
}

TEST_CASE("a sentence broken into lines goes as a whole", "[boilerplate]") {
  Pages pages;
  SECTION("so it stays where one of its lines is new") {
    for (const char* who : {"baker", "mayor", "clerk"}) {
      pages.Add({"The bridge will stay closed, said the",
                 std::string(who) + " of the small town on the island and the",
                 "other officials who had gathered there."});
    }
    CHECK(pages.Flag().empty());
  }
  SECTION("also where it goes on with a name, on a page of such lines") {
    for (const char* town : {"Brookmere", "Ashdown", "Millbridge"}) {
      const std::string own = town;
      pages.AddOnly({"The ministers of both parts of the island said to",
                     "the people of " + own + " that all of the bridges of",
                     "the " + own + " road are to be made good again by",
                     "the summer, if the council of " + own + " agrees.",
                     "The spokesman of the council of the northern island,",
                     "Dan " + own + ", said so."});
    }
    CHECK(pages.Flag().empty());
  }
  SECTION("also its first line, though it is short") {
    for (const char* town : {"Brookmere", "Ashdown", "Millbridge"}) {
      const std::string own = town;
      pages.AddOnly({"Harbour Minister Olga Lund",
                     "said in " + own + " that all the ships of the island",
                     "are to carry a second light from now on, and that",
                     "the council of " + own + " had been asked before that",
                     "was made law by the assembly of " + own + "."});
    }
    CHECK(pages.Flag().empty());
  }
  SECTION("also its first line, on a page of few lines") {
    for (const char* town : {"Brookmere", "Ashdown", "Millbridge"}) {
      const std::string own = town;
      pages.AddOnly({"Harbour Minister Olga Lund",
                     "said in " + own + " that all the ships of the island",
                     "are to carry a second light from now on, and that",
                     "the council of " + own + " had been asked before."});
    }
    CHECK(pages.Flag().empty());
  }
  SECTION("also its end, though it is but a date") {
    for (const char* town : {"Brookmere", "Ashdown", "Millbridge"}) {
      const std::string own = town;
      pages.AddOnly({"The council of " + own + " has met.",
                     "Work on the bridge of " + own + " is to end in",
                     "October 2031."});
    }
    CHECK(pages.Flag().empty());
  }
  SECTION("and goes where all recur") {
    for (int i = 0; i < 3; ++i) {
      pages.Add({"This page may not be printed, sold or",
                 "given away by anybody who has not asked",
                 "the publishers for it."});
    }
    CHECK(pages.Flag().size() == 9);
  }
  SECTION("but short items in small letters are a list") {
    for (const char* item : {"cars", "boats", "planes"}) {
      pages.Add({"home page", "all the news", item, "about this paper"});
    }
    CHECK(pages.Flag().size() == 12);  // with the items between them
  }
}

// The flags of 200 pages of two lines of their own, of which the first few
// carry a line that recurs, too.
size_t NumFlagsOf(size_t num_with_line, const std::string& body,
                  const BoilerplateOptions& options = {}) {
  Random random(9);
  Pages pages;
  for (size_t i = 0; i < 200; ++i) {
    Lines lines = Body(random, 2);
    if (i < num_with_line) lines.emplace_back("he said to our reporter");
    lines.push_back(body + Body(random, 1)[0]);
    pages.AddOnly(lines);
  }
  return pages.Flag({}, options).size();
}

TEST_CASE("where text is in rows, one that few of many texts share stays",
          "[boilerplate]") {
  CHECK(NumFlagsOf(3, "") == 0);
  CHECK(NumFlagsOf(4, "") == 4);  // one in fifty
  CHECK(NumFlagsOf(3, "", {.min_texts = 2}) == 0);
}

// The number of flags where three pages of broken sentences hold this line
// behind the end of one, and so many others do not.
size_t NumFlagsOfPart(const std::string& line, int num_other_pages) {
  Random random(9);
  Pages pages;
  for (int i = 0; i < num_other_pages + 3; ++i) {
    Lines lines;
    for (int k = 0; k < 3; ++k) {
      lines.push_back("The " + RandomText(random, 8, 100'000'000));
      lines.push_back("and " + RandomText(random, 8, 100'000'000) + ".");
    }
    if (i < 3) lines.insert(lines.begin() + 4, line);
    pages.AddOnly(lines);
  }
  return pages.Flag().size();
}

TEST_CASE(
    "where sentences are broken, what goes on from a line is the site's "
    "in a tenth of the texts only",
    "[boilerplate]") {
  CHECK(NumFlagsOfPart("he said", 28) == 0);
  CHECK(NumFlagsOfPart("he said", 27) == 3);
  CHECK(NumFlagsOfPart("He said", 28) == 3);
}

TEST_CASE("where text is in paragraphs, lines of few of many texts go",
          "[boilerplate]") {
  CHECK(NumFlagsOf(3,
                   "And this makes a paragraph of the line, as it has more "
                   "words than are in all the other lines of the page. ") == 3);
}

TEST_CASE("one long row among others makes no paragraphs of them",
          "[boilerplate]") {
  CHECK(NumFlagsOf(3, "And this makes one long row of it. ") == 0);
}

TEST_CASE("a headline with a word in quotation marks is no speech",
          "[boilerplate]") {
  const std::string headline =
      "Readers write about the \"bridge of sighs\" on the island and the "
      "ships that had to wait";
  Pages pages;
  for (int i = 0; i < 2; ++i) pages.AddAround({headline}, {}, {});
  CHECK(Spelled(pages.Flag()) == Strings{"0:1 reused 2", "1:1 reused 2"});
}

TEST_CASE("a source does not flag the texts of another", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 3; ++i) pages.Add({kLong}, "gazette");
  pages.Add({kLong}, "herald");
  CHECK(Spelled(pages.Flag()) ==
        Strings{"0:5 reused 3", "1:5 reused 3", "2:5 reused 3"});
}

TEST_CASE("a source that repeats the paragraphs of another flags none of them",
          "[boilerplate]") {
  Pages pages;
  pages.Add({kWire, kLong}, "gazette");
  for (int i = 0; i < 9; ++i) pages.Add({kWire, kLong}, "rival");
  const std::vector<FlaggedLine> flags = pages.Flag();
  CHECK(BoilerplateLines(flags, 10).Of(0).empty());
  CHECK(BoilerplateLines(flags, 10).Of(1).size() == 2);
}

TEST_CASE("no number of pages of a rival flags a line of a source",
          "[boilerplate]") {
  // Its wire copy stands in an honest source, too, so that sources are many.
  Pages pages;
  pages.AddAround({kLong}, {kWire, kOtherLong}, {kSaid}, "gazette");
  pages.AddAround({}, {kWire}, {}, "herald");
  for (int i = 0; i < 20; ++i) {
    pages.AddAround({kLong}, {kWire, kOtherLong}, {kSaid}, "rival",
                    "This closed line of eleven words stands on many a page");
  }
  const std::vector<FlaggedLine> flags = pages.Flag();
  CHECK(BoilerplateLines(flags, 22).Of(0).empty());
  CHECK(BoilerplateLines(flags, 22).Of(1).empty());
}

}  // namespace
}  // namespace storyfold
