// Copies are collapsed first, so that a text printed by 300 outlets is one
// vote. Then: terms, vectors, graph, sharpening, gate, average linkage, and the
// check whether what was found is a topic of several stories; each is a file of
// its own.
//
// The gate keeps apart what only sharpening would join: articles meet only
// inside components of edges with a cosine of at least .22 + .30 / (N + 10);
// in a small batch every word looks rare, so it asks for more there.
//
// Headlines have few words, so their similarities are lower: the cut is .80
// for texts of 60 words or more and .45 for 15 or fewer. A pair of lengths
// needs the geometric mean of the two cuts.
//
// Tested by: tests/stories/cluster_test.cc

#include "stories/cluster.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

#include "base/components.h"
#include "base/threads.h"
#include "stories/bags.h"
#include "stories/languages.h"
#include "stories/sharpen.h"
#include "stories/text_length.h"

namespace storyfold {
namespace {

constexpr double kSmallBatchGate = 0.30;
constexpr double kGranularityStep = 1.25;
constexpr double kSecondsPerDay = 86'400;
constexpr double kMostWindowDays = 1e6;
constexpr double kFavour = 0.05;
// Outweighs all that texts can say, in any story.
constexpr double kPinnedWeight = 1e9;

double Strictness(const StoryOptions& options) {
  return std::pow(kGranularityStep, options.granularity);
}

double CutOf(double num_tokens, const StoryOptions& options) {
  const double cut =
      options.headline_cut +
      (options.full_text_cut - options.headline_cut) * FullTextRamp(num_tokens);
  return std::min(1.0, cut * Strictness(options));
}

std::shared_ptr<const WordTable> WordTableOf(const StoryOptions& options) {
  return options.words ? options.words : BuiltInWords();
}

void CollapseCopies(std::span<const ArticleId> representative,
                    StoryModel& model) {
  model.node_of.resize(representative.size());
  for (ArticleId a = 0; a < representative.size(); ++a) {
    if (representative[a] != a) continue;
    model.node_of[a] = static_cast<uint32_t>(model.articles.size());
    model.articles.push_back(a);
  }
  for (ArticleId a = 0; a < representative.size(); ++a) {
    model.node_of[a] = model.node_of[representative[a]];
  }
}

std::vector<uint32_t> GateComponents(const NeighbourGraph& graph, double gate) {
  Components components(graph.size());
  for (uint32_t i = 0; i < graph.size(); ++i) {
    for (const Neighbour& n : graph.Row(i)) {
      if (n.node > i && n.weight >= gate) components.Connect(i, n.node);
    }
  }
  return components.Labels();
}

// Returns the earlier story of each node: that of its article, or of the first
// copy that has one.
std::vector<uint32_t> EarlierStoryOfNodes(const StoryModel& model,
                                          std::span<const uint32_t> story_of) {
  std::vector<uint32_t> story(model.articles.size(), EarlierStories::kNone);
  for (ArticleId a = 0; a < story_of.size(); ++a) {
    uint32_t& of_node = story[model.node_of[a]];
    if (of_node == EarlierStories::kNone) of_node = story_of[a];
  }
  for (uint32_t node = 0; node < story.size() && !story_of.empty(); ++node) {
    const uint32_t own = story_of[model.articles[node]];
    if (own != EarlierStories::kNone) story[node] = own;
  }
  return story;
}

// Multiplies the weights of pairs that were decided before.
void FavourEarlier(const StoryModel& model, const EarlierStories& earlier,
                   std::vector<WeightedEdge>& edges) {
  if (earlier.story_of.empty()) return;
  const std::vector<uint32_t> story =
      EarlierStoryOfNodes(model, earlier.story_of);
  for (WeightedEdge& edge : edges) {
    const uint32_t a = story[edge.a];
    const uint32_t b = story[edge.b];
    if (a == EarlierStories::kNone || b == EarlierStories::kNone) continue;
    edge.weight *= a == b ? 1 + kFavour : 1 - kFavour;
  }
}

// Gives pinned pairs the weight of a decision.
void WeighPinned(const StoryModel& model, std::span<const PinnedPair> pinned,
                 std::vector<WeightedEdge>& edges) {
  std::map<std::pair<uint32_t, uint32_t>, double> weights;
  for (const PinnedPair& pair : pinned) {
    const auto [a, b] = std::minmax(model.node_of[pair.a],  //
                                    model.node_of[pair.b]);
    if (a == b) continue;
    double& weight = weights.try_emplace({a, b}, -kPinnedWeight).first->second;
    if (pair.same) weight = kPinnedWeight;
  }
  if (weights.empty()) return;
  std::erase_if(edges, [&](const WeightedEdge& edge) {
    return weights.contains({edge.a, edge.b});
  });
  for (const auto& [nodes, weight] : weights) {
    edges.push_back({nodes.first, nodes.second, weight});
  }
}

std::vector<uint32_t> JoinBySimilarity(const StoryModel& model,
                                       const StoryOptions& options,
                                       const EarlierStories& earlier) {
  std::vector<WeightedEdge> relative = model.similar;
  ParallelFor(relative.size(), [&](size_t e) {
    relative[e].weight /= CutFor(model.num_tokens[relative[e].a],
                                 model.num_tokens[relative[e].b], options);
  });
  FavourEarlier(model, earlier, relative);
  WeighPinned(model, earlier.pinned, relative);
  return AverageLinkage(model.articles.size(), relative, 1);
}

// Joins the stories of pairs that are pinned together, where a topic was split
// between them.
void JoinPinned(std::span<const PinnedPair> pinned, StoryModel& model) {
  Components joined(model.label.size());
  bool any = false;
  for (const PinnedPair& pair : pinned) {
    if (!pair.same) continue;
    const uint32_t a = model.label[model.node_of[pair.a]];
    const uint32_t b = model.label[model.node_of[pair.b]];
    any |= a != b;
    joined.Connect(a, b);
  }
  if (!any) return;
  const std::vector<uint32_t> lowest = joined.Labels();
  for (uint32_t& label : model.label) label = lowest[label];
}

}  // namespace

absl::Status Validate(const StoryOptions& options) {
  if (!(options.window_days >= 0 && options.window_days <= kMostWindowDays)) {
    return absl::InvalidArgumentError("window must be 0 to 1,000,000 days");
  }
  if (!(options.gate > 0 && options.gate < 1)) {
    return absl::InvalidArgumentError("gate must be in (0, 1)");
  }
  if (!(options.granularity >= -1 && options.granularity <= 1)) {
    return absl::InvalidArgumentError("granularity must be in [-1, 1]");
  }
  for (const double cut : {options.full_text_cut, options.headline_cut}) {
    if (!(cut > 0 && cut <= 1)) {
      return absl::InvalidArgumentError(
          "full-text-cut and headline-cut must be in (0, 1]");
    }
  }
  return absl::OkStatus();
}

double CutFor(double num_tokens_a, double num_tokens_b,
              const StoryOptions& options) {
  return std::sqrt(CutOf(num_tokens_a, options) * CutOf(num_tokens_b, options));
}

WordsOfKind WordsOf(const StoryModel& model, const WordKind& kind,
                    const StoryOptions& options) {
  return WordsOfKind(kind, model.vectors, *WordTableOf(options),
                     model.languages, model.num_tokens);
}

StoryModel ClusterStories(std::span<const Article> articles,
                          const RemovedLines& removed,
                          std::span<const ArticleId> representative,
                          const StoryOptions& options,
                          const EarlierStories& earlier) {
  StoryModel model;
  CollapseCopies(representative, model);
  model.languages = LanguagesOf(articles, model.articles);
  std::vector<std::optional<int64_t>> times;
  for (const ArticleId a : model.articles) {
    times.push_back(articles[a].published);
  }
  {
    TermBags bags =
        ReadBags(articles, model.articles, model.languages, removed);
    model.num_tokens = bags.num_tokens;
    const auto words = WordTableOf(options);
    const VirtualArticles more = VirtualArticlesFor(model.num_tokens, *words);
    model.vectors = ComputeVectors(std::move(bags), more);
  }
  model.graph = BuildGraph(
      model.vectors, times,
      static_cast<int64_t>(std::ceil(options.window_days * kSecondsPerDay)));
  model.gate = options.gate * Strictness(options) +
               kSmallBatchGate / static_cast<double>(times.size() + 10);
  model.component = GateComponents(model.graph, model.gate);
  model.similar = SharpenGraph(model.graph, model.component);
  model.topic = JoinBySimilarity(model, options, earlier);
  model.same_plain_words = SplitTopics(
      model.topic, WordsOf(model, kPlainWords, options), model.similar);
  model.label = SplitTopics(model.same_plain_words,
                            WordsOf(model, kNames, options), model.similar);
  JoinPinned(earlier.pinned, model);
  return model;
}

}  // namespace storyfold
