#include "pipeline/explain.h"

#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

// Names a word each number: "bakaba".
std::string WordNumber(int number) {
  std::string word;
  for (int i = 0; i < 3; ++i) {
    word += "bdfgklmnprstvz"[number % 14];
    word += "aeiou"[number % 5];
    number = number * 7 / 5 + 11;
  }
  return word + static_cast<char>('a' + number % 23);
}

// Words [begin, end), no two alike.
std::string WordRange(int begin, int end) {
  std::string text;
  for (int i = begin; i < end; ++i) {
    if (i > begin) text += i % 10 == 0 ? "\n" : " ";
    text += WordNumber(i) + std::string(1, static_cast<char>('a' + i / 26)) +
            std::string(1, static_cast<char>('a' + i % 26));
  }
  return text;
}

// Articles 0 and 1 share two words of three, 2 shares none.
//
// Six virtual articles beside them: idf = ln(10 / (df + 1)): ln(10/3) =
// 1.2039728 for the two shared words and ln(10/2) = 1.6094379 for the others;
// weights 1, 1/1.01, 1/1.02 by position.
//   shared:  1.2039728^2 + 1.1920523^2 = 2.8705392
//   own:     1.5778803^2               = 2.4897063
//   cosine = 2.8705392 / 5.3602454 = 0.5355238
Corpus ThreeShortArticles() {
  Corpus corpus;
  corpus.Add({"", "", "harbour fire ferry", "gazette", 1'000});
  corpus.Add({"", "", "harbour fires tanker", "herald", 400});
  corpus.Add({"", "", "senate budget vote", "courier"});
  return corpus;
}

// Options with a word table that knows no word.
PipelineOptions WithoutWords() {
  PipelineOptions options;
  options.stories.words = std::make_shared<const WordTable>();
  return options;
}

TEST_CASE("a pair of one story is explained", "[pipeline][explain]") {
  const Corpus corpus = ThreeShortArticles();
  const auto evidence =
      FoldAndKeepEvidence(corpus.articles(), WithoutWords(), {});

  const StoryExplanation why =
      ExplainStories(corpus.articles(), evidence, {}, 0, 1);

  CHECK(why.same_story);
  CHECK(why.cosine == Approx(0.5355238).margin(1e-5));
  // m = 4 g^3 / (g^3 + .03), q = (2 m + g (1 + m^2)) / (1 + 2 m g + m^2)
  CHECK(why.sharpened == Approx(0.8379756).margin(1e-5));
  CHECK(why.needed == Approx(0.45));
  CHECK(why.gate == Approx(0.2530769).margin(1e-6));  // .23 + .30 / 13
  CHECK(why.same_component);
  CHECK(why.gap_seconds == 600);
  CHECK(why.within_window);
  REQUIRE(why.terms.size() == 2);
  CHECK(why.terms[0].word == "harbour");
  CHECK(why.terms[0].share == Approx(0.504975).margin(1e-5));
  CHECK(why.terms[0].articles_with_it == 2);
  CHECK(why.terms[1].word == "fire");
  CHECK(why.terms[1].share == Approx(0.495025).margin(1e-5));
  CHECK(why.mean_relative == Approx(1.8621680).margin(1e-5));  // q / .45
  CHECK(why.size_a == 2);
  CHECK(why.size_b == 2);
  REQUIRE(why.chain.size() == 1);
  CHECK(why.chain[0].from == 0);
  CHECK(why.chain[0].to == 1);
  CHECK(why.chain[0].similarity == Approx(0.8379756).margin(1e-5));

  const CopyExplanation copies =
      ExplainCopies(corpus.articles(), evidence, 0, 1);
  CHECK_FALSE(copies.same_cluster);
  CHECK(copies.representative_a == 0);
  CHECK(copies.representative_b == 1);
  CHECK(copies.words_a == 3);
  CHECK(copies.jaccard == 0);
  CHECK(copies.chain.empty());
}

TEST_CASE("a term is spelled as the first article of the pair does",
          "[pipeline][explain]") {
  const Corpus corpus = ThreeShortArticles();
  const auto evidence = FoldAndKeepEvidence(corpus.articles(), {}, {});
  const auto why = ExplainStories(corpus.articles(), evidence, {}, 1, 0);
  REQUIRE(why.terms.size() == 2);
  CHECK(why.terms[1].word == "fires");
  REQUIRE(why.chain.size() == 1);
  CHECK(why.chain[0].from == 1);
  CHECK(why.chain[0].to == 0);
}

TEST_CASE("a pair that is apart is explained", "[pipeline][explain]") {
  const Corpus corpus = ThreeShortArticles();
  const auto evidence = FoldAndKeepEvidence(corpus.articles(), {}, {});

  const StoryExplanation why =
      ExplainStories(corpus.articles(), evidence, {}, 0, 2);

  CHECK_FALSE(why.same_story);
  CHECK(why.cosine == 0);
  CHECK(why.sharpened == 0);
  CHECK(why.needed == Approx(0.45));
  CHECK_FALSE(why.same_component);
  CHECK_FALSE(why.gap_seconds);  // article 2 has no time
  CHECK(why.within_window);
  CHECK(why.terms.empty());
  CHECK(why.mean_relative == 0);
  CHECK(why.size_a == 2);
  CHECK(why.size_b == 1);
  CHECK(why.chain.empty());

  const CopyExplanation copies =
      ExplainCopies(corpus.articles(), evidence, 0, 2);
  CHECK_FALSE(copies.same_cluster);
  CHECK(copies.jaccard == 0);
  CHECK(copies.containment == 0);
}

TEST_CASE("a pair of two stories of one topic is explained",
          "[pipeline][explain]") {
  const Corpus corpus = MakeTopicCorpus();
  const auto evidence = FoldAndKeepEvidence(corpus.articles(), {}, {});

  const StoryExplanation why =
      ExplainStories(corpus.articles(), evidence, {}, 0, 1);

  CHECK_FALSE(why.same_story);
  REQUIRE(why.topic.has_value());
  CHECK_FALSE(why.topic->other_names);
  CHECK(why.topic->shared.size() == 3);
  for (const std::string& name : why.topic->shared) {
    CAPTURE(name);
    CHECK((name[0] >= 'A' && name[0] <= 'Z'));
  }
  CHECK(why.topic->similarity < 0.05);
  CHECK(why.topic->needed == Approx(0.24));
  CHECK(why.topic->topic_similarity < why.topic->topic_needed);
  CHECK(why.topic->topic_needed == Approx(0.14));
  CHECK(why.topic->topic_size == 3);
  CHECK_FALSE(
      ExplainStories(corpus.articles(), evidence, {}, 0, 2).topic.has_value());
  CHECK_FALSE(
      ExplainStories(corpus.articles(), evidence, {}, 0, 3).topic.has_value());
}

TEST_CASE("a pair of two stories with other names is explained",
          "[pipeline][explain]") {
  Random random(6);
  const auto text = [&](const std::string& names) {
    std::string all;
    for (int i = 0; i < 12; ++i) {
      all += names + " earthquake magnitude collapsed rescuers tremor shook " +
             RandomText(random, 12, 20'000) + "\n";
    }
    return all;
  };
  Corpus corpus;
  corpus.Add({"", "", text("Maren Corvane Istria")});
  corpus.Add({"", "", text("Tarvo Hellin Dol")});
  for (int i = 0; i < 4; ++i) corpus.Add({"", "", RandomText(random, 90, 500)});
  const auto evidence = FoldAndKeepEvidence(corpus.articles(), {}, {});

  const StoryExplanation why =
      ExplainStories(corpus.articles(), evidence, {}, 0, 1);

  CHECK_FALSE(why.same_story);

  REQUIRE(why.topic.has_value());
  CHECK(why.topic->other_names);
  CHECK(why.topic->shared.size() == 3);
  CHECK(why.topic->similarity == 0);
  CHECK(why.topic->needed == Approx(0.25));
  CHECK(why.topic->topic_needed == Approx(0.15));
}

TEST_CASE("a pair near enough but outside of the window is explained",
          "[pipeline][explain]") {
  Corpus corpus;
  corpus.Add({"", "", "harbour fire ferry", "gazette", 86'400});
  corpus.Add({"", "", "harbour fire tanker", "herald", 4 * 86'400});
  corpus.Add({"", "", "senate budget vote", "courier", 86'400});
  PipelineOptions options = WithoutWords();
  options.stories.window_days = 2;
  const auto evidence = FoldAndKeepEvidence(corpus.articles(), options, {});

  const StoryExplanation why =
      ExplainStories(corpus.articles(), evidence, options.stories, 0, 1);

  CHECK_FALSE(why.same_story);
  CHECK(why.cosine == Approx(0.5355238).margin(1e-5));
  CHECK(why.gap_seconds == 3 * 86'400);
  CHECK_FALSE(why.within_window);
  CHECK(why.sharpened == 0);
  CHECK(why.terms.size() == 2);
}

TEST_CASE("two days of one series are explained", "[pipeline][explain]") {
  for (const bool same_day : {true, false}) {
    Corpus corpus;
    corpus.Add({"", "Harbour notes 2 May", "harbour fire ferry", "gazette"});
    corpus.Add({"", same_day ? "Harbour notes 2 May" : "Harbour notes 3 May",
                "harbour fire tanker", "gazette"});
    corpus.Add({"", "", "senate budget vote", "courier"});
    const auto evidence =
        FoldAndKeepEvidence(corpus.articles(), WithoutWords(), {});

    const StoryExplanation why =
        ExplainStories(corpus.articles(), evidence, {}, 0, 1);

    CHECK(why.other_editions == !same_day);
    CHECK(ExplainCopies(corpus.articles(), evidence, 0, 1).other_editions ==
          !same_day);
    CHECK(why.same_story == same_day);
    CHECK((why.sharpened == 0) == !same_day);
  }
}

TEST_CASE(
    "two long texts that are too little alike to be a story alone are "
    "explained",
    "[pipeline][explain]") {
  // Every third word is the same, so that no sequences are.
  Corpus corpus;
  std::string other;
  for (int i = 0; i < 300; ++i) {
    const int word = i % 3 == 0 ? i : 500 + i;
    other += WordRange(word, word + 1) + " ";
  }
  corpus.Add({"", "", WordRange(0, 300), "gazette"});
  corpus.Add({"", "", other, "herald"});
  for (int i = 0; i < 6; ++i) {
    const int begin = 1'000 + 300 * i;
    corpus.Add({"", "", WordRange(begin, begin + 300), "courier"});
  }
  const auto evidence =
      FoldAndKeepEvidence(corpus.articles(), WithoutWords(), {});

  const StoryExplanation why =
      ExplainStories(corpus.articles(), evidence, {}, 0, 1);

  CHECK_FALSE(why.same_story);
  CHECK(why.same_component);
  CHECK_FALSE(why.topic.has_value());
  REQUIRE(why.pair_alone.has_value());
  CHECK(why.pair_alone->edge == Approx(why.cosine));
  CHECK(why.pair_alone->edge < why.pair_alone->needed);
  CHECK(why.pair_alone->needed == Approx(why.gate + 0.20));
}

TEST_CASE("a copy pair is explained", "[pipeline][explain]") {
  // 100 words have 96 word 5-grams, 120 words 116, and all of the 96 are among
  // those: Jaccard 96 / 116, containment 1.
  Corpus corpus;
  corpus.Add({"", "First", WordRange(0, 100), "gazette"});
  corpus.Add({"", "Second", WordRange(0, 120), "herald"});
  corpus.Add({"", "Third", WordRange(300, 400), "courier"});
  const auto evidence = FoldAndKeepEvidence(corpus.articles(), {}, {});

  const CopyExplanation why = ExplainCopies(corpus.articles(), evidence, 0, 1);

  CHECK(why.same_cluster);
  CHECK(why.representative_a == 1);  // the longer
  CHECK(why.representative_b == 1);
  CHECK(why.words_a == 100);
  CHECK(why.words_b == 120);
  CHECK(why.jaccard == Approx(0.8275862));
  CHECK(why.containment == Approx(1));
  REQUIRE(why.chain.size() == 1);
  CHECK(why.chain[0].from == 0);
  CHECK(why.chain[0].to == 1);
  // Of the longer text's 118 word 3-grams 98 are shared.
  CHECK(why.chain[0].similarity == Approx(0.9 + 0.1 * 98 / 118));

  const StoryExplanation story =
      ExplainStories(corpus.articles(), evidence, {}, 0, 1);
  CHECK(story.same_story);
  CHECK(story.same_component);
  CHECK(story.cosine == Approx(1).margin(1e-5));  // both stand as one node
  CHECK(story.size_a == 1);
  CHECK(story.chain.empty());
  CHECK(story.terms.size() == 8);
}

TEST_CASE("words of copies are counted without boilerplate",
          "[pipeline][explain]") {
  const std::string footer = "\nSubscribe to the gazette today";
  Corpus corpus;
  for (int i = 0; i < 3; ++i) {
    corpus.Add({"", "", WordRange(i * 100, i * 100 + 40) + footer, "gazette"});
  }
  const auto evidence = FoldAndKeepEvidence(corpus.articles(), {}, {});
  const CopyExplanation why = ExplainCopies(corpus.articles(), evidence, 0, 1);
  CHECK(why.words_a == 40);
  CHECK(why.words_b == 40);
  CHECK_FALSE(why.same_cluster);
}

TEST_CASE("a chain goes by its strongest links", "[pipeline][explain]") {
  Corpus corpus;
  for (int i = 0; i < 4; ++i) corpus.Add({"", "", "storm"});
  ExplainedFolding evidence;
  evidence.folding.copies.representative = {0, 0, 0, 3};
  evidence.folding.copies.links = {
      {0, 1, 0.9f}, {1, 2, 0.8f}, {0, 2, 0.5f}, {0, 3, 0.95f}, {2, 3, 0.95f}};

  const CopyExplanation why = ExplainCopies(corpus.articles(), evidence, 0, 2);

  REQUIRE(why.same_cluster);
  REQUIRE(why.chain.size() == 2);  // not through 3, of another cluster
  CHECK(why.chain[0].from == 0);
  CHECK(why.chain[0].to == 1);
  CHECK(why.chain[0].similarity == Approx(0.9));
  CHECK(why.chain[1].from == 1);
  CHECK(why.chain[1].to == 2);
  CHECK(why.chain[1].similarity == Approx(0.8));
  CHECK(ExplainCopies(corpus.articles(), evidence, 0, 3).chain.empty());
}

}  // namespace
}  // namespace storyfold
