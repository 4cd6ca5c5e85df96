// Longer than other tests: each rule and each guard of the stage has its case.

#include "boilerplate/flags.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/growth.h"

namespace storyfold {
namespace {

using Lines = std::vector<std::string>;
using Strings = std::vector<std::string>;

const std::string kLong =
    "This closed line of eleven words stands on many a page.";
const std::string kOtherLong =
    "Another closed line that has just more than eight words here.";
const std::string kWire =
    "The ministers met behind closed doors on the northern island and agreed "
    "to meet again before the winter.";
const std::string kSaid =
    "The chairwoman said \"we have never seen a harvest as poor as this one in "
    "all our years\".";

// Closed lines of eleven words that nothing else repeats.
Lines Body(Random& random, size_t num_lines) {
  Lines lines;
  for (size_t i = 0; i < num_lines; ++i) {
    lines.push_back("Then " + RandomText(random, 10, 100'000'000) + ".");
  }
  return lines;
}

std::string Join(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) {
    if (!text.empty()) text += '\n';
    text += line;
  }
  return text;
}

// Pages whose other lines are all different.
class Pages {
 public:
  // Adds a page: four lines of its own, `middle` (from line 5), four more.
  void Add(const Lines& middle, const std::string& source = "gazette",
           const std::string& title = "") {
    AddAround({}, middle, {}, source, title);
  }
  // `top` first, then as above, `bottom` last.
  void AddAround(const Lines& top, const Lines& middle, const Lines& bottom,
                 const std::string& source = "gazette",
                 const std::string& title = "") {
    Lines lines = top;
    std::ranges::move(Body(random_, 4), std::back_inserter(lines));
    std::ranges::copy(middle, std::back_inserter(lines));
    std::ranges::move(Body(random_, 4), std::back_inserter(lines));
    std::ranges::copy(bottom, std::back_inserter(lines));
    corpus_.Add({"", title, Join(lines), source});
  }

  // Adds a page of these lines.
  void AddOnly(const Lines& lines) {
    corpus_.Add({"", "", Join(lines), "gazette"});
  }

  std::vector<FlaggedLine> Flag(std::vector<uint32_t> text_of = {}) const {
    if (text_of.empty()) {
      text_of.resize(corpus_.articles().size());
      std::iota(text_of.begin(), text_of.end(), 0);
    }
    return FlagRepeatedLines(ReadLines(corpus_.articles()), {text_of}, {});
  }
  std::vector<FlaggedLine> FlagWithStories(
      const std::vector<uint32_t>& text_of,
      const std::vector<uint32_t>& story_of) const {
    return FlagRepeatedLines(ReadLines(corpus_.articles()), {text_of, story_of},
                             {});
  }

 private:
  Random random_{1};
  Corpus corpus_;
};

// "article:line class count" of each flag.
Strings Spelled(const std::vector<FlaggedLine>& flags) {
  Strings spelled;
  for (const FlaggedLine& f : flags) {
    spelled.push_back(std::to_string(f.article) + ":" + std::to_string(f.line) +
                      " " + LineClassName(f.line_class) + " " +
                      std::to_string(f.count));
  }
  return spelled;
}

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

TEST_CASE("two texts suffice for the shape of a label", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 2; ++i) {
    pages.Add({"Read more about this and eight other things"});
  }
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

TEST_CASE("the title of the article is never boilerplate", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 3; ++i) {
    pages.AddAround({"STORM HITS THE COAST!"}, {}, {}, "gazette",
                    "Storm hits the coast");
  }
  CHECK(pages.Flag().empty());
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

TEST_CASE("a paragraph of several sources goes where it is about many stories",
          "[boilerplate]") {
  Pages pages;
  for (const std::string source : {"gazette", "herald", "courier", "post"}) {
    std::string own = source;
    for (int i = 0; i < 20; ++i) own += " of the " + source;
    pages.Add({kWire, own}, source);
  }
  const auto flag = [&](const std::vector<uint32_t>& story_of) {
    return Spelled(pages.FlagWithStories({0, 1, 2, 3}, story_of));
  };
  CHECK(flag({0, 1, 2, 3}) == Strings{"0:5 reused 4", "1:5 reused 4",
                                      "2:5 reused 4", "3:5 reused 4"});
  // One story, or one source with the story of its own, does not decide.
  const Strings stays = {"0:5 syndicated 4", "1:5 syndicated 4",
                         "2:5 syndicated 4", "3:5 syndicated 4"};
  CHECK(flag({0, 0, 0, 0}) == stays);
  CHECK(flag({0, 0, 1, 2}) == stays);
  CHECK(Spelled(pages.Flag()) == stays);
}

TEST_CASE("a line of one story is the story's", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) pages.Add({kLong});
  CHECK(pages.FlagWithStories({0, 1, 2, 3}, {5, 5, 5, 5}).empty());
  CHECK(pages.FlagWithStories({0, 1, 2, 3}, {5, 5, 5, 6}).size() == 4);
  CHECK(pages.Flag().size() == 4);
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
    CHECK(pages.Flag().size() == 9);
  }
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
  std::vector<uint32_t> texts(22), stories(22);
  std::iota(texts.begin(), texts.end(), 0);
  std::iota(stories.begin(), stories.end(), 0);
  for (const auto& flags :
       {pages.Flag(), pages.FlagWithStories(texts, stories)}) {
    CHECK(BoilerplateLines(flags, 22).Of(0).empty());
    CHECK(BoilerplateLines(flags, 22).Of(1).empty());
  }
}

