#include "storyfold/pipeline.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "storyfold/score.h"
#include "support/corpus.h"
#include "support/growth.h"

namespace storyfold {
namespace {

// Everything of a folding but its times, to compare.
auto ContentOf(const Folding& folding) {
  std::vector<std::tuple<ArticleId, uint32_t, LineClass, uint32_t,
                         std::vector<ArticleId>>>
      lines;
  for (const FlaggedLine& f : folding.lines) {
    lines.emplace_back(f.article, f.line, f.line_class, f.count,
                       std::vector(f.examples.begin(), f.examples.end()));
  }
  std::vector<std::tuple<std::vector<ArticleId>, std::vector<float>, ArticleId,
                         std::string, std::vector<std::string>>>
      stories;
  for (const Story& s : folding.stories.stories) {
    stories.emplace_back(s.articles, s.scores, s.headline, s.headline_text,
                         s.terms);
  }
  return std::tuple(folding.copies.representative, folding.copies.similarity,
                    lines, stories, folding.stories.story_of);
}

// Returns for each item the first item with its label.
std::vector<uint32_t> FirstOfLabel(const std::vector<uint32_t>& labels) {
  std::map<uint32_t, uint32_t> first;
  std::vector<uint32_t> firsts;
  for (uint32_t i = 0; i < labels.size(); ++i) {
    firsts.push_back(first.try_emplace(labels[i], i).first->second);
  }
  return firsts;
}

TEST_CASE("copies and stories of a random corpus are found",
          "[pipeline][prop]") {
  const auto seed = GENERATE(uint64_t{1}, uint64_t{2}, uint64_t{3});
  const LabelledCorpus made = MakeLabelledCorpus(seed, 80);
  const Folding folding = FoldArticles(made.corpus.articles(), {});

  const PrecisionRecall copies =
      ScoreClustering(made.cluster, folding.copies.representative).bcubed;
  CHECK(copies.precision >= 0.95);
  CHECK(copies.recall >= 0.95);
  const PrecisionRecall stories =
      ScoreClustering(made.story, folding.stories.story_of).bcubed;
  CHECK(stories.precision >= 0.95);
  CHECK(stories.recall >= 0.95);
}

// "id:line class count" of each line that recurs, sorted.
std::vector<std::string> LinesOf(const std::vector<Article>& articles) {
  std::vector<std::string> lines;
  for (const FlaggedLine& f : FindBoilerplate(articles, {})) {
    lines.push_back(std::string(articles[f.article].id) + ":" +
                    std::to_string(f.line) + " " + LineClassName(f.line_class) +
                    " " + std::to_string(f.count));
  }
  std::ranges::sort(lines);
  return lines;
}

TEST_CASE("ten orders of the articles at 1 and 2 threads have the same lines",
          "[pipeline][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(6, 80);
  std::vector<Article> articles = made.corpus.articles();
  const std::vector<std::string> expected = LinesOf(articles);
  CHECK(expected.size() > articles.size());
  Random random(18);
  for (size_t round = 0; round < 10; ++round) {
    const ThreadLimit limit(1 + round % 2);
    for (size_t i = articles.size(); i > 1; --i) {
      std::swap(articles[i - 1], articles[random.Below(i)]);
    }
    CHECK(LinesOf(articles) == expected);
  }
}

TEST_CASE("the lines of the sources are boilerplate and no line of a body is",
          "[pipeline][prop]") {
  const LabelledCorpus made = MakeLabelledCorpus(4, 80);
  const auto& articles = made.corpus.articles();
  std::vector<std::pair<ArticleId, uint32_t>> expected;
  for (ArticleId a = 0; a < articles.size(); ++a) {
    const auto last =
        static_cast<uint32_t>(std::ranges::count(articles[a].text, '\n') + 1);
    for (const uint32_t line : {1u, last - 1, last}) {
      expected.emplace_back(a, line);
    }
  }
  std::vector<std::pair<ArticleId, uint32_t>> found;
  for (const FlaggedLine& line : FoldArticles(articles, {}).lines) {
    if (IsBoilerplate(line.line_class)) {
      found.emplace_back(line.article, line.line);
    }
  }
  CHECK(found == expected);
}

TEST_CASE("a folding does not depend on the number of threads",
          "[pipeline][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(5, 100);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return ContentOf(FoldArticles(made.corpus.articles(), {}));
  };
  const auto alone = run(1);
  CHECK(run(2) == alone);
  CHECK(run(7) == alone);
}

TEST_CASE("the order of the articles does not change who is together",
          "[pipeline][prop]") {
  const LabelledCorpus made = MakeLabelledCorpus(6, 80);
  const auto& articles = made.corpus.articles();
  std::vector<ArticleId> order(articles.size());
  std::iota(order.begin(), order.end(), 0);
  Random random(23);
  for (size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[random.Below(i)]);
  }
  std::vector<Article> shuffled;
  for (const ArticleId a : order) shuffled.push_back(articles[a]);

  const Folding straight = FoldArticles(articles, {});
  const Folding mixed = FoldArticles(shuffled, {});
  std::vector<uint32_t> copies(order.size());
  std::vector<uint32_t> stories(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    copies[order[i]] = mixed.copies.representative[i];
    stories[order[i]] = mixed.stories.story_of[i];
  }
  CHECK(FirstOfLabel(copies) == FirstOfLabel(straight.copies.representative));
  CHECK(FirstOfLabel(stories) == FirstOfLabel(straight.stories.story_of));
}

TEST_CASE("no articles fold to nothing", "[pipeline]") {
  const Folding folding = FoldArticles({}, {});
  CHECK(folding.copies.representative.empty());
  CHECK(folding.lines.empty());
  CHECK(folding.stories.stories.empty());
  CHECK(folding.stories.story_of.empty());
}

