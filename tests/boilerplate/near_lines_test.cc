// Paragraphs that differ from page to page in few words.

#include "boilerplate/near_lines.h"

#include <tbb/global_control.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>
#include <vector>

#include "boilerplate/flags.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/flagged_pages.h"

namespace storyfold {
namespace {

const Strings kWriters = {"Anna Arden",  "Bo Marsh",    "Clara Dunn",
                          "Demir Okan",  "Edda Falk",   "Fritz Gruber",
                          "Grete Holm",  "Hana Ito",    "Ivo Jansen",
                          "Juna Keller", "Karim Laval", "Lena Moser"};

std::string Notice(const std::string& name) {
  return "This story was written by " + name +
         " of the Harbor Light and is made available under the terms of our "
         "licence; write to the desk for permission to reprint it.";
}

// The notice begins with what changes.
std::string About(const std::string& name) {
  return name +
         " writes for the Harbor Light about the docks, the fleet and the "
         "people who live by them, and can be reached at the desk by day.";
}

// Words that nothing else repeats, in one line.
std::string Words(Random& random, size_t num_words) {
  std::string words = RandomText(random, num_words, 100'000'000);
  std::ranges::replace(words, '\n', ' ');
  return words;
}

Strings Flags(const Pages& pages, std::vector<uint32_t> text_of = {}) {
  return Spelled(pages.Flag(std::move(text_of)));
}

TEST_CASE("a notice with another name on each page is boilerplate",
          "[boilerplate]") {
  Pages pages;
  SECTION("the name in the middle") {
    for (int i = 0; i < 4; ++i) pages.AddAround({}, {}, {Notice(kWriters[i])});
  }
  SECTION("the name at the beginning") {
    for (int i = 0; i < 4; ++i) pages.AddAround({}, {}, {About(kWriters[i])});
  }
  SECTION("numbers and dates change, too") {
    const Strings dates = {"March 3", "May 14", "June 5", "October 21"};
    for (int i = 0; i < 4; ++i) {
      pages.AddAround({}, {},
                      {"On " + dates[i] + ", 2031: " + Notice(kWriters[i])});
    }
  }
  CHECK(Flags(pages) == Strings{"0:9 reused 4", "1:9 reused 4", "2:9 reused 4",
                                "3:9 reused 4"});
}

TEST_CASE("a new name goes where others stand in many texts", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 6; ++i) {
    pages.AddAround({}, {}, {Notice(kWriters[i < 5 ? 0 : 1])});
  }
  CHECK(Flags(pages).size() == 6);
  CHECK(Flags(pages).back() == "5:9 reused 6");
}

TEST_CASE("lines below a notice that are no paragraphs do not keep it",
          "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) pages.Add({Notice(kWriters[i])});
  CHECK(Flags(pages).size() == 4);
}

TEST_CASE("a near line above a paragraph that stays is text", "[boilerplate]") {
  Pages pages;
  Random random(5);
  for (int i = 0; i < 4; ++i) {
    pages.AddAround({}, {Notice(kWriters[i])},
                    {"Then " + Words(random, 30) + "."});
  }
  CHECK(Flags(pages).empty());
}

TEST_CASE("a paragraph that two reports tell with small changes stays",
          "[boilerplate]") {
  Pages pages;
  pages.AddAround({}, {}, {Notice(kWriters[0])});
  pages.AddAround({}, {}, {Notice(kWriters[1])});
  for (int i = 0; i < 3; ++i) pages.Add({});
  CHECK(Flags(pages).empty());
}

TEST_CASE("copies of a text with a near line count once", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) pages.AddAround({}, {}, {Notice(kWriters[i])});
  CHECK(Flags(pages, {0, 1, 1, 1}).empty());
  CHECK(Flags(pages, {0, 1, 2, 2}).size() == 4);
}

TEST_CASE("near lines of fewer than a tenth of the texts stay",
          "[boilerplate]") {
  const auto num_flags = [](int num_pages) {
    Pages pages;
    for (int i = 0; i < num_pages; ++i) {
      Lines bottom;
      if (i < 4) bottom.push_back(Notice(kWriters[i]));
      pages.AddAround({}, {}, bottom);
    }
    return Flags(pages).size();
  };
  CHECK(num_flags(40) == 4);
  CHECK(num_flags(50) == 0);
}

TEST_CASE("quoted speech that is told with small changes stays",
          "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) {
    pages.AddAround(
        {}, {},
        {kWriters[i] + " said \"we have never seen a harvest as poor "
                       "as this one in all our years on the island, "
                       "nor a summer as dry as this\"."});
  }
  CHECK(Flags(pages).empty());
}

