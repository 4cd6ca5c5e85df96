#include "boilerplate/speakers.h"

#include <string>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

const Strings kSpeakers = {"Ann Lee", "Bo Marsh", "Cy Wong"};

// Three pages on which `first` and the other name stand above a line of text,
// so many times each.
Pages InTurns(const std::string& first, const Strings& names, int turns) {
  Random random(3);
  Pages pages;
  for (const std::string& name : names) {
    Lines lines = Body(random, 3);
    for (int i = 0; i < turns; ++i) {
      lines.push_back(first);
      lines.push_back(Body(random, 1)[0]);
      lines.push_back(name);
      lines.push_back(Body(random, 1)[0]);
    }
    pages.Add(lines);
  }
  return pages;
}

TEST_CASE("names of two who speak in turns stay", "[boilerplate]") {
  CHECK(InTurns("The Gazette", kSpeakers, 3).Flag().empty());
  CHECK(InTurns("The Gazette", {"Ann Lee", "Bo Marsh", "Ann Lee"}, 5)
            .Flag()
            .empty());
  SECTION("two turns are none") {
    CHECK_FALSE(InTurns("The Gazette", {"Ann Lee", "Bo Marsh", "Ann Lee"}, 2)
                    .Flag()
                    .empty());
  }
}

TEST_CASE("also where both are the same on every page", "[boilerplate]") {
  CHECK(InTurns("Reader", {"Ann Lee", "Ann Lee", "Ann Lee"}, 3).Flag().empty());
}

// Three pages on which these labels stand above a line of text each, in turns.
Pages WithLabels(const Strings& labels) {
  Random random(3);
  Pages pages;
  for (int page = 0; page < 3; ++page) {
    Lines lines = Body(random, 3);
    for (const std::string& label : labels) {
      lines.push_back(label);
      lines.push_back(Body(random, 1)[0]);
    }
    pages.Add(lines);
  }
  return pages;
}

TEST_CASE("names of three who speak stay", "[boilerplate]") {
  const std::string a = "Ann Lee";
  const std::string b = "Bo Marsh";
  const std::string host = "The Gazette";
  CHECK(WithLabels({host, a, host, b, host, a, b, host, a, b}).Flag().empty());
  SECTION("but no label that stands there once") {
    CHECK(WithLabels({host, a, host, a, host, a, "Advertisement"})
              .Flag()
              .size() == 3);
  }
  SECTION("nor one that comes twice in turn") {
    CHECK(WithLabels({host, host, host, host, host, host}).Flag().size() == 18);
  }
}

TEST_CASE("a label below each of many comments goes", "[boilerplate]") {
  Random random(3);
  Pages pages;
  for (const std::string& name : kSpeakers) {
    Lines lines;
    for (int i = 0; i < 5; ++i) {
      lines.push_back(Body(random, 1)[0]);
      lines.push_back("Posted by " + name + Numbered(7 * i, 1));
      lines.push_back("Report this comment");
    }
    pages.Add(lines);
  }
  size_t num_reported = 0;
  for (const FlaggedLine& flag : pages.Flag()) {
    num_reported += flag.line >= 5 && flag.line % 3 == 1;
  }
  CHECK(num_reported == 15);
}

TEST_CASE("so do two labels with no text between them", "[boilerplate]") {
  Random random(3);
  Pages pages;
  for (int page = 0; page < 3; ++page) {
    Lines lines;
    for (int i = 0; i < 5; ++i) {
      lines.push_back(Body(random, 1)[0]);
      lines.push_back("Click to rate");
      lines.push_back("Report abuse");
    }
    pages.Add(lines);
  }
  CHECK(pages.Flag().size() == 30);
}

}  // namespace
}  // namespace storyfold