TEST_CASE("examples are at most three other articles", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 5; ++i) pages.Add({kLong, kLong});
  pages.Add({"Two of us say this"});
  pages.Add({"Two of us say this"});
  const std::vector<FlaggedLine> flags = pages.Flag();
  REQUIRE(flags.size() == 12);
  using Ids = std::vector<ArticleId>;
  CHECK(flags[0].examples == Ids{1, 2, 3});  // article 0
  CHECK(flags[2].examples == Ids{0, 2, 3});  // article 1
  CHECK(flags[9].examples == Ids{0, 1, 2});  // article 4
  CHECK(flags[10].examples == Ids{6});
  CHECK(flags[11].examples == Ids{5});
}

TEST_CASE("examples come from the same source first", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) pages.Add({kLong}, "herald");
  for (int i = 0; i < 3; ++i) pages.Add({kLong}, "gazette");
  const std::vector<FlaggedLine> flags = pages.Flag();
  REQUIRE(flags.size() == 7);
  CHECK(flags[6].examples == std::vector<ArticleId>{0, 4, 5});
}

TEST_CASE("no order of the articles changes a flag", "[boilerplate][prop]") {
  const LabelledCorpus made = MakeLabelledCorpus(3, 60);
  const auto& articles = made.corpus.articles();
  const auto expected =
      FlagRepeatedLines(ReadLines(articles), {made.cluster}, {});
  CHECK(expected.size() > articles.size());

  std::vector<ArticleId> order(articles.size());
  std::iota(order.begin(), order.end(), 0);
  Random random(17);
  for (int round = 0; round < 10; ++round) {
    for (size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[random.Below(i)]);
    }
    std::vector<Article> shuffled;
    std::vector<uint32_t> text_of;
    for (const ArticleId a : order) {
      shuffled.push_back(articles[a]);
      text_of.push_back(made.cluster[a]);
    }
    auto flags = FlagRepeatedLines(ReadLines(shuffled), {text_of}, {});
    for (FlaggedLine& flag : flags) flag.article = order[flag.article];
    std::ranges::stable_sort(flags, {}, &FlaggedLine::article);
    CHECK(Spelled(flags) == Spelled(expected));
  }
}

TEST_CASE("flags do not depend on the number of threads",
          "[boilerplate][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(5, 80);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    const auto flags = FlagRepeatedLines(ReadLines(made.corpus.articles()),
                                         {made.cluster}, {});
    std::vector<std::vector<ArticleId>> examples;
    for (const FlaggedLine& flag : flags) examples.push_back(flag.examples);
    return std::pair(Spelled(flags), examples);
  };
  CHECK(run(1) == run(4));
}

TEST_CASE("time grows with the equal lines of a page, not their square",
          "[boilerplate]") {
  const auto work = [](size_t num_lines) {
    std::string text;
    for (size_t i = 0; i < num_lines; ++i) text += kLong + "\n";
    const auto corpus = std::make_shared<Corpus>();
    for (int i = 0; i < 3; ++i) corpus->Add({"", kLong, text, "gazette"});
    corpus->Add({"", "", text, "gazette"});
    return [corpus, num_lines] {
      const auto flags =
          FlagRepeatedLines(ReadLines(corpus->articles()),
                            {std::vector<uint32_t>{0, 1, 2, 3}}, {});
      CHECK(flags.size() == num_lines);
    };
  };
  CHECK(CpuGrowth(work, 5'000, 50'000) < 40);
}

TEST_CASE("no articles and empty texts have no flags", "[boilerplate]") {
  CHECK(FlagRepeatedLines(ReadLines({}), {}, {}).empty());
  Corpus corpus;
  for (int i = 0; i < 3; ++i) corpus.Add({"", "", "", "gazette"});
  CHECK(FlagRepeatedLines(ReadLines(corpus.articles()),
                          {std::vector<uint32_t>{0, 1, 2}}, {})
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
  CHECK(FlagRepeatedLines(table, {text_of}, {.min_texts = 4}).empty());
  CHECK(FlagRepeatedLines(table, {text_of}, {.min_texts = 3}).size() == 3);
}

}  // namespace
}  // namespace storyfold
