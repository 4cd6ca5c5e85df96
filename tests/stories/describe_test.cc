#include "stories/describe.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Strings = std::vector<std::string>;
using Ids = std::vector<ArticleId>;

// A model of articles without copies, each lone and without terms.
StoryModel LoneModel(uint32_t num_articles) {
  StoryModel model;
  for (uint32_t a = 0; a < num_articles; ++a) {
    model.articles.push_back(a);
    model.node_of.push_back(a);
    model.label.push_back(a);
    model.topic.push_back(a);
    model.languages.push_back("en");
  }
  model.vectors.rows.offsets.assign(num_articles + 1, 0);
  return model;
}

// Gives node i of `model` the words of rows[i] with their weights.
struct Weighted {
  std::string word;
  float weight = 0;
};
void SetVectors(const std::vector<std::vector<Weighted>>& rows,
                StoryModel& model) {
  std::vector<uint64_t> terms;
  for (const auto& row : rows) {
    for (const Weighted& w : row) terms.push_back(HashWord(w.word));
  }
  std::ranges::sort(terms);
  terms.erase(std::ranges::unique(terms).begin(), terms.end());
  for (const uint64_t t : terms)
    model.vectors.vocabulary.push_back({.term = t});
  std::vector<std::vector<VectorEntry>> entries(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    for (const Weighted& w : rows[i]) {
      const auto at = std::ranges::lower_bound(terms, HashWord(w.word));
      entries[i].push_back(
          {static_cast<uint32_t>(at - terms.begin()), w.weight});
    }
    std::ranges::sort(entries[i], {}, &VectorEntry::term);
  }
  model.vectors.rows = ToCsr(entries);
}

TEST_CASE("stories of one topic are linked", "[stories]") {
  Corpus corpus;
  for (int i = 0; i < 6; ++i) corpus.Add({"", "Storm", ""});
  StoryModel model = LoneModel(6);
  model.topic = {0, 1, 0, 1, 0, 5};
  model.label = {0, 1, 2, 1, 2, 5};
  const Stories stories = DescribeStories(corpus.articles(), model);
  const auto related = [&](ArticleId article) {
    return stories.stories[stories.story_of[article]].related;
  };
  CHECK(related(0) == Ids{2});
  CHECK(related(2) == Ids{0});
  CHECK(related(4) == Ids{0});
  CHECK(related(1).empty());
  CHECK(related(5).empty());
}

TEST_CASE("a story is linked to at most 20 others", "[stories]") {
  Corpus corpus;
  for (int i = 0; i < 30; ++i) corpus.Add({"", "Storm", ""});
  StoryModel model = LoneModel(30);
  model.topic.assign(30, 0);
  const Stories stories = DescribeStories(corpus.articles(), model);
  Ids first(20);
  std::iota(first.begin(), first.end(), 0);
  CHECK(stories.stories[25].related == first);
}

TEST_CASE("a story is told by its central article", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "Storm nears", "", "gazette", 500});
  corpus.Add({"", "STORMS hit coast", "The ferry sank", "herald", 300});
  corpus.Add({"", "Ferry lost", "", "courier", 400});
  corpus.Add({"", "Storms hit the coast", "", "mirror", 350});  // copy of 1
  StoryModel model = LoneModel(3);
  model.node_of = {0, 1, 2, 1};
  model.label = {0, 0, 0};
  model.languages = {"fr", "", "en"};
  model.similar = {{0, 1, 0.9}, {0, 2, 0.5}, {1, 2, 0.8}};
  SetVectors({{{"storm", 0.9f}, {"near", 0.4f}},
              {{"storm", 0.5f}, {"coast", 0.5f}, {"ferry", 0.4f}},
              {{"ferry", 0.7f}, {"lost", 0.9f}}},
             model);

  const Stories stories = DescribeStories(corpus.articles(), model);

  REQUIRE(stories.stories.size() == 1);
  const Story& story = stories.stories[0];
  CHECK(story.articles == Ids{1, 3, 2, 0});  // by time
  REQUIRE(story.scores.size() == 4);
  CHECK(story.scores[0] == Approx(0.85));  // (.9 + .8) / 2
  CHECK(story.scores[1] == Approx(0.85));  // its copy
  CHECK(story.scores[2] == Approx(0.65));  // (.5 + .8) / 2
  CHECK(story.scores[3] == Approx(0.70));  // (.9 + .5) / 2
  CHECK(story.headline == 1);
  CHECK(story.headline_text == "STORMS hit coast");
  // storm 1.4 and ferry 1.1 stand in two, as the headline article spells them
  CHECK(story.terms == Strings{"STORMS", "ferry"});
  CHECK(story.first == 300);
  CHECK(story.last == 500);
  CHECK(story.languages == Strings{"en", "fr"});
  CHECK(stories.story_of == std::vector<uint32_t>{0, 0, 0, 0});
}

