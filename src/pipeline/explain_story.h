#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pipeline/fold.h"
#include "storyfold/article.h"

namespace storyfold {

// What ties two articles together.
struct Tie {
  ArticleId from = 0;
  ArticleId to = 0;
  double similarity = 0;           // sharpened
  double needed = 0;               // on average over a story, for texts so long
  std::vector<std::string> words;  // up to 5, those they share most
};

// Why an article is in a story.
struct MemberExplanation {
  ArticleId article = 0;
  std::optional<ArticleId> copy_of;  // who stands for it
  std::optional<Tie> tie;            // the strongest to another member
};

// A story that was kept apart though articles of it are alike.
struct NearStory {
  uint32_t story = 0;
  bool same_topic = false;
  Tie tie;  // the strongest from a member to an article of it
  // Mean sharpened similarity over all pairs between the two, relative to what
  // would join them.
  double mean_relative = 0;
};

struct WholeStoryExplanation {
  std::vector<MemberExplanation> members;  // by ArticleId
  std::vector<NearStory> near;             // up to 5, the nearest first
};

// Explains the story `story`: the articles a with story_of[a] == story, be they
// one story in `evidence` or not. O(articles, pairs of the batch, and the texts
// of the story)
// REQUIRES: evidence is of `articles`
WholeStoryExplanation ExplainWholeStory(std::span<const Article> articles,
                                        const ExplainedFolding& evidence,
                                        std::span<const uint32_t> story_of,
                                        uint32_t story);

}  // namespace storyfold
