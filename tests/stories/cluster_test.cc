#include "stories/cluster.h"

#include <algorithm>
#include <cmath>
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

namespace storyfold {
namespace {

// Everybody stands for itself.
std::vector<ArticleId> NoCopies(size_t num_articles) {
  std::vector<ArticleId> representative(num_articles);
  std::iota(representative.begin(), representative.end(), 0);
  return representative;
}

StoryModel Cluster(const Corpus& corpus, const StoryOptions& options = {}) {
  return ClusterStories(corpus.articles(), {},
                        NoCopies(corpus.articles().size()), options);
}

std::vector<uint32_t> StoryOfArticles(const StoryModel& model) {
  std::vector<uint32_t> story;
  for (const uint32_t node : model.node_of) story.push_back(model.label[node]);
  return story;
}

// The home page, subscribe and read more lines of MakeLabelledCorpus.
RemovedLines KnownBoilerplate(const LabelledCorpus& made) {
  std::vector<std::vector<uint32_t>> rows;
  for (const Article& article : made.corpus.articles()) {
    const auto last =
        static_cast<uint32_t>(std::ranges::count(article.text, '\n') + 1);
    rows.push_back({1, last - 1, last});
  }
  return RemovedLines(rows);
}

TEST_CASE("the stories of a random corpus are found", "[stories][prop]") {
  const auto seed = GENERATE(uint64_t{1}, uint64_t{2}, uint64_t{3});
  const LabelledCorpus made = MakeLabelledCorpus(seed, 80);
  const StoryModel model = ClusterStories(
      made.corpus.articles(), KnownBoilerplate(made), made.cluster, {});
  const ClusteringScores scores =
      ScoreClustering(made.story, StoryOfArticles(model));
  CHECK(scores.bcubed.precision >= 0.95);
  CHECK(scores.bcubed.recall >= 0.95);
}

TEST_CASE("stories that nothing new comes near stay as they were decided",
          "[stories]") {
  const LabelledCorpus made = MakeLabelledCorpus(4, 30);
  const size_t size = made.corpus.articles().size();
  // Decided wrongly: each article of the first half a story of its own, those
  // of the second half all one.
  std::vector<uint32_t> earlier(size, 1);
  for (uint32_t a = 0; a < size / 2; ++a) earlier[a] = 2 + a;
  const auto cluster = [&](std::vector<char> touched) {
    const StoryModel model =
        ClusterStories(made.corpus.articles(), KnownBoilerplate(made),
                       NoCopies(size), {}, {.earlier = {earlier, {}, touched}});
    return StoryOfArticles(model);
  };
  const auto same = [&](const std::vector<uint32_t>& story) {
    return ScoreClustering(earlier, story).bcubed.f1;
  };
  CHECK(same(cluster(std::vector<char>(size, false))) == 1);
  CHECK(same(cluster(std::vector<char>(size, true))) < 0.8);
  CHECK(cluster({}) == cluster(std::vector<char>(size, true)));
}

TEST_CASE("copies inherit the story of their representative", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "Storm hits coast", "boats sank off the reef"});
  corpus.Add({"", "", "nothing at all like that"});
  corpus.Add({"", "Budget vote delayed", "senators left the chamber"});
  corpus.Add({"", "", "neither is this one"});
  const std::vector<ArticleId> representative = {0, 0, 2, 2};

  const StoryModel model =
      ClusterStories(corpus.articles(), {}, representative, {});

  CHECK(model.articles == std::vector<ArticleId>{0, 2});
  CHECK(model.node_of == std::vector<uint32_t>{0, 0, 1, 1});
  CHECK(StoryOfArticles(model) == std::vector<uint32_t>{0, 0, 1, 1});
  CHECK(model.num_tokens == std::vector<uint32_t>{8, 7});
}

TEST_CASE("a copy may stand before its representative", "[stories]") {
  Corpus corpus;
  for (const char* text : {"harbour ferry", "senate budget", "harbour ferry"}) {
    corpus.Add({"", "", text});
  }
  const StoryModel model = ClusterStories(corpus.articles(), {},
                                          std::vector<ArticleId>{2, 1, 2}, {});
  CHECK(model.articles == std::vector<ArticleId>{1, 2});
  CHECK(model.node_of == std::vector<uint32_t>{1, 0, 1});
}

TEST_CASE("unrelated articles stay lone", "[stories][prop]") {
  Corpus corpus;
  Random random(12);
  for (int i = 0; i < 60; ++i) {
    corpus.Add(
        {"", RandomText(random, 6, 20'000), RandomText(random, 120, 20'000)});
  }
  CHECK(Cluster(corpus).label == NoCopies(60));
}