TEST_CASE("a lone article is its own story with score 1", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "Storm nears", "coast coast"});
  StoryModel model = LoneModel(1);
  SetVectors({{{"storm", 0.5f}, {"near", 0.4f}, {"coast", 0.7f}}}, model);
  const Stories stories = DescribeStories(corpus.articles(), model);
  REQUIRE(stories.stories.size() == 1);
  CHECK(stories.stories[0].articles == Ids{0});
  CHECK(stories.stories[0].scores == std::vector<float>{1});
  CHECK(stories.stories[0].headline == 0);
  CHECK(stories.stories[0].terms == Strings{"coast", "Storm", "nears"});
  CHECK_FALSE(stories.stories[0].first);
  CHECK_FALSE(stories.stories[0].last);
}

TEST_CASE("of a settled story only the members are told", "[stories]") {
  Corpus corpus;
  for (int i = 0; i < 4; ++i) corpus.Add({"", "Storm", ""});
  StoryModel model = LoneModel(4);
  model.label = {0, 0, 2, 2};
  model.is_settled = {1, 1, 0, 0};
  const Stories stories = DescribeStories(corpus.articles(), model);
  const Story& settled = stories.stories[stories.story_of[0]];
  CHECK(settled.articles == Ids{0, 1});
  CHECK(settled.scores.empty());
  CHECK(settled.headline_text.empty());
  CHECK(stories.stories[stories.story_of[2]].headline_text == "Storm");
}

TEST_CASE("a lone article and its copies have score 1", "[stories]") {
  Corpus corpus;
  for (int i = 0; i < 3; ++i) corpus.Add({"", "Storm nears"});
  StoryModel model = LoneModel(1);
  model.node_of = {0, 0, 0};
  const Stories stories = DescribeStories(corpus.articles(), model);
  REQUIRE(stories.stories.size() == 1);
  CHECK(stories.stories[0].scores == std::vector<float>{1, 1, 1});
}

TEST_CASE("stories come largest first, then by first article", "[stories]") {
  Corpus corpus;
  for (int i = 0; i < 7; ++i) corpus.Add({"", "Title"});
  StoryModel model = LoneModel(7);
  model.label = {0, 1, 2, 1, 4, 2, 2};
  const Stories stories = DescribeStories(corpus.articles(), model);
  REQUIRE(stories.stories.size() == 4);
  CHECK(stories.stories[0].articles == Ids{2, 5, 6});
  CHECK(stories.stories[1].articles == Ids{1, 3});
  CHECK(stories.stories[2].articles == Ids{0});
  CHECK(stories.stories[3].articles == Ids{4});
  CHECK(stories.story_of == std::vector<uint32_t>{2, 1, 0, 1, 3, 0, 0});
}

TEST_CASE("members without a time come last, ties by id", "[stories]") {
  Corpus corpus;
  for (const int64_t time : {0, 200, 100, 0, 200}) {
    corpus.Add({"", "Title", "", "gazette", time});
  }
  StoryModel model = LoneModel(5);
  model.label = {0, 0, 0, 0, 0};
  const Story story = DescribeStories(corpus.articles(), model).stories.at(0);
  CHECK(story.articles == Ids{2, 1, 4, 0, 3});
  CHECK(story.first == 100);
  CHECK(story.last == 200);
}

