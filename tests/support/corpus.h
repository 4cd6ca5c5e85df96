#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "storyfold/article.h"

namespace storyfold {

// A small random number generator (SplitMix64) that gives the same numbers on
// every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next();
  // Returns a number in [0, bound). REQUIRES: bound > 0
  uint64_t Below(uint64_t bound) { return Next() % bound; }
  // Returns a number in [0, 1).
  double Unit();

 private:
  uint64_t state_;
};

// Articles that own their strings, for tests.
class Corpus {
 public:
  struct Fields {
    std::string id = {};
    std::string title = {};
    std::string text = {};
    std::string source = {};
    int64_t published = 0;  // 0: none
    std::string language = "en";
  };

  // Adds an article; without an id it is called "a0", "a1", ...
  ArticleId Add(Fields fields);

  const std::vector<Article>& articles() const { return articles_; }
  const std::string& Text(ArticleId article) const {
    return fields_[article].text;
  }

 private:
  std::deque<Fields> fields_;
  std::vector<Article> articles_;
};

// Returns `num_words` words drawn from a vocabulary of `vocabulary` words,
// frequent ones more often, as sentences, ten words a line.
std::string RandomText(Random& random, size_t num_words, size_t vocabulary);

// Returns the words w<first>, w<first + 1>, ..., `count` of them.
std::string Numbered(size_t first, size_t count);

// Returns four lines, sentences in which 40 words that only the story uses
// stand among others.
std::vector<std::string> LinesOfStory(Random& random, size_t story);

// Returns `text` with about the given share of its words replaced.
std::string Edit(Random& random, const std::string& text, double share);

// Returns articles of these texts, without titles.
Corpus OfTexts(const std::vector<std::string>& texts);

// Returns three articles about the same people and places, 0 and 2 about one
// event and 1 about another, and four articles about other things.
Corpus MakeTopicCorpus();

// A random corpus: stories of 1 to 5 articles that share topical words, copies
// with edits, boilerplate lines of each of five sources. `story` and `cluster`
// of each article are the truth.
struct LabelledCorpus {
  Corpus corpus;
  std::vector<uint32_t> story;
  std::vector<uint32_t> cluster;
};
LabelledCorpus MakeLabelledCorpus(uint64_t seed, size_t num_stories);

}  // namespace storyfold
