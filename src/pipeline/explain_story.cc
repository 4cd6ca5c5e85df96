// Tested by: tests/state/explain_story_test.cc

#include "pipeline/explain_story.h"

#include <algorithm>
#include <map>
#include <utility>

#include "pipeline/explain.h"

namespace storyfold {
namespace {

constexpr size_t kMostNear = 5;
constexpr size_t kMostWords = 5;

// An edge between two nodes, from one that is looked at.
struct Edge {
  uint32_t from = 0;
  uint32_t to = 0;
  double similarity = 0;
  double relative = 0;  // to what is needed
};

void KeepStronger(const Edge& edge, Edge& best) {
  if (edge.relative > best.relative) best = edge;
}

// The edges of a story.
struct StoryEdges {
  std::map<uint32_t, Edge> inside;  // the strongest of each node
  struct Outside {
    Edge strongest;
    double sum_relative = 0;
    bool same_topic = false;
  };
  std::map<uint32_t, Outside> outside;  // by the other story
};

StoryEdges EdgesOf(const StoryModel& model, std::span<const uint32_t> story_of,
                   uint32_t story) {
  StoryEdges edges;
  const auto story_of_node = [&](uint32_t node) {
    return story_of[model.articles[node]];
  };
  const auto add = [&](const Edge& edge) {
    if (story_of_node(edge.from) != story) return;
    const uint32_t other = story_of_node(edge.to);
    if (other == story) {
      KeepStronger(edge, edges.inside[edge.from]);
      return;
    }
    StoryEdges::Outside& outside = edges.outside[other];
    KeepStronger(edge, outside.strongest);
    outside.sum_relative += edge.relative;
    outside.same_topic =
        outside.same_topic || model.topic[edge.from] == model.topic[edge.to];
  };
  for (const WeightedEdge& edge : model.similar) {
    const double relative = edge.weight / CutFor(model, edge.a, edge.b);
    add({edge.a, edge.b, edge.weight, relative});
    add({edge.b, edge.a, edge.weight, relative});
  }
  return edges;
}

Tie MakeTie(std::span<const Article> articles, const StoryModel& model,
            const Edge& edge) {
  Tie tie = {model.articles[edge.from], model.articles[edge.to],
             edge.similarity, CutFor(model, edge.from, edge.to),
             WordsShared(articles, model, edge.from, edge.to)};
  tie.words.resize(std::min(tie.words.size(), kMostWords));
  return tie;
}

}  // namespace

WholeStoryExplanation ExplainWholeStory(std::span<const Article> articles,
                                        const ExplainedFolding& evidence,
                                        std::span<const uint32_t> story_of,
                                        uint32_t story) {
  const StoryModel& model = evidence.model;
  StoryEdges edges = EdgesOf(model, story_of, story);
  WholeStoryExplanation why;
  for (ArticleId a = 0; a < articles.size(); ++a) {
    if (story_of[a] != story) continue;
    const uint32_t node = model.node_of[a];
    MemberExplanation& member = why.members.emplace_back();
    member.article = a;
    if (model.articles[node] != a) {
      member.copy_of = model.articles[node];
      continue;
    }
    const auto edge = edges.inside.find(node);
    if (edge != edges.inside.end()) {
      member.tie = MakeTie(articles, model, edge->second);
    }
  }
  std::map<uint32_t, size_t> nodes;  // of each story
  for (const ArticleId a : model.articles) ++nodes[story_of[a]];
  for (const auto& [other, outside] : edges.outside) {
    const auto pairs = static_cast<double>(nodes[story] * nodes[other]);
    why.near.push_back(
        {other, outside.same_topic, {}, outside.sum_relative / pairs});
  }
  std::ranges::stable_sort(why.near, std::greater<>(),
                           &NearStory::mean_relative);
  why.near.resize(std::min(why.near.size(), kMostNear));
  for (NearStory& near : why.near) {
    near.tie = MakeTie(articles, model, edges.outside[near.story].strongest);
  }
  return why;
}

}  // namespace storyfold