TEST_CASE("of equally central articles the earliest is the headline",
          "[stories]") {
  Corpus corpus;
  corpus.Add({"", "No time"});
  corpus.Add({"", "Late", "", "gazette", 900});
  corpus.Add({"", "Early", "", "gazette", 100});
  StoryModel model = LoneModel(3);
  model.label = {0, 0, 0};
  model.similar = {{0, 1, 0.8}, {0, 2, 0.8}, {1, 2, 0.8}};
  const Story story = DescribeStories(corpus.articles(), model).stories.at(0);
  CHECK(story.headline == 2);
  CHECK(story.headline_text == "Early");
}

TEST_CASE("similarities to other stories do not count", "[stories]") {
  Corpus corpus;
  for (const char* title : {"First", "Second", "Third"}) {
    corpus.Add({"", title});
  }
  StoryModel model = LoneModel(3);
  model.label = {0, 0, 2};
  model.similar = {{0, 1, 0.6}, {1, 2, 0.9}};
  const Stories stories = DescribeStories(corpus.articles(), model);
  REQUIRE(stories.stories.size() == 2);
  CHECK(stories.stories[0].headline == 0);
  CHECK(stories.stories[0].scores[1] == Approx(0.6));
}

TEST_CASE("a story has at most eight terms", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "aa bb cc dd ee ff gg hh ii jj"});
  StoryModel model = LoneModel(1);
  SetVectors({{{"aa", 0.1f},
               {"bb", 0.2f},
               {"cc", 0.3f},
               {"dd", 0.4f},
               {"ee", 0.5f},
               {"ff", 0.6f},
               {"gg", 0.7f},
               {"hh", 0.8f},
               {"ii", 0.9f},
               {"jj", 1.0f}}},
             model);
  const Stories stories = DescribeStories(corpus.articles(), model);
  CHECK(stories.stories.at(0).terms ==
        Strings{"jj", "ii", "hh", "gg", "ff", "ee", "dd", "cc"});
}

TEST_CASE("an article without a title is called by its first line",
          "[stories]") {
  Article article;
  article.text = "\n \r\n  First words here\nSecond line";
  CHECK(DisplayTitle(article) == "First words here");
  article.title = "Title";
  CHECK(DisplayTitle(article) == "Title");
  article = {};
  CHECK(DisplayTitle(article).empty());
  article.text = " \n\n";
  CHECK(DisplayTitle(article).empty());
}

TEST_CASE("a displayed title has at most 160 bytes and whole characters",
          "[stories]") {
  Article article;
  const std::string ascii(200, 'x');
  article.title = ascii;
  CHECK(DisplayTitle(article) == std::string(160, 'x'));
  const std::string split = std::string(159, 'x') + "é and more";
  article.title = split;
  CHECK(DisplayTitle(article) == std::string(159, 'x'));
  const std::string fits = std::string(158, 'x') + "é and more";
  article.title = fits;
  CHECK(DisplayTitle(article) == std::string(158, 'x') + "é");
}

TEST_CASE("terms are spelled as the article first uses them", "[stories]") {
  Corpus corpus;
  corpus.Add({"", "Parties meet", "PARTY party\nCorvane"});
  const std::vector<uint64_t> terms = {HashWord("corvane"), HashWord("absent"),
                                       HashWord("party")};
  CHECK(SpellTerms(corpus.articles()[0], terms, {}) ==
        Strings{"Corvane", "Parties"});
  CHECK(SpellTerms(corpus.articles()[0], {}, {}).empty());
}

TEST_CASE("no articles have no stories", "[stories]") {
  const Stories stories = DescribeStories({}, StoryModel{});
  CHECK(stories.stories.empty());
  CHECK(stories.story_of.empty());
}

TEST_CASE("descriptions do not depend on the number of threads",
          "[stories][deterministic]") {
  const LabelledCorpus made = MakeLabelledCorpus(8, 60);
  const auto& articles = made.corpus.articles();
  const StoryModel model = ClusterStories(articles, {}, made.cluster, {});
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    std::vector<Strings> texts;
    for (const Story& story : DescribeStories(articles, model).stories) {
      texts.push_back(story.terms);
      texts.back().push_back(story.headline_text);
      for (const float score : story.scores) {
        texts.back().push_back(std::to_string(score));
      }
    }
    return texts;
  };
  CHECK(run(1) == run(4));
}

}  // namespace
}  // namespace storyfold