TEST_CASE("one article is one story", "[pipeline]") {
  Corpus corpus;
  const std::string text = GENERATE("", "Storm", "Storm hits.\nBoats sank.");
  corpus.Add({"", "Storm nears coast", text, "gazette", 700});
  const Folding folding = FoldArticles(corpus.articles(), {});
  CHECK(folding.copies.representative == std::vector<ArticleId>{0});
  CHECK(folding.copies.similarity == std::vector<float>{1});
  CHECK(folding.lines.empty());
  REQUIRE(folding.stories.stories.size() == 1);
  CHECK(folding.stories.stories[0].headline_text == "Storm nears coast");
  CHECK(folding.stories.stories[0].scores == std::vector<float>{1});
  CHECK(folding.stories.stories[0].first == 700);
}

TEST_CASE("five articles: two copies, their story, and two others",
          "[pipeline]") {
  const std::string report =
      "A ferry with forty passengers burned in the harbour of Corvane on "
      "Monday morning.\nFiremen fought the flames for six hours before the "
      "captain and his crew were brought ashore unharmed.\nThe harbour master "
      "said the engine room of the ferry had been repaired only last week.";
  Corpus corpus;
  corpus.Add({"", "Ferry burns in Corvane harbour", report, "gazette", 100});
  corpus.Add({"", "Senate delays vote on budget",
              "Senators left the chamber after a night of quarrels about "
              "taxes and pensions, and the treasury has no plan.",
              "gazette", 200});
  corpus.Add({"", "Ferry burns in harbour", report, "herald", 300});
  corpus.Add({"", "Goalkeeper saves the cup",
              "A penalty in the last minute decided the final that nobody in "
              "the stadium will forget so soon.",
              "herald", 400});
  corpus.Add({"", "Corvane ferry burned out in harbour",
              "Passengers of the ferry that burned in Corvane harbour thanked "
              "the firemen and the captain; flames had come out of the engine "
              "room, the harbour master confirmed.",
              "courier", 500});
  const Folding folding = FoldArticles(corpus.articles(), {});
  CHECK(folding.copies.representative == std::vector<ArticleId>{0, 1, 0, 3, 4});
  REQUIRE(folding.stories.stories.size() == 3);
  CHECK(folding.stories.stories[0].articles == std::vector<ArticleId>{0, 2, 4});
  CHECK(folding.stories.story_of == std::vector<uint32_t>{0, 1, 0, 2, 0});
}

TEST_CASE("texts of one word fold", "[pipeline]") {
  Corpus corpus;
  for (const char* text : {"storm", "budget", "storm", ""}) {
    corpus.Add({"", "", text, "gazette"});
  }
  const Folding folding = FoldArticles(corpus.articles(), {});
  CHECK(folding.copies.representative == std::vector<ArticleId>{0, 1, 0, 3});
  CHECK(folding.stories.story_of == std::vector<uint32_t>{0, 1, 0, 2});
}

TEST_CASE("empty texts stay alone, in time that grows with their number",
          "[pipeline]") {
  const auto work = [](size_t num_articles) {
    const auto corpus = std::make_shared<Corpus>();
    for (size_t i = 0; i < num_articles; ++i) corpus->Add({});
    return [corpus, num_articles] {
      const Folding folding = FoldArticles(corpus->articles(), {});
      CHECK(folding.stories.stories.size() == num_articles);
      CHECK(folding.lines.empty());
    };
  };
  CHECK(CpuGrowth(work, 2'000, 20'000) < 40);
}

TEST_CASE("stages are reported in order", "[pipeline]") {
  const LabelledCorpus made = MakeLabelledCorpus(7, 5);
  std::vector<std::string> told;
  const Folding folding =
      FoldArticles(made.corpus.articles(), {},
                   [&](Stage stage) { told.emplace_back(StageName(stage)); });
  const std::vector<std::string> expected = {
      "sketch",      "lines",   "first boilerplate", "copies",
      "boilerplate", "stories", "headlines"};
  CHECK(told == expected);
  REQUIRE(folding.times.size() == kNumStages - 1);  // there are no vectors
  for (size_t i = 0; i < folding.times.size(); ++i) {
    CHECK(StageName(folding.times[i].stage) == expected[i]);
  }
}

TEST_CASE("the stages take time, and no more than the whole", "[pipeline]") {
  const LabelledCorpus made = MakeLabelledCorpus(7, 60);
  const auto start = std::chrono::steady_clock::now();
  const Folding folding = FoldArticles(made.corpus.articles(), {});
  const std::chrono::duration<double> whole =
      std::chrono::steady_clock::now() - start;
  double sum = 0;
  for (const StageTime& time : folding.times) sum += time.seconds;
  CHECK(sum > 0);
  CHECK(sum <= whole.count());
}

TEST_CASE("one stage alone finds what the whole finds", "[pipeline]") {
  const LabelledCorpus made = MakeLabelledCorpus(8, 40);
  const auto& articles = made.corpus.articles();
  Folding parts;
  parts.copies = FindCopies(articles, {});
  parts.lines = FindBoilerplate(articles, {});
  Folding whole = FoldArticles(articles, {});
  whole.stories = {};
  CHECK(ContentOf(parts) == ContentOf(whole));
}

TEST_CASE("options of every stage are checked", "[pipeline]") {
  PipelineOptions options;
  CHECK(Validate(options).ok());
  SECTION("copies") { options.duplicates.min_jaccard = 2; }
  SECTION("boilerplate") { options.boilerplate.min_texts = 1; }
  SECTION("stories") { options.stories.gate = 2; }
  CHECK_FALSE(Validate(options).ok());
}

}  // namespace
}  // namespace storyfold