TEST_CASE("a removed line holds no story together", "[stories]") {
  const std::string footer =
      "\nHarbour ferry tickets timetable islands quay passengers";
  Corpus corpus;
  corpus.Add({"", "", "senate budget vote chamber" + footer});
  corpus.Add({"", "", "goalkeeper penalty trophy stadium" + footer});
  CHECK(Cluster(corpus).label == std::vector<uint32_t>{0, 0});
  const StoryModel model = ClusterStories(
      corpus.articles(), RemovedLines({{2}, {2}}), NoCopies(2), {});
  CHECK(model.label == std::vector<uint32_t>{0, 1});
  CHECK(model.num_tokens == std::vector<uint32_t>{4, 4});
}

TEST_CASE("a small batch asks for more before articles meet", "[stories]") {
  Corpus corpus;
  for (int i = 0; i < 20; ++i) corpus.Add({"", "", "storm"});
  CHECK(Cluster(corpus).gate == Approx(0.24));  // .23 + .30 / 30
  CHECK(Cluster(corpus, {.gate = 0.5}).gate == Approx(0.51));
  CHECK(Cluster(corpus, {.gate = 0.5}).label == std::vector<uint32_t>(20, 0));
}

TEST_CASE("a pair below the gate does not meet", "[stories]") {
  // Cosine .536, see pipeline/explain_test.cc.
  Corpus corpus;
  corpus.Add({"", "", "harbour fire ferry"});
  corpus.Add({"", "", "harbour fire tanker"});
  corpus.Add({"", "", "senate budget vote"});
  CHECK(Cluster(corpus, {.gate = 0.50}).component ==
        std::vector<uint32_t>{0, 0, 2});
  CHECK(Cluster(corpus, {.gate = 0.50}).label ==
        std::vector<uint32_t>{0, 0, 2});
  CHECK(Cluster(corpus, {.gate = 0.57}).component ==
        std::vector<uint32_t>{0, 1, 2});
  CHECK(Cluster(corpus, {.gate = 0.57}).label ==
        std::vector<uint32_t>{0, 1, 2});
}

TEST_CASE("two events around the same people are two stories of one topic",
          "[stories]") {
  const StoryModel model = Cluster(MakeTopicCorpus());
  CHECK(model.topic == std::vector<uint32_t>{0, 0, 0, 3, 4, 5, 6});
  CHECK(model.label == std::vector<uint32_t>{0, 1, 0, 3, 4, 5, 6});
}

TEST_CASE("an article without a language has that of the others", "[stories]") {
  Corpus corpus;
  for (const char* language : {"de", "", "en", "fr", "en"}) {
    corpus.Add({.text = "storm", .language = language});
  }
  StoryModel model = Cluster(corpus);
  model.num_tokens.assign(5, 300);
  const WordsOfKind plain = WordsOf(model, kPlainWords, {});
  CHECK(plain.Judgement(1, 2) == 1);
  CHECK(plain.Judgement(1, 0) == 0);
  CHECK(plain.Judgement(0, 3) == 0);
}

TEST_CASE("the window keeps equal texts of different times apart",
          "[stories]") {
  constexpr int64_t kDay = 86'400;
  const std::string text = "harbour ferry fire tanker";
  Corpus corpus;
  corpus.Add({"", "", text, "gazette", 100 * kDay});
  corpus.Add({"", "", text, "herald", 102 * kDay + 1});
  CHECK(Cluster(corpus, {.window_days = 2}).label ==
        std::vector<uint32_t>{0, 1});
  CHECK(Cluster(corpus, {.window_days = 2.5}).label ==
        std::vector<uint32_t>{0, 0});
  CHECK(Cluster(corpus).label == std::vector<uint32_t>{0, 0});
}

double CutFor(double num_tokens_a, double num_tokens_b,
              const StoryOptions& options) {
  return std::sqrt(CutOf(num_tokens_a, options.headline_cut, options) *
                   CutOf(num_tokens_b, options.headline_cut, options));
}

