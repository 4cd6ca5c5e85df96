#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pipeline/fold.h"
#include "storyfold/article.h"
#include "storyfold/pipeline.h"

namespace storyfold {

// One step of a chain of articles.
struct ChainLink {
  ArticleId from = 0;
  ArticleId to = 0;
  double similarity = 0;
};

// Why two articles are copies of one another, or not.
struct CopyExplanation {
  bool same_cluster = false;
  ArticleId representative_a = 0;
  ArticleId representative_b = 0;
  size_t words_a = 0;  // boilerplate left out
  size_t words_b = 0;
  double jaccard = 0;      // of word 5-grams, exact
  double containment = 0;  // share of the smaller set in the other
  // Whether their titles tell that they are two days of one series.
  bool other_editions = false;
  // The strongest chain from a to b inside the cluster, of one link where they
  // are linked directly; empty where their texts are equal or no copies.
  std::vector<ChainLink> chain;
};

struct SharedTerm {
  std::string word;
  double share = 0;             // of the cosine
  size_t articles_with_it = 0;  // of the batch, copies left out
};

// What two articles of one topic, though not of one story, have in common.
struct TopicExplanation {
  // Whether they differ in their names; else in all other words.
  bool other_names = false;
  // Up to 3 words of the kind in which they do not differ that both have, the
  // heaviest.
  std::vector<std::string> shared;
  // Of the kind in which they differ: similarity of the two articles and what
  // one story would need, in [0, 1]; needed is 0 where texts are too short or
  // their languages differ.
  double similarity = 0;
  double needed = 0;
  // The mean over all pairs of the topic (of the part of it with the same plain
  // words, where names differ), and that below which it was split.
  double topic_similarity = 0;
  double topic_needed = 0;
  size_t topic_size = 0;  // articles, copies left out
};

// What two articles that would be a story with nobody else lack.
struct PairAloneExplanation {
  double edge = 0;    // how alike they are, as in the graph of all pairs
  double needed = 0;  // by two alone
};

// What the dense vectors of two articles say.
struct DenseExplanation {
  double cosine = 0;  // less the means of their languages, in [-1, 1]
  bool two_languages = false;
  double edge = 0;  // what it makes of the pair together with the words; 0:
                    // they are not among each other's neighbours
};

// Why two articles are one story, or not.
struct StoryExplanation {
  bool same_story = false;
  double cosine = 0;                      // of their own words
  std::optional<DenseExplanation> dense;  // where both have a vector
  double sharpened = 0;  // after the neighbours had their say; 0: below .15
  double needed = 0;     // mean sharpened similarity for texts so long
  double gate = 0;       // least cosine of the pairs stories hang together by,
  double weak_gate = 0;  // and of those whose names and other words agree
  bool same_component = false;         // connected by such pairs
  std::optional<int64_t> gap_seconds;  // between their times
  bool within_window = true;
  // Whether their titles tell that they are two days of one series.
  bool other_editions = false;
  std::vector<SharedTerm> terms;  // up to 8, by share
  // Mean sharpened similarity, relative to what is needed (1: just enough),
  // over all pairs between the two stories, or inside the common one.
  double mean_relative = 0;
  size_t size_a = 0;  // articles of the stories, copies left out
  size_t size_b = 0;
  std::optional<TopicExplanation> topic;  // of different stories of one topic
  std::optional<PairAloneExplanation> pair_alone;  // parted for being only two
  // The strongest chain from a to b inside the story.
  std::vector<ChainLink> chain;
};

// Returns what adds most to the cosine of two nodes, up to 8 terms, the first
// the largest. O(terms of all articles).
std::vector<SharedTerm> TermsShared(std::span<const Article> articles,
                                    const StoryModel& model, uint32_t node_a,
                                    uint32_t node_b, double cosine);

// Returns the words of these terms as the text of `node_a` has them, where it
// can be told. O(its text).
std::vector<std::string> WordsShared(std::span<const Article> articles,
                                     const StoryModel& model, uint32_t node_a,
                                     uint32_t node_b);

// Explain one pair. O(articles + pairs of the batch).
// REQUIRES: evidence is of `articles` and `options`; a != b
CopyExplanation ExplainCopies(std::span<const Article> articles,
                              const ExplainedFolding& evidence, ArticleId a,
                              ArticleId b);
StoryExplanation ExplainStories(std::span<const Article> articles,
                                const ExplainedFolding& evidence,
                                const StoryOptions& options, ArticleId a,
                                ArticleId b);

}  // namespace storyfold
