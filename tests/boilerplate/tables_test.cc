// Tables of numbers, of which no row and no label goes.

#include <string>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

// A table whose numbers are told by `n`.
Lines Results(const std::string& n) {
  return {"A share " + n + "1 cts vs nil",
          "Net " + n + "2 mln vs " + n + "7 mln",
          "Sales not given",
          "Year",
          "A share nil vs a loss of " + n + "3 cts",
          "Net " + n + "4 mln vs " + n + "9 mln"};
}

// Returns the number of pages of which this line goes.
size_t PagesThatLose(uint32_t line, const Pages& pages) {
  size_t num_pages = 0;
  for (const FlaggedLine& flag : pages.Flag()) num_pages += flag.line == line;
  return num_pages;
}

TEST_CASE("a label stays among rows of figures", "[boilerplate]") {
  Pages pages;
  for (const char* n : {"3", "4", "5"}) {
    pages.AddAround(
        {},
        {"Net " + std::string(n) + "2 mln vs " + n + "7 mln", "Year",
         "A share nil vs a loss of " + std::string(n) + "3 cts",
         "Net " + std::string(n) + "4 mln vs " + n + "9 mln"},
        {"Year"});
  }
  CHECK(PagesThatLose(6, pages) == 0);
  CHECK(PagesThatLose(13, pages) == 3);  // the same label elsewhere
}

TEST_CASE("where a table is the text all of it stays", "[boilerplate]") {
  Pages pages;
  SECTION("where its numbers change") {
    for (const char* n : {"3", "4", "5"}) pages.AddOnly(Results(n));
    CHECK(pages.Flag().empty());
  }
  SECTION("and where they do not it goes") {
    for (const char* n : {"3", "3", "3"}) pages.AddOnly(Results(n));
    for (const uint32_t line : {2, 4, 6}) {
      CHECK(PagesThatLose(line, pages) == 3);
    }
  }
}

TEST_CASE("a label stays among rows whose figures are told in words",
          "[boilerplate]") {
  Pages pages;
  for (const std::string n : {"3", "4", "5"}) {
    pages.AddOnly({"Net loss " + n + "6 mln vs a profit of " + n + "4 mln",
                   "Sales " + n + "2 mln vs not given", "Year",
                   "Net loss of " + n + "9 mln vs profit of four mln",
                   "Sales " + n + "6 mln vs " + n + "1 mln"});
  }
  CHECK(pages.Flag().empty());
}

// The number of three pages that lose the label above their only table, as so
// many other pages do not have it.
size_t PagesThatLoseHead(int num_other_pages) {
  Pages pages;
  for (const std::string n : {"3", "4", "5"}) {
    pages.AddOnly({"Half year", "Net " + n + "1 mln vs " + n + "6 mln",
                   "Sales " + n + "2 mln vs " + n + "7 mln"});
  }
  for (int i = 0; i < num_other_pages; ++i) pages.Add({});
  return PagesThatLose(1, pages);
}

TEST_CASE("a label right above a table that is the text stays, the site's goes",
          "[boilerplate]") {
  CHECK(PagesThatLoseHead(28) == 0);
  CHECK(PagesThatLoseHead(27) == 3);  // a tenth of the texts
}

TEST_CASE("a table may be told by numbers side by side", "[boilerplate]") {
  Pages pages;
  SECTION("a row of figures beside a new line with a number") {
    for (const std::string n : {"3", "4", "5"}) {
      pages.AddOnly({"Costs of plant " + n + " and of all others not given",
                     "Net " + n + "5 mln vs " + Numbered(7, n[0] - '0') +
                         " mln in the year before",
                     "Sales " + n + "2 mln vs " + n + "7 mln",
                     "NOTE: sales are those of the mills and"});
    }
    CHECK(PagesThatLose(3, pages) == 0);
  }
  SECTION("new lines of a name and a number") {
    for (const std::string mill : {"Alpha", "Beta", "Gamma"}) {
      pages.AddOnly({mill + " loss 31,200", mill + " sales 45 mln", "Year",
                     mill + " loss seven cts", mill + " loss 64,700",
                     mill + " sales 91 mln"});
    }
    CHECK(pages.Flag().empty());
  }
  SECTION("but not by one") {
    for (const std::string mill : {"Alpha", "Beta", "Gamma"}) {
      pages.AddOnly({mill + " loss 31,200", mill + " sales not given", "Year",
                     mill + " loss seven cts", mill + " loss 64,700"});
    }
    CHECK(PagesThatLose(3, pages) == 3);
  }
}

TEST_CASE("labels go where a paragraph stands beside a table",
          "[boilerplate]") {
  Pages pages;
  for (const std::string n : {"3", "4", "5"}) {
    pages.AddOnly({n + " pages, of which " + kWire,
                   "Visits " + n + "6 and " + n + "4 in all towns of them",
                   n + " minutes to read", "Report this page",
                   n + " minutes to print", "Then the last words of all."});
  }
  CHECK(PagesThatLose(4, pages) == 3);
}

