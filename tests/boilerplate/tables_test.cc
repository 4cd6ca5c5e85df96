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

TEST_CASE("a label stays among rows of figures", "[boilerplate]") {
  Pages pages;
  for (const char* n : {"3", "4", "5"}) {
    pages.Add({"Net " + std::string(n) + "2 mln vs " + n + "7 mln", "Year",
               "A share nil vs a loss of " + std::string(n) + "3 cts",
               "Net " + std::string(n) + "4 mln vs " + n + "9 mln"});
  }
  for (const std::string& flag : Spelled(pages.Flag())) {
    CHECK(flag.find(":6 ") == flag.npos);
  }
}

TEST_CASE("where a table is the text all of it stays", "[boilerplate]") {
  Pages pages;
  for (const char* n : {"3", "4", "5"}) pages.AddOnly(Results(n));
  for (const std::string& flag : Spelled(pages.Flag())) {
    CHECK(flag.find(":2 ") == flag.npos);
    CHECK(flag.find(":4 ") == flag.npos);
    CHECK(flag.find(":6 ") == flag.npos);
  }
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
