// The examples of flags, and what flags do not depend on: order, threads, size.

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "boilerplate/flags.h"
#include "boilerplate/pseudo_sources.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/flagged_pages.h"
#include "support/growth.h"

namespace storyfold {
namespace {

using Ids = std::vector<ArticleId>;

Ids ExamplesOf(const FlaggedLine& flag) {
  return {flag.examples.begin(), flag.examples.end()};
}

TEST_CASE("examples are at most three other articles", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 5; ++i) pages.Add({kLong, kLong});
  pages.Add({"Two of us say this"});
  pages.Add({"Two of us say this"});
  const std::vector<FlaggedLine> flags = pages.Flag();
  REQUIRE(flags.size() == 12);
  CHECK(ExamplesOf(flags[0]) == Ids{1, 2, 3});  // article 0
  CHECK(ExamplesOf(flags[2]) == Ids{0, 2, 3});  // article 1
  CHECK(ExamplesOf(flags[9]) == Ids{0, 1, 2});  // article 4
  CHECK(ExamplesOf(flags[10]) == Ids{6});
  CHECK(ExamplesOf(flags[11]) == Ids{5});
}

TEST_CASE("examples come from the same source first", "[boilerplate]") {
  Pages pages;
  for (int i = 0; i < 4; ++i) pages.Add({kLong}, "herald");
  for (int i = 0; i < 3; ++i) pages.Add({kLong}, "gazette");
  const std::vector<FlaggedLine> flags = pages.Flag();
  REQUIRE(flags.size() == 7);
  CHECK(ExamplesOf(flags[6]) == Ids{0, 4, 5});
}

TEST_CASE("no order of the articles changes a flag", "[boilerplate][prop]") {
  const LabelledCorpus made = MakeLabelledCorpus(3, 60);
  std::vector<Article> articles(made.corpus.articles().begin(),
                                made.corpus.articles().end());
  SECTION("nor where pages find their source by their labels") {
    for (Article& article : articles) article.source = {};
    const LineTable table = ReadLines(articles);
    const auto sources = FindPseudoSources(table, made.cluster);
    CHECK(std::set(sources.begin(), sources.end()).size() < articles.size());
  }
  SECTION("nor where a half of them has none") {
    for (size_t a = 0; a < articles.size(); a += 2) articles[a].source = {};
  }
  SECTION("with sources") {}
  const auto expected =
      FlagLines(LineEvidence(ReadLines(articles), {made.cluster}, {}));
  CHECK(expected.size() > articles.size() / 2);

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
    auto flags = FlagLines(LineEvidence(ReadLines(shuffled), {text_of}, {}));
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
    const auto flags = FlagLines(
        LineEvidence(ReadLines(made.corpus.articles()), {made.cluster}, {}));
    std::vector<Ids> examples;
    for (const FlaggedLine& flag : flags) examples.push_back(ExamplesOf(flag));
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
          FlagLines(LineEvidence(ReadLines(corpus->articles()),
                                 {std::vector<uint32_t>{0, 1, 2, 3}}, {}));
      CHECK(flags.size() == num_lines);
    };
  };
  CHECK(CpuGrowth(work, 5'000, 50'000) < 40);
}

// Pages of the gazette that `text(i)` makes, all counted.
std::function<void()> FlagPages(size_t num_pages,
                                const std::function<std::string(size_t)>& text,
                                const std::string& source = "gazette") {
  const auto corpus = std::make_shared<Corpus>();
  for (size_t i = 0; i < num_pages; ++i) corpus->Add({"", "", text(i), source});
  return [corpus, num_pages] {
    std::vector<uint32_t> texts(num_pages);
    std::iota(texts.begin(), texts.end(), 0);
    FlagLines(LineEvidence(ReadLines(corpus->articles()), {texts}, {}));
  };
}

TEST_CASE("time grows with the bytes of hostile pages, not their square",
          "[boilerplate]") {
  const auto repeat = [](size_t times, const std::string& part) {
    std::string text;
    for (size_t i = 0; i < times; ++i) text += part;
    return text;
  };
  SECTION("one line of 20 to 200 kB, open, quoted, with numbers") {
    const auto work = [&](size_t size) {
      const std::string line = repeat(size / 20, "of \"7 ships «é 20th ");
      return FlagPages(4, [&](size_t) { return line; });
    };
    CHECK(CpuGrowth(work, 20'000, 200'000) < 40);
  }
  SECTION("pages of 5,000 to 50,000 different lines that others share") {
    const auto work = [&](size_t size) {
      std::string text;
      Random random(1);
      for (size_t i = 0; i < size; ++i) {
        text += "To our readers in " + std::to_string(random.Next()) + "x" +
                RandomText(random, 2, 100'000'000) + "\n";
      }
      return FlagPages(3, [&](size_t) { return text; });
    };
    CHECK(CpuGrowth(work, 5'000, 50'000) < 40);
  }
  SECTION("pages of one source, and of none") {
    const std::string source = GENERATE("gazette", "");
    const auto work = [&](size_t size) {
      return FlagPages(
          size,
          [](size_t i) {
            Random random(i);
            return "Home of the paper\nPolitics\n" +
                   RandomText(random, 12, 100'000'000) + "\nLeave a review";
          },
          source);
    };
    CHECK(CpuGrowth(work, 1'000, 10'000) < 40);
  }
}

}  // namespace
}  // namespace storyfold
