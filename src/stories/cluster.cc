// Copies are collapsed first, so that a text printed by 300 outlets is one
// vote; they differ by a paragraph here and there, so what it says is the mean
// of up to four of them. Then: terms, vectors, graph (without the pairs that
// are two days of one series), gate, sharpening, average linkage, the check
// whether what was found is a topic of several stories, and that of stories of
// two; each is a file of its own. Of a night, stories that nothing new comes
// near are left as they were decided from the gate on.
//
// Headlines have few words, so their similarities are lower: the cut is .81
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

#include "base/free_memory.h"
#include "base/seconds.h"
#include "base/string_view.h"
#include "base/threads.h"
#include "stories/bags.h"
#include "stories/earlier.h"
#include "stories/gate.h"
#include "stories/language_means.h"
#include "stories/languages.h"
#include "stories/mixed_graph.h"
#include "stories/pairs_alone.h"
#include "stories/sharpen.h"
#include "stories/text_length.h"
#include "text/editions.h"

namespace storyfold {
namespace {

constexpr double kSmallBatchGate = 0.30;
constexpr double kGranularityStep = 1.25;
constexpr double kMostWindowDays = 1e6;
constexpr size_t kLargeBatch = 100'000;

double Strictness(const StoryOptions& options) {
  return std::pow(kGranularityStep, options.granularity);
}

// A node with a dense vector has a cut of its own.
void SetCuts(const StoryOptions& options, StoryModel& model) {
  for (size_t i = 0; i < model.num_tokens.size(); ++i) {
    const bool is_dense = !model.dense.empty() && model.dense.known[i];
    const double headline_cut =
        is_dense ? model.dense.weights.headline_cut : options.headline_cut;
    model.cut.push_back(CutOf(model.num_tokens[i], headline_cut, options));
  }
}

std::shared_ptr<const WordTable> WordTableOf(const StoryOptions& options) {
  return options.words ? options.words : BuiltInWords();
}

// Lets the dense vectors have their say in the graph. Where that fails the
// graph of words stays.
void AddDenseChannel(std::span<const std::optional<int64_t>> times,
                     int64_t window_seconds, StoryModel& model) {
  SubtractLanguageMeans(model.dense);
  auto mixed = MixGraph(
      model.graph,
      {model.vectors, {model.dense, times, window_seconds}, model.num_tokens});
  if (mixed.ok()) {
    model.graph = *std::move(mixed);
    return;
  }
  model.dense = {};
  model.dense.problem = std::string(FromAbsl(mixed.status().message()));
}

// What one pass of a large batch leaves free the next does not fit into.
void GiveBackMemory(const StoryModel& model) {
  if (model.articles.size() >= kLargeBatch) ReturnFreeMemory();
}

// Reads the terms of the nodes' texts and weighs them. The bags, which are
// large, are gone behind it.
void AddVectors(const TextsOfBags& texts, const TermsElsewhere& elsewhere,
                const StoryOptions& options, StoryModel& model) {
  TermBags bags = ReadBags(texts);
  AddElsewhere(elsewhere, bags);
  model.num_tokens = bags.num_tokens;
  const auto words = WordTableOf(options);
  const VirtualArticles more =
      VirtualArticlesFor(model.num_tokens, *words, bags.num_elsewhere);
  model.vectors = ComputeVectors(std::move(bags), more);
}

// Finds the pairs that may be of one story, by words and by dense vectors.
void AddGraph(std::span<const Article> articles, const Editions& editions,
              const StoryOptions& options, StoryModel& model) {
  std::vector<std::optional<int64_t>> times;
  for (const ArticleId a : model.articles) {
    times.push_back(articles[a].published);
  }
  const auto window_seconds =
      static_cast<int64_t>(std::ceil(SecondsOfDays(options.window_days)));
  model.graph = BuildGraph(model.vectors, times, window_seconds);
  GiveBackMemory(model);
  if (!model.dense.empty()) AddDenseChannel(times, window_seconds, model);
  DropOtherEditions(editions, model.graph);
}

// Takes the nodes whose story can only be what it was out of their components.
void SetSettled(const EarlierStories& earlier,
                std::span<const uint32_t> earlier_story, StoryModel& model) {
  model.is_settled =
      SettledNodes(earlier, model.node_of, earlier_story, model.component);
  for (uint32_t node = 0; node < model.is_settled.size(); ++node) {
    if (model.is_settled[node]) model.component[node] = node;
  }
}

std::vector<uint32_t> JoinBySimilarity(const StoryModel& model,
                                       const EarlierStories& earlier) {
  std::vector<WeightedEdge> relative = model.similar;
  ParallelFor(relative.size(), [&](size_t e) {
    relative[e].weight /= CutFor(model, relative[e].a, relative[e].b);
  });
  WeighEarlier(earlier, model.node_of, model.articles, relative);
  return AverageLinkage(model.articles.size(), std::move(relative), 1);
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

CollapsedArticles CollapseCopies(std::span<const ArticleId> representative) {
  CollapsedArticles nodes;
  nodes.node_of.resize(representative.size());
  for (ArticleId a = 0; a < representative.size(); ++a) {
    if (representative[a] != a) continue;
    nodes.node_of[a] = static_cast<uint32_t>(nodes.articles.size());
    nodes.articles.push_back(a);
  }
  std::vector<std::vector<ArticleId>> texts;
  for (const ArticleId a : nodes.articles) texts.push_back({a});
  nodes.num_texts.assign(nodes.articles.size(), 1);
  for (ArticleId a = 0; a < representative.size(); ++a) {
    if (representative[a] == a) continue;
    const uint32_t node = nodes.node_of[representative[a]];
    nodes.node_of[a] = node;
    ++nodes.num_texts[node];
    if (texts[node].size() < kMostTextsOfBag) texts[node].push_back(a);
  }
  nodes.texts = ToCsr(texts);
  return nodes;
}

double CutOf(double num_tokens, double headline_cut,
             const StoryOptions& options) {
  const double cut = headline_cut + (options.full_text_cut - headline_cut) *
                                        FullTextRamp(num_tokens);
  return std::min(1.0, cut * Strictness(options));
}

double CutFor(const StoryModel& model, uint32_t a, uint32_t b) {
  return std::sqrt(model.cut[a] * model.cut[b]);
}

WordsOfKind WordsOf(const StoryModel& model, const WordKind& kind,
                    const StoryOptions& options) {
  return WordsOfKind(kind, model.vectors, *WordTableOf(options),
                     model.languages, model.num_tokens);
}

StoryModel ClusterStories(std::span<const Article> articles,
                          const RemovedLines& removed,
                          std::span<const ArticleId> representative,
                          const StoryOptions& options, BesideTexts beside) {
  StoryModel model;
  static_cast<CollapsedArticles&>(model) = CollapseCopies(representative);
  model.dense = std::move(beside.dense);
  model.languages = LanguagesOf(articles, model.articles);
  AddVectors({articles, model.texts, model.languages, removed,
              beside.elsewhere.counted},
             beside.elsewhere, options, model);
  GiveBackMemory(model);
  const Editions editions(EditionsOf(articles, model.articles));
  AddGraph(articles, editions, options, model);
  SetCuts(options, model);
  model.gate =
      options.gate * Strictness(options) +
      kSmallBatchGate / static_cast<double>(model.vectors.NumCounted() + 10);
  const WordsOfKind plain_words = WordsOf(model, kPlainWords, options);
  const WordsOfKind names = WordsOf(model, kNames, options);
  model.component = GateComponents(model.graph, model.gate, plain_words, names);
  const std::vector<uint32_t> earlier_story = EarlierStoryOfNodes(
      beside.earlier.story_of, model.node_of, model.articles);
  SetSettled(beside.earlier, earlier_story, model);
  model.similar = SharpenGraph(model.graph, model.component, model.num_texts);
  DropOtherEditions(editions, model.similar);
  GiveBackMemory(model);
  model.topic = JoinBySimilarity(model, beside.earlier);
  model.same_plain_words = SplitTopics(model.topic, plain_words, model.similar);
  model.same_words = SplitTopics(model.same_plain_words, names, model.similar);
  model.label = PartPairsAlone(
      model.same_words,
      {model.graph, model.gate, plain_words, names, earlier_story});
  KeepSettled(model.is_settled, earlier_story, model.label);
  JoinPinned(beside.earlier.pinned, model.node_of, model.label);
  return model;
}

}  // namespace storyfold
