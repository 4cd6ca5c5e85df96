// Lists behind the text that the end of the page bounds.

#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

// The lines of the first page that are flagged as teasers.
Strings TeasersOfFirst(const std::vector<FlaggedLine>& flags) {
  return SpelledTeasers(flags, "0:");
}

// So many pages that end in the heading, and so many that do not; the first of
// them with a list behind it.
std::vector<FlaggedLine> FlagsWithListToEnd(const Lines& list,
                                            int num_with_heading = 9,
                                            int num_other_pages = 1) {
  Random random(4);
  Pages pages;
  Lines first = {kBody, kHeading};
  first.insert(first.end(), list.begin(), list.end());
  pages.AddOnly(first);
  for (int i = 1; i < num_with_heading; ++i) {
    pages.AddOnly({"Page " + Body(random, 1)[0] + " that " + kBody, kHeading});
  }
  for (int i = 0; i < num_other_pages; ++i) {
    pages.AddOnly({Body(random, 1)[0] + " " + Body(random, 1)[0]});
  }
  return pages.Flag();
}

TEST_CASE("the end of the page bounds a list behind what nine tenths print",
          "[boilerplate]") {
  const Lines list = {"Two ministers met on an island",
                      "Storm expected by the weekend"};
  CHECK(TeasersOfFirst(FlagsWithListToEnd(list, 9, 1)) ==
        Strings{"0:3 teaser 1", "0:4 teaser 1"});
  CHECK(TeasersOfFirst(FlagsWithListToEnd(list, 9, 2)).empty());
  CHECK(TeasersOfFirst(FlagsWithListToEnd(list, 5, 0)).size() == 2);
  CHECK(TeasersOfFirst(FlagsWithListToEnd(list, 4, 0))
            .empty());  // of four nobody knows
  CHECK(TeasersOfFirst(FlagsWithListToEnd({"He did so.", list[0], kBody}))
            .empty());
}

TEST_CASE("one line to the end of the page is no list", "[boilerplate]") {
  // "Source:", "Photographs:"
  CHECK(
      TeasersOfFirst(FlagsWithListToEnd({"University of the Northern Island"}))
          .empty());
}

TEST_CASE("more than eight lines below what nearly all texts print stay",
          "[boilerplate]") {
  // "What we know so far", a timeline, the verses of a poem.
  Random random(9);
  Lines list;
  while (list.size() < 8) list.push_back("Ann " + Body(random, 1)[0] + " Lee");
  CHECK(TeasersOfFirst(FlagsWithListToEnd(list)).size() == 8);
  list.push_back("Ann and Bo were found on the island");
  CHECK(TeasersOfFirst(FlagsWithListToEnd(list)).empty());
}

TEST_CASE("what ends every page is no list of teasers where it looks like none",
          "[boilerplate]") {
  const Lines lists[] = {
      {"200 g of flour", "Two large onions finely chopped"},
      {"Two large onions finely chopped", "salt and freshly ground pepper"},
      {"Ann Lee", "Bo van der Marsh"},
      {"Two ministers met on an island", "Alpha 2"}};
  for (const Lines& list : lists) {
    CHECK(TeasersOfFirst(FlagsWithListToEnd(list)).empty());
  }
}

TEST_CASE("many recipes that all end in their ingredients keep them",
          "[boilerplate]") {
  Pages pages;
  const Strings dishes = {"pie", "soup", "stew", "cake", "bread", "salad"};
  for (const std::string& dish : dishes) {
    pages.AddOnly({"This " + dish + " that " + kBody, "Ingredients",
                   "200 g of " + dish + " flour", "Salted " + dish + " butter",
                   "Two onions, " + dish + "-sized"});
  }
  const auto flags = Spelled(pages.Flag());
  CHECK(flags.size() == dishes.size());
  for (const std::string& flag : flags) {
    CHECK(flag.find(":2 reused") != flag.npos);
  }
}

// Two pages of a gazette with titles, of which the second ends in a list that
// two more pages have the heading of.
std::vector<FlaggedLine> FlagsWithTitles(const Lines& list) {
  Corpus corpus;
  const Lines titles = {"Two ministers met on an island",
                        "Storm expected by the weekend"};
  for (const std::string& title : titles) {
    Lines lines = {title + ", while " + kBody, kHeading};
    if (title == titles[1]) lines.insert(lines.end(), list.begin(), list.end());
    corpus.Add({"", title, Join(lines), "gazette"});
  }
  std::vector<uint32_t> texts = {0, 1};
  return FlagLines(LineEvidence(ReadLines(corpus.articles()), {texts}, {}));
}

TEST_CASE("headlines below the title of another article are a list",
          "[boilerplate]") {
  CHECK(SpelledTeasers(FlagsWithTitles({"Two ministers met on an island",
                                        "Harbour closed after a fire"}),
                       "1:")
            .size() == 2);
  CHECK(SpelledTeasers(FlagsWithTitles({"Harbour closed after a fire"}), "1:")
            .empty());
  // A link to another recipe.
  CHECK(SpelledTeasers(
            FlagsWithTitles({"Two ministers met on an island",
                             "Harbour closed after a fire", "2 onions"}),
            "1:")
            .size() == 1);
}

TEST_CASE("so are lines with the title of the page, but where it comes first",
          "[boilerplate]") {
  CHECK(SpelledTeasers(
            FlagsWithTitles({"Harbour closed after a fire",
                             "Storm expected by the weekend", "Onions"}),
            "1:")
            .size() == 2);
  // A poem.
  CHECK(SpelledTeasers(FlagsWithTitles({"Storm expected by the weekend",
                                        "Rain to follow on the Monday",
                                        "Storm expected by the weekend",
                                        "All the sheep are in the hay"}),
                       "1:")
            .empty());
}

}  // namespace
}  // namespace storyfold
