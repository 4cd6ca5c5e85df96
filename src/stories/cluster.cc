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

std::vector<uint32_t> JoinBySimilarity(const StoryModel& model,
                                       const StoryOptions& options) {
  std::vector<WeightedEdge> relative = model.similar;
  ParallelFor(relative.size(), [&](size_t e) {
    relative[e].weight /= CutFor(model.num_tokens[relative[e].a],
                                 model.num_tokens[relative[e].b], options);
  });
  return AverageLinkage(model.articles.size(), relative, 1);
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
                          const StoryOptions& options) {
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
  model.topic = JoinBySimilarity(model, options);
  model.same_plain_words = SplitTopics(
      model.topic, WordsOf(model, kPlainWords, options), model.similar);
  model.label = SplitTopics(model.same_plain_words,
                            WordsOf(model, kNames, options), model.similar);
  return model;
}

}  // namespace storyfold