TEST_CASE("near lines of several sources count for each of them alone",
          "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 6; ++i) {
    pages.AddAround({}, {}, {Notice(kWriters[i])},
                    i < 3 ? "gazette" : "ledger");
  }
  SECTION("three each") { CHECK(Flags(pages).size() == 6); }
  SECTION("a paragraph that another source prints is wire copy") {
    pages.AddAround({}, {}, {Notice(kWriters[0])}, "courier");
    const auto flags = pages.Flag();
    const auto goes = [](const FlaggedLine& flag) {
      return IsBoilerplate(flag.line_class);
    };
    CHECK(std::ranges::count_if(flags, goes) == 5);
    CHECK(flags.front().line_class == LineClass::kSyndicated);
  }
  SECTION("two here and two there") {
    Pages others;
    for (int i = 0; i < 4; ++i) {
      others.AddAround({}, {}, {Notice(kWriters[i])},
                       i < 2 ? "gazette" : "ledger");
    }
    CHECK(Flags(others).empty());
  }
}

TEST_CASE("pages without a source lose no near lines", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) {
    pages.AddAround({}, {}, {Notice(kWriters[i])}, "");
  }
  CHECK(Flags(pages).empty());
}

TEST_CASE("paragraphs that share an end and little else stay",
          "[boilerplate]") {
  Pages pages;
  Random random(3);
  for (int i = 0; i < 12; ++i) {
    pages.AddAround({}, {},
                    {"The minister said " + Words(random, 24) +
                     " before the end of the year."});
  }
  CHECK(Flags(pages).empty());
}

TEST_CASE("a page that is nothing but a near line keeps it", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) pages.AddOnly({Notice(kWriters[i])});
  CHECK(Flags(pages).empty());
}

TEST_CASE("near lines wait for the pass that knows signs", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) pages.AddAround({}, {}, {Notice(kWriters[i])});
  BoilerplateOptions sure;
  sure.signs = false;
  CHECK(pages.Flag({}, sure).empty());
}

TEST_CASE("near lines name other articles as their evidence", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 3; ++i) pages.AddAround({}, {}, {Notice(kWriters[i])});
  const auto flags = pages.Flag();
  REQUIRE(flags.size() == 3);
  for (const FlaggedLine& flag : flags) {
    CHECK_FALSE(flag.examples.empty());
    CHECK(std::ranges::count(flag.examples, flag.article) == 0);
  }
}

// Pages of two sources, some with one of the notices.
std::vector<Article> MixedPages(Corpus& corpus) {
  Random random(11);
  for (size_t i = 0; i < 400; ++i) {
    Lines lines = Body(random, 5);
    const std::string& name = kWriters[random.Below(kWriters.size())];
    if (i % 3 == 0) lines.push_back(Notice(name));
    if (i % 5 == 0) lines.push_back(About(name));
    corpus.Add({"", "", Join(lines), i % 2 == 0 ? "gazette" : "ledger"});
  }
  return {corpus.articles().begin(), corpus.articles().end()};
}

// "text line count" of each flag, sorted.
Strings FlagsOf(const std::vector<Article>& articles,
                const std::vector<uint32_t>& names) {
  Strings spelled;
  for (const FlaggedLine& f :
       FlagLines(LineEvidence(ReadLines(articles), {names}, {}))) {
    spelled.push_back(std::to_string(names[f.article]) + " " +
                      std::to_string(f.line) + " " + std::to_string(f.count));
  }
  std::ranges::sort(spelled);
  return spelled;
}

TEST_CASE("near lines depend neither on the order of articles nor on threads",
          "[boilerplate][deterministic]") {
  Corpus corpus;
  const std::vector<Article> articles = MixedPages(corpus);
  std::vector<uint32_t> names(articles.size());
  std::iota(names.begin(), names.end(), 0);
  const Strings expected = FlagsOf(articles, names);
  CHECK(expected.size() > 190);

  std::vector<Article> shuffled;
  std::vector<uint32_t> shuffled_names;
  for (size_t i = 0; i < articles.size(); ++i) {
    const size_t from = i * 171 % articles.size();
    shuffled.push_back(articles[from]);
    shuffled_names.push_back(names[from]);
  }
  CHECK(FlagsOf(shuffled, shuffled_names) == expected);
  for (const size_t threads : {1, 4}) {
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                              threads);
    CHECK(FlagsOf(articles, names) == expected);
  }
}

TEST_CASE("many nearly equal lines of one source take linear time",
          "[boilerplate]") {
  constexpr size_t kPages = 20'000;
  Corpus corpus;
  Random random(7);
  for (size_t i = 0; i < kPages; ++i) {
    Lines lines = Body(random, 6);
    lines.push_back(Notice(RandomText(random, 2, 100'000'000)));
    corpus.Add({"", "", Join(lines), "gazette"});
  }
  std::vector<uint32_t> names(kPages);
  std::iota(names.begin(), names.end(), 0);
  const LineTable table = ReadLines(corpus.articles());
  const std::vector<uint32_t> texts_of_source = {kPages};

  const auto start = std::chrono::steady_clock::now();
  const NearLines near(table, {names, table.source_of}, texts_of_source, 3);
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - start;

  size_t found = 0;
  for (size_t i = 0; i < table.keys.values.size(); ++i) {
    found += near.Find(i) != nullptr;
  }
  CHECK(found > kPages * 9 / 10);
  CHECK(seconds.count() < 5);  // .2; all pairs would take longer
}

}  // namespace
}  // namespace storyfold