TEST_CASE("a note among the rows of a table stays, behind the text, too",
          "[boilerplate]") {
  Random random(5);
  Pages pages;
  for (const std::string n : {"3", "4"}) {
    pages.AddOnly({Body(random, 1)[0] + " " + Body(random, 1)[0],
                   "Net " + n + "1 mln vs " + n + "6 mln",
                   "Costs " + n + "2 mln vs " + n + "7 mln", kLong,
                   "Sales " + n + "3 mln vs " + n + "8 mln",
                   "Tax " + n + "4 mln vs " + n + "9 mln",
                   "Debt " + n + "5 mln vs " + n + "1 mln", "Leave a comment"});
  }
  CHECK(Spelled(pages.Flag()) == Strings{"0:8 reused 2", "1:8 reused 2"});
}

TEST_CASE("numbers that two rows share by chance change all the same",
          "[boilerplate]") {
  Pages pages;
  for (const std::string n : {"3", "3", "4", "5"}) {
    pages.Add({"Net " + n + "1 mln vs " + n + "6 mln",
               "Sales " + n + "2 mln vs " + n + "7 mln"});
  }
  CHECK(pages.Flag().empty());
}

TEST_CASE("four lines with a number each, one below the other, are a table",
          "[boilerplate]") {
  Pages pages;
  const auto prices = [](const std::string& n) -> Lines {
    return {"Alpha Steel " + n + "1.20 +" + n + ".10", "Labour " + n + "7 %",
            "Gamma Rail " + n + "3.75", "Delta Bank " + n + "4.80 -0.15"};
  };
  for (const char* n : {"3", "4", "5"}) pages.Add(prices(n));
  CHECK(pages.Flag().empty());
  SECTION("three are counters of the site") {
    for (const std::string n : {"3", "4", "5"}) {
      pages.Add(
          {"Views: " + n + "21", "Comments: " + n + "7", "Shares: " + n + "3"});
    }
    CHECK(pages.Flag().size() == 9);
  }
}

TEST_CASE("they stay where no other page has all four", "[boilerplate]") {
  Pages pages;
  const auto poll = [](const std::string& n) -> Lines {
    return {"Labour 3" + n.substr(0, 1) + " %", "Tories 2" + n.substr(1, 1),
            "Greens 1" + n.substr(2, 1), "Reform 2" + n.substr(3, 1)};
  };
  for (const char* n : {"1122", "1212", "2121", "2211"}) pages.Add(poll(n));
  CHECK(pages.Flag().empty());
  SECTION("and go where three have them") {
    for (int i = 0; i < 3; ++i) pages.Add(poll("1111"));
    CHECK(pages.Flag().size() == 12);
  }
}

// Nine pages that end in counters, the second of them with this name and unit.
Pages WithCounters(const std::string& second, const std::string& unit = "") {
  Random random(7);
  Pages pages;
  for (char n = '1'; n <= '9'; ++n) {
    pages.AddOnly({Body(random, 1)[0] + " " + Body(random, 1)[0],
                   std::string("Views: ") + n + "21", second + ": " + n + unit,
                   std::string("Likes: ") + n + "4",
                   std::string("Shares: ") + n + "3"});
  }
  return pages;
}

TEST_CASE("counters that nine tenths of the texts end in are no table",
          "[boilerplate]") {
  Pages pages = WithCounters("Comments");
  pages.Add({});
  CHECK(pages.Flag().size() == 36);
  SECTION("fewer are one") {
    pages.Add({});
    CHECK(pages.Flag().empty());
  }
  SECTION("and so are rows of several words") {
    CHECK(WithCounters("Alpha Steel").Flag().empty());
  }
  SECTION("and shares and sums") {
    CHECK(WithCounters("Labour", " %").Flag().empty());
    CHECK(WithCounters("Gold", " €").Flag().empty());
  }
}

TEST_CASE("two characters of a table count as a word in scripts without spaces",
          "[boilerplate]") {
  Pages pages;
  SECTION("parties of an election") {
    for (const std::string n : {"3", "4", "5"}) {
      pages.Add({"自由民主党 " + n + "2%", "公明党 " + n + "%",
                 "立憲民主党 2" + n + "%", "日本共産党 1" + n + "%"});
    }
    CHECK(pages.Flag().empty());
  }
  SECTION("counters") {
    Random random(7);
    for (char n = '1'; n <= '9'; ++n) {
      pages.AddOnly({Body(random, 1)[0] + " " + Body(random, 1)[0],
                     std::string("阅读 ") + n + "21", std::string("评论 ") + n,
                     std::string("点赞 ") + n + "4",
                     std::string("分享 ") + n + "3"});
    }
    CHECK(pages.Flag().size() == 36);
  }
}

TEST_CASE("a dateline with two numbers is no row of figures", "[boilerplate]") {
  Pages pages;
  for (const std::string n : {"3", "3", "4", "5"}) {
    pages.Add({"For the press on day " + n + " call the office at 555",
               "Sent to the press at " + n + " by the office at 555"});
  }
  CHECK(Spelled(pages.Flag()) == Strings{"0:5 reused 4", "0:6 reused 4",
                                         "1:5 reused 4", "1:6 reused 4"});
}

TEST_CASE("a year that ends a broken sentence stays with it", "[boilerplate]") {
  Pages pages;
  for (const char* town : {"Brookmere", "Ashdown", "Millbridge"}) {
    pages.AddOnly(
        {"The council of " + std::string(town) + " has met.",
         "Work on the bridge of " + std::string(town) + " is to end in",
         "2031."});
  }
  CHECK(pages.Flag().empty());
}

}  // namespace
}  // namespace storyfold
