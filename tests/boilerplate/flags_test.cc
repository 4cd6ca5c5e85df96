// What makes a line boilerplate.

#include "boilerplate/flags.h"

#include <string>
#include <vector>

#include "catch.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

TEST_CASE("a line in three texts of a source is boilerplate", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 3; ++i) pages.Add({kLong});
  pages.Add({});
  CHECK(Spelled(pages.Flag()) ==
        Strings{"0:5 reused 3", "1:5 reused 3", "2:5 reused 3"});
}

TEST_CASE("numbers and dates may differ between the texts", "[boilerplate]") {
  Pages pages;
  pages.Add({"Last updated by the desk at 9:41 on March 3, 2031."});
  pages.Add({"Last updated by the desk at 14:05 on April 12, 2031."});
  pages.Add({"Last updated by the desk at 7 on May 1, 2032."});
  CHECK(Spelled(pages.Flag()) ==
        Strings{"0:5 reused 3", "1:5 reused 3", "2:5 reused 3"});
}

TEST_CASE("copies of one text count once", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) pages.Add({kLong});
  CHECK(pages.Flag({7, 7, 7, 7}).empty());
  CHECK(pages.Flag({7, 7, 3, 3}).empty());
  CHECK(
      Spelled(pages.Flag({7, 7, 3, 9})) ==
      Strings{"0:5 reused 3", "1:5 reused 3", "2:5 reused 3", "3:5 reused 3"});
}

TEST_CASE("a line many times on one page is one text", "[boilerplate]") {
  Pages pages;
  pages.Add({kLong, kLong, kLong, kLong});
  pages.Add({});
  CHECK(pages.Flag().empty());
}

TEST_CASE("two texts do not make boilerplate alone", "[boilerplate]") {
  Pages pages;
  SECTION("in the middle") {
    for (int i = 0; i < 2; ++i) pages.Add({kLong});
  }
  SECTION("third from the top") {
    pages.AddAround({"Alpha beta gamma.", "Delta epsilon zeta.", kLong}, {},
                    {});
    pages.AddAround({"Eta theta iota.", "Kappa lambda mu.", kLong}, {}, {});
  }
  SECTION("fourth from the bottom") {
    pages.AddAround({}, {}, {kLong, "Alpha.", "Beta.", "Gamma."});
    pages.AddAround({}, {}, {kLong, "Delta.", "Epsilon.", "Zeta."});
  }
  SECTION("short but closed") {
    for (int i = 0; i < 2; ++i) pages.Add({"Read more about this."});
  }
  SECTION("open but nine words") {
    for (int i = 0; i < 2; ++i) {
      pages.Add({"Read more about this and nine other things today"});
    }
  }
  SECTION("symbols") {
    for (int i = 0; i < 2; ++i) pages.Add({"* * *"});
  }
  CHECK(pages.Flag().empty());
}

TEST_CASE("two texts suffice at the edge of the page", "[boilerplate]") {
  Pages pages;
  SECTION("first") {
    for (int i = 0; i < 2; ++i) pages.AddAround({kLong}, {}, {});
    CHECK(Spelled(pages.Flag()) == Strings{"0:1 reused 2", "1:1 reused 2"});
  }
  SECTION("second") {
    pages.AddAround({"Alpha beta gamma.", kLong}, {}, {});
    pages.AddAround({"Delta epsilon zeta.", kLong}, {}, {});
    CHECK(Spelled(pages.Flag()) == Strings{"0:2 reused 2", "1:2 reused 2"});
  }
  SECTION("third from the bottom") {
    pages.AddAround({}, {}, {kLong, "Alpha.", "Beta."});
    pages.AddAround({}, {}, {kLong, "Gamma.", "Delta."});
    CHECK(Spelled(pages.Flag()) == Strings{"0:9 reused 2", "1:9 reused 2"});
  }
}

TEST_CASE("a paragraph is at the edge in a tenth of the texts only",
          "[boilerplate]") {
  const auto num_flags = [](int num_pages, const std::string& last) {
    Pages pages;
    for (int i = 0; i < num_pages; ++i) {
      Lines end;
      if (i < 2) end.push_back(last);
      pages.AddAround({}, {}, end);
    }
    return pages.Flag().size();
  };
  CHECK(num_flags(20, kWire) == 2);
  CHECK(num_flags(30, kWire) == 0);
  CHECK(num_flags(30, kLong) == 2);  // eleven words are none
}

TEST_CASE("two texts suffice for the shape of a label", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 2; ++i) {
    pages.Add({"Read more about this and eight other things"});
  }
  CHECK(Spelled(pages.Flag()) == Strings{"0:5 reused 2", "1:5 reused 2"});
}

TEST_CASE("a label of thirteen characters without spaces is short",
          "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 2; ++i) pages.Add({"首页新闻政治体育财经科技娱"});
  CHECK(Spelled(pages.Flag()) == Strings{"0:5 reused 2", "1:5 reused 2"});
}

TEST_CASE("two texts suffice beside a line of three texts", "[boilerplate]") {
  Pages pages;
  SECTION("after it") {
    pages.Add({kLong, kOtherLong});
    pages.Add({kLong, kOtherLong});
    pages.Add({kLong});
    CHECK(Spelled(pages.Flag()) == Strings{"0:5 reused 3", "0:6 reused 2",
                                           "1:5 reused 3", "1:6 reused 2",
                                           "2:5 reused 3"});
  }
  SECTION("before it") {
    pages.Add({kOtherLong, kLong});
    pages.Add({kOtherLong, kLong});
    pages.Add({kLong});
    CHECK(Spelled(pages.Flag()) == Strings{"0:5 reused 2", "0:6 reused 3",
                                           "1:5 reused 2", "1:6 reused 3",
                                           "2:5 reused 3"});
  }
  SECTION("but the sign does not spread") {
    const std::string third = "A third closed line with more than eight words.";
    pages.Add({kLong, kOtherLong, third});
    pages.Add({kLong, kOtherLong, third});
    pages.Add({kLong});
    CHECK(Spelled(pages.Flag()) == Strings{"0:5 reused 3", "0:6 reused 2",
                                           "1:5 reused 3", "1:6 reused 2",
                                           "2:5 reused 3"});
  }
}

