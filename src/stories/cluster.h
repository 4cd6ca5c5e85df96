#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/average_linkage.h"
#include "stories/graph.h"
#include "stories/topics.h"
#include "storyfold/article.h"
#include "storyfold/stories.h"
#include "text/removed_lines.h"

namespace storyfold {

// How the stories of a batch came about: what describes and explains them.
// Nodes are the articles that stand for their copies, in ArticleId order.
struct StoryModel {
  std::vector<ArticleId> articles;   // of each node
  std::vector<uint32_t> node_of;     // of each article, through its copies
  std::vector<uint32_t> num_tokens;  // of each node
  std::vector<std::string_view> languages;  // of each node, see LanguagesOf
  TermVectors vectors;
  NeighbourGraph graph;               // cosines
  std::vector<uint32_t> component;    // of each node, along gate edges
  std::vector<WeightedEdge> similar;  // sharpened similarities between nodes
  double gate = 0;                    // least cosine of a gate edge
  std::vector<uint32_t> topic;        // of each node: lowest node of its topic
  // Of each node: lowest node of the part of its topic with which it has more
  // than names in common.
  std::vector<uint32_t> same_plain_words;
  std::vector<uint32_t> label;  // of each node: lowest node of its story
};

// Two articles of which a person said whether they are one story.
struct PinnedPair {
  ArticleId a = 0;
  ArticleId b = 0;
  bool same = false;
};

// What was decided before this batch is clustered. Earlier stories are favoured
// a little: of pairs that were one story 5 % less similarity is asked, of pairs
// that were two 5 % more. Pinned pairs are decided, whatever the texts say; of
// contradicting ones `same` wins.
struct EarlierStories {
  static constexpr uint32_t kNone = 0;

  // For each article any name of its story, kNone for a new article; empty
  // where all are new.
  std::span<const uint32_t> story_of = {};
  std::span<const PinnedPair> pinned = {};
};

// Returns the sharpened similarity that articles of these lengths (in tokens)
// need on average to be one story.
double CutFor(double num_tokens_a, double num_tokens_b,
              const StoryOptions& options);

// Returns the words of one kind of the nodes of `model`, which must outlive
// them.
WordsOfKind WordsOf(const StoryModel& model, const WordKind& kind,
                    const StoryOptions& options);

// Finds the stories of a batch. `representative` gives the article that stands
// for each article's copies. The result is the same at any number of threads.
// Cost: see BuildGraph and SharpenGraph; 2 kB an article beside the texts.
// REQUIRES: Validate(options).ok()
StoryModel ClusterStories(std::span<const Article> articles,
                          const RemovedLines& removed,
                          std::span<const ArticleId> representative,
                          const StoryOptions& options,
                          const EarlierStories& earlier = {});

}  // namespace storyfold