TEST_CASE("the cut rises with the length of the texts", "[stories]") {
  const StoryOptions options;
  CHECK(CutFor(15, 15, options) == Approx(0.45));
  CHECK(CutFor(60, 60, options) == Approx(0.81));
  CHECK(CutFor(30, 30, options) == Approx(0.63));     // half way in logarithms
  CHECK(CutFor(15, 60, options) == Approx(0.60374));  // sqrt(.45 * .81)
  CHECK(CutFor(60, 15, options) == Approx(0.60374));
  CHECK(CutFor(0, 1, options) == Approx(0.45));
  CHECK(CutFor(500, 10'000, options) == Approx(0.81));
  CHECK(CutFor(30, 30, {.full_text_cut = 0.9, .headline_cut = 0.3}) ==
        Approx(0.6));
}

TEST_CASE("finer stories need more likeness, coarser ones less", "[stories]") {
  CHECK(CutFor(30, 30, {.granularity = -1}) == Approx(0.504));  // .63 / 1.25
  CHECK(CutFor(15, 15, {.granularity = 1}) == Approx(0.5625));
  CHECK(CutFor(60, 60, {.granularity = 1}) == Approx(1));
  CHECK(CutFor(60, 60, {.full_text_cut = 0.9, .granularity = 1}) == 1);
  Corpus corpus;
  for (int i = 0; i < 20; ++i) corpus.Add({"", "", "storm"});
  CHECK(Cluster(corpus, {.granularity = -1}).gate == Approx(0.194));
  CHECK(Cluster(corpus, {.granularity = 1}).gate == Approx(0.2975));
}

TEST_CASE("granularity parts and joins a pair near the cut", "[stories]") {
  // Sharpened similarity .84, see pipeline/explain_test.cc.
  Corpus corpus;
  corpus.Add({"", "", "harbour fire ferry"});
  corpus.Add({"", "", "harbour fire tanker"});
  corpus.Add({"", "", "senate budget vote"});
  const auto label = [&](double headline_cut, double granularity) {
    return Cluster(corpus, {.headline_cut = headline_cut,
                            .granularity = granularity,
                            .words = std::make_shared<const WordTable>()})
        .label;
  };
  const std::vector<uint32_t> joined = {0, 0, 2};
  const std::vector<uint32_t> apart = {0, 1, 2};
  CHECK(label(0.7, 0) == joined);
  CHECK(label(0.7, 1) == apart);  // .875
  CHECK(label(0.9, 0) == apart);
  CHECK(label(0.9, -1) == joined);  // .72
}

TEST_CASE("options out of range are refused", "[stories]") {
  CHECK_FALSE(Validate(StoryOptions{.granularity = 1.01}).ok());
  CHECK_FALSE(Validate(StoryOptions{.granularity = std::nan("")}).ok());
  CHECK(Validate(StoryOptions{}).ok());
  CHECK(Validate(StoryOptions{.window_days = 3.5}).ok());
  CHECK(Validate(StoryOptions{.full_text_cut = 1, .headline_cut = 1}).ok());

  CHECK_FALSE(Validate(StoryOptions{.window_days = -1}).ok());
  CHECK_FALSE(Validate(StoryOptions{.window_days = std::nan("")}).ok());
  CHECK_FALSE(Validate(StoryOptions{.gate = 0}).ok());
  CHECK_FALSE(Validate(StoryOptions{.gate = 1}).ok());
  CHECK_FALSE(Validate(StoryOptions{.gate = std::nan("")}).ok());
  CHECK_FALSE(Validate(StoryOptions{.full_text_cut = 0}).ok());
  CHECK_FALSE(Validate(StoryOptions{.full_text_cut = 1.01}).ok());
  CHECK_FALSE(Validate(StoryOptions{.headline_cut = -0.1}).ok());
  CHECK_THAT(std::string(Validate(StoryOptions{.gate = 2}).message()),
             ContainsSubstring("gate"));
}

TEST_CASE("an empty corpus has no stories", "[stories]") {
  const StoryModel model = ClusterStories({}, {}, {}, {});
  CHECK(model.articles.empty());
  CHECK(model.label.empty());
  CHECK(model.similar.empty());
}

TEST_CASE("articles without words are all lone", "[stories]") {
  Corpus corpus;
  for (const char* text : {"", "\n\n", "— !", "the of and", ""}) {
    corpus.Add({"", "", text});
  }
  const StoryModel model = Cluster(corpus);
  CHECK(model.label == std::vector<uint32_t>{0, 1, 2, 3, 4});
  CHECK(model.similar.empty());
}

TEST_CASE("stories do not depend on the number of threads",
          "[stories][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(6, 120);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    const StoryModel model =
        ClusterStories(made.corpus.articles(), {}, made.cluster, {});
    return std::tuple(model.similar, model.component, model.label);
  };
  CHECK(run(1) == run(4));
}

TEST_CASE("the daily column of two days is two stories", "[stories]") {
  Random random(7);
  const std::string column = RandomText(random, 300, 200);
  for (const bool same_day : {true, false}) {
    Corpus corpus;
    corpus.Add({"", "Your daily horoscope: May 2", column, "gazette"});
    corpus.Add({"",
                same_day ? "Your daily horoscope: May 2"
                         : "Your daily horoscope: May 3",
                column, "gazette"});
    const StoryModel model = Cluster(corpus);
    CHECK((model.label[0] == model.label[1]) == same_day);
  }
}

}  // namespace
}  // namespace storyfold
