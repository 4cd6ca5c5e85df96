#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/average_linkage.h"
#include "storyfold/article.h"

namespace storyfold {

// Two articles of which a person said whether they are one story.
struct PinnedPair {
  ArticleId a = 0;
  ArticleId b = 0;
  bool same = false;
};

// What was decided before this batch is clustered. Earlier stories are favoured
// a little: of pairs that were one story 1 % less similarity is asked, of pairs
// that were two 1 % more. Pinned pairs are decided, whatever the texts say: the
// stories of two that are one are joined whole. Of contradicting ones `same`
// wins.
struct EarlierStories {
  static constexpr uint32_t kNone = 0;

  // For each article any name of its story, kNone for a new article; empty
  // where all are new.
  std::span<const uint32_t> story_of = {};
  std::span<const PinnedPair> pinned = {};

  // For each article whether something about it is new: it, its text, its
  // copies or what a person said of it; not that a line was flagged late. What
  // no such article comes near stays as it was decided; see SettledNodes.
  // Empty: all are.
  std::span<const char> touched = {};
};

// Copies are one story, unless a person says otherwise: then one of the two
// stands for itself.
void PartPinnedCopies(std::span<const PinnedPair> pinned,
                      std::vector<ArticleId>& representative);

// Returns the earlier story of each node: that of its article, or of the first
// copy that has one; kNone where none has.
std::vector<uint32_t> EarlierStoryOfNodes(std::span<const uint32_t> story_of,
                                          std::span<const uint32_t> node_of,
                                          std::span<const ArticleId> articles);

// Returns for each node whether its story can only be what it was: there is no
// touched article in its component, in its story, in the components of that,
// and so on. One without an earlier story is not settled. Empty where all are
// touched. O(nodes)
std::vector<char> SettledNodes(const EarlierStories& earlier,
                               std::span<const uint32_t> node_of,
                               std::span<const uint32_t> earlier_story,
                               std::span<const uint32_t> component);

// Labels settled nodes by their earlier stories.
void KeepSettled(std::span<const char> is_settled,
                 std::span<const uint32_t> earlier_story,
                 std::vector<uint32_t>& label);

// Weighs edges between nodes by what was decided before: see EarlierStories.
// node_of[a] is the node of article a, articles[n] the one that node n is of.
void WeighEarlier(const EarlierStories& earlier,
                  std::span<const uint32_t> node_of,
                  std::span<const ArticleId> articles,
                  std::vector<WeightedEdge>& edges);

// Joins the stories of pairs that are pinned together; label[n] is the lowest
// node of the story of node n. Where others of the two stories are pinned apart
// only the two leave them, for one of their own. O(nodes + pins) a pin.
void JoinPinned(std::span<const PinnedPair> pinned,
                std::span<const uint32_t> node_of,
                std::vector<uint32_t>& label);

}  // namespace storyfold
