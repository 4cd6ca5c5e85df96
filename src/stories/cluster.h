#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/average_linkage.h"
#include "stories/article_vectors.h"
#include "stories/bags.h"
#include "stories/earlier.h"
#include "stories/graph.h"
#include "stories/topics.h"
#include "storyfold/article.h"
#include "storyfold/stories.h"
#include "text/removed_lines.h"

namespace storyfold {

// The articles that stand for their copies, in ArticleId order.
struct CollapsedArticles {
  std::vector<ArticleId> articles;  // of each node
  std::vector<uint32_t> node_of;    // of each article, through its copies
  // Of each node: the article, then the first of its copies, as many as a bag
  // is made of (see ReadBags).
  Csr<ArticleId> texts;
  std::vector<uint32_t> num_texts;  // of each node: the article and all copies
};

// Returns the nodes of a batch; `representative` gives the article that stands
// for each article's copies. O(articles)
CollapsedArticles CollapseCopies(std::span<const ArticleId> representative);

// How the stories of a batch came about: what describes and explains them.
struct StoryModel : CollapsedArticles {
  std::vector<uint32_t> num_tokens;  // of each node
  std::vector<double> cut;  // of each node: sharpened similarity that it needs
                            // on average to join one like it
  std::vector<std::string_view> languages;  // of each node, see LanguagesOf
  TermVectors vectors;
  DenseVectors dense;    // less the means of their languages; empty: none
  NeighbourGraph graph;  // cosines
  std::vector<uint32_t> component;    // of each node, see GateComponents; a
                                      // settled one is alone in its own
  std::vector<char> is_settled;       // each node, see SettledNodes; or empty
  std::vector<WeightedEdge> similar;  // sharpened similarities between nodes
  double gate = 0;                    // see GateComponents
  std::vector<uint32_t> topic;        // of each node: lowest node of its topic
  // Of each node: lowest node of the part of its topic with which it has more
  // than names in common.
  std::vector<uint32_t> same_plain_words;
  // Of each node: lowest node of the part of that in which they share names,
  // too. Stories of two are then judged once more, see PartPairsAlone.
  std::vector<uint32_t> same_words;
  std::vector<uint32_t> label;  // of each node: lowest node of its story
};

// Returns the sharpened similarity that texts of this length (in tokens) need
// on average to be one story, where headlines need `headline_cut`.
double CutOf(double num_tokens, double headline_cut,
             const StoryOptions& options);

// Returns the sharpened similarity that two nodes need on average to be one
// story.
double CutFor(const StoryModel& model, uint32_t a, uint32_t b);

// What is known of a batch beside its texts.
struct BesideTexts {
  DenseVectors dense = {};  // see CollectVectors; none where it is empty
  EarlierStories earlier = {};
  TermsElsewhere elsewhere = {};
};

// Returns the words of one kind of the nodes of `model`, which must outlive
// them.
WordsOfKind WordsOf(const StoryModel& model, const WordKind& kind,
                    const StoryOptions& options);

// Finds the stories of a batch. `representative`: see CollapseCopies. The
// result is the same at any number of threads.
// Cost: see BuildGraph and SharpenGraph; 2 kB an article beside the texts.
// REQUIRES: Validate(options).ok()
StoryModel ClusterStories(std::span<const Article> articles,
                          const RemovedLines& removed,
                          std::span<const ArticleId> representative,
                          const StoryOptions& options, BesideTexts beside = {});

}  // namespace storyfold