TEST_CASE("the title of another article of the source is a teaser",
          "[boilerplate]") {
  Pages pages;
  pages.Add({}, "gazette", "Storm hits the coast");
  SECTION("in any case and punctuation") {
    pages.Add({"STORM HITS the coast."});
    const std::vector<FlaggedLine> flags = pages.Flag();
    CHECK(Spelled(flags) == Strings{"1:5 teaser 1"});
    CHECK(IsBoilerplate(flags.at(0).line_class));
  }
  SECTION("but not in another source") {
    pages.Add({"Storm hits the coast."}, "herald");
    CHECK(pages.Flag().empty());
  }
  SECTION("and not where that is a copy of this text") {
    pages.Add({"Storm hits the coast."});
    CHECK(pages.Flag({5, 5}).empty());
  }
  SECTION("and not with fewer than four words") {
    pages.Add({}, "gazette", "Storm hits coast");
    pages.Add({"Storm hits coast."});
    CHECK(pages.Flag().empty());
  }
}

TEST_CASE("two texts suffice for open lines along a list", "[boilerplate]") {
  const std::string teaser = "Read about the harbour and all of its ships in ";
  Pages pages;
  SECTION("that begins beside a flagged line") {
    for (int i = 0; i < 2; ++i) {
      pages.Add({kLong, teaser + "May", teaser + "winter", teaser + "port"});
    }
    pages.Add({kLong});
    CHECK(pages.Flag().size() == 9);
  }
  SECTION("that ends beside a flagged line") {
    for (int i = 0; i < 2; ++i) {
      pages.Add({teaser + "May", teaser + "winter", teaser + "port", kLong});
    }
    pages.Add({kLong});
    CHECK(pages.Flag().size() == 9);
  }
  SECTION("but not beside none") {
    for (int i = 0; i < 2; ++i) pages.Add({teaser + "May", teaser + "winter"});
    CHECK(pages.Flag().empty());
  }
}

TEST_CASE("no articles and empty texts have no flags", "[boilerplate]") {
  CHECK(FlagLines(LineEvidence(ReadLines({}), {}, {})).empty());
  Corpus corpus;
  for (int i = 0; i < 3; ++i) corpus.Add({"", "", "", "gazette"});
  CHECK(FlagLines(LineEvidence(ReadLines(corpus.articles()),
                               {std::vector<uint32_t>{0, 1, 2}}, {}))
            .empty());
}

TEST_CASE("reused lines and teasers are removed, the others stay",
          "[boilerplate]") {
  const std::vector<FlaggedLine> flags = {{0, 1, LineClass::kReused, 3, {}},
                                          {0, 4, LineClass::kQuote, 2, {}},
                                          {0, 9, LineClass::kTeaser, 1, {}},
                                          {2, 2, LineClass::kSyndicated, 2, {}},
                                          {2, 3, LineClass::kReused, 5, {}}};
  const RemovedLines removed = BoilerplateLines(flags, 3);
  const auto of = [&](ArticleId a) {
    const auto row = removed.Of(a);
    return std::vector<uint32_t>(row.begin(), row.end());
  };
  CHECK(of(0) == std::vector<uint32_t>{1, 9});
  CHECK(of(1).empty());
  CHECK(of(2) == std::vector<uint32_t>{3});
}

TEST_CASE("boilerplate needs two texts at least", "[boilerplate]") {
  CHECK(Validate(BoilerplateOptions{}).ok());
  CHECK(Validate(BoilerplateOptions{.min_texts = 2}).ok());
  CHECK_FALSE(Validate(BoilerplateOptions{.min_texts = 1}).ok());
  CHECK_FALSE(Validate(BoilerplateOptions{.min_texts_with_sign = 1}).ok());
}

TEST_CASE("min_texts says how many texts flag a line", "[boilerplate]") {
  Corpus corpus;
  Random random(9);
  for (int i = 0; i < 3; ++i) {
    Lines lines = Body(random, 9);
    lines[4] = kLong;
    corpus.Add({"", "", Join(lines), "gazette"});
  }
  const std::vector<uint32_t> text_of = {0, 1, 2};
  const LineTable table = ReadLines(corpus.articles());
  CHECK(FlagLines(LineEvidence(table, {text_of}, {.min_texts = 4})).empty());
  CHECK(FlagLines(LineEvidence(table, {text_of}, {.min_texts = 3})).size() ==
        3);
}

TEST_CASE("without signs a label needs as many texts as any line",
          "[boilerplate]") {
  Pages pages;
  const BoilerplateOptions no_signs{.signs = false};
  for (int i = 0; i < 2; ++i) pages.AddAround({}, {"Write to us"}, {kLong});
  CHECK(pages.Flag().size() == 4);
  CHECK(pages.Flag({}, no_signs).empty());
  pages.AddAround({}, {"Write to us"}, {kLong});
  CHECK(pages.Flag({}, no_signs).size() == 6);
}

}  // namespace
}  // namespace storyfold
