#include "boilerplate/learned_lines.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "base/threads.h"
#include "boilerplate/flags.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// A page of four paragraphs with the given lines behind them.
std::string PageWith(Random& random, const std::string& behind) {
  std::string text;
  for (int i = 0; i < 4; ++i) {
    std::string line = "Then " + RandomText(random, 25, 100'000'000) + ".\n";
    std::ranges::replace(line.begin(), line.end() - 1, '\n', ' ');
    text += line;
  }
  return text + behind;
}

std::vector<FlaggedLine> Flag(const Corpus& corpus) {
  std::vector<uint32_t> texts(corpus.articles().size());
  std::iota(texts.begin(), texts.end(), 0);
  const LineTable table = ReadLines(corpus.articles());
  const LineEvidence evidence(table, {texts}, {});
  return AddLearnedLines(corpus.articles(), texts, evidence,
                         FlagLines(evidence));
}

TEST_CASE("a label behind the text is learned boilerplate, no paragraph is",
          "[boilerplate]") {
  Random random(5);
  Corpus corpus;
  corpus.Add(
      {"", "", PageWith(random, "Share This\n(Photo: Ann Arden)"), "post"});
  const auto flags = Flag(corpus);
  REQUIRE(flags.size() == 2);
  for (size_t k = 0; k < 2; ++k) {
    CHECK(flags[k].line == 5 + k);
    CHECK(flags[k].line_class == LineClass::kLearned);
    CHECK(IsBoilerplate(flags[k].line_class));
  }
}

TEST_CASE("the title is never learned, blank lines are passed over",
          "[boilerplate]") {
  Random random(5);
  Corpus corpus;
  corpus.Add({"", "Share This",
              "\n \n" + PageWith(random, "\n\nShare This\n(Photo: Ann Arden)"),
              "post"});
  const auto flags = Flag(corpus);
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].line == 10);
}

TEST_CASE("what is counted stays beside what is learned, in order",
          "[boilerplate]") {
  Random random(6);
  Corpus corpus;
  for (int i = 0; i < 3; ++i) {
    corpus.Add({"", "",
                PageWith(random, "(Photo: " + std::string(1, "ABC"[i]) +
                                     " Arden)\nWrite to the editor"),
                "gazette"});
  }
  const auto flags = Flag(corpus);
  REQUIRE(flags.size() == 6);
  for (size_t k = 0; k < 6; ++k) {
    CHECK(flags[k].article == k / 2);
    CHECK(flags[k].line == 5 + k % 2);
    CHECK(flags[k].line_class ==
          (k % 2 == 0 ? LineClass::kLearned : LineClass::kReused));
  }
}

TEST_CASE("learned lines do not depend on the number of threads",
          "[boilerplate][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(5, 40);
  const auto lines = [&](size_t threads) {
    const ThreadLimit limit(threads);
    std::vector<std::pair<ArticleId, uint32_t>> places;
    for (const FlaggedLine& flag : Flag(made.corpus)) {
      places.emplace_back(flag.article, flag.line);
    }
    return places;
  };
  CHECK(lines(1) == lines(2));
}

TEST_CASE("a page without words or paragraphs has features", "[boilerplate]") {
  Corpus corpus;
  corpus.Add({"", "", "* * *\n12\n首頁", "post"});
  corpus.Add({"", "", "", "post"});
  for (const FlaggedLine& flag : Flag(corpus)) CHECK(flag.article == 0);
}

}  // namespace
}  // namespace storyfold
