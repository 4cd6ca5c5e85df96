#include "pipeline/explain.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <queue>
#include <tuple>

#include "base/seconds.h"
#include "duplicates/verify.h"
#include "sketch/shingles.h"
#include "sketch/sketch.h"
#include "stories/describe.h"
#include "stories/gate.h"
#include "stories/pairs_alone.h"
#include "text/editions.h"

namespace storyfold {
namespace {

constexpr size_t kMostTerms = 8;
constexpr size_t kMostShared = 3;

// Returns the chain from `a` to `b` whose weakest link is strongest (Dijkstra
// with the minimum for the sum); empty where there is none.
std::vector<ChainLink> StrongestChain(std::span<const ChainLink> links,
                                      ArticleId a, ArticleId b) {
  std::map<ArticleId, std::vector<std::pair<ArticleId, double>>> neighbours;
  for (const ChainLink& link : links) {
    neighbours[link.from].emplace_back(link.to, link.similarity);
    neighbours[link.to].emplace_back(link.from, link.similarity);
  }
  // (weakest link, fewer steps first, from, to, similarity of the step)
  using Step = std::tuple<double, int, ArticleId, ArticleId, double>;
  std::priority_queue<Step> frontier;
  std::map<ArticleId, ChainLink> reached;
  frontier.emplace(1e9, 0, a, a, 1.0);
  while (!frontier.empty() && !reached.contains(b)) {
    const auto [weakest, steps, from, to, similarity] = frontier.top();
    frontier.pop();
    if (!reached.try_emplace(to, ChainLink{from, to, similarity}).second) {
      continue;
    }
    for (const auto& [next, weight] : neighbours[to]) {
      frontier.emplace(std::min(weakest, weight), steps - 1, to, next, weight);
    }
  }
  std::vector<ChainLink> chain;
  if (!reached.contains(b)) return chain;
  for (ArticleId at = b; at != a; at = reached[at].from) {
    chain.push_back(reached[at]);
  }
  std::ranges::reverse(chain);
  return chain;
}

std::vector<ChainLink> LinksOfCluster(const DuplicateClusters& copies,
                                      ArticleId representative) {
  std::vector<ChainLink> links;
  for (const auto& link : copies.links) {
    if (copies.representative[link.a] == representative &&
        copies.representative[link.b] == representative) {
      links.push_back({link.a, link.b, double{link.similarity}});
    }
  }
  return links;
}

// Sharpened similarities of the pairs between two stories (or inside one).
struct StoryPairs {
  std::vector<ChainLink> links;
  double sum_relative = 0;
};

StoryPairs PairsBetween(const StoryModel& model, uint32_t label_a,
                        uint32_t label_b) {
  StoryPairs pairs;
  for (const WeightedEdge& edge : model.similar) {
    const uint32_t x = model.label[edge.a];
    const uint32_t y = model.label[edge.b];
    if (std::minmax(x, y) != std::minmax(label_a, label_b)) continue;
    pairs.links.push_back(
        {model.articles[edge.a], model.articles[edge.b], edge.weight});
    pairs.sum_relative += edge.weight / CutFor(model, edge.a, edge.b);
  }
  return pairs;
}

// What a term adds to the cosine similarity of two articles.
struct SharedProduct {
  double value = 0;
  uint32_t term = 0;
};

// Returns those of all terms both nodes have, largest first.
std::vector<SharedProduct> SharedProducts(const StoryModel& model,
                                          uint32_t node_a, uint32_t node_b) {
  std::vector<SharedProduct> products;
  const auto other = model.vectors.rows.Row(node_b);
  for (const VectorEntry& e : model.vectors.rows.Row(node_a)) {
    const auto at =
        std::ranges::lower_bound(other, e.term, {}, &VectorEntry::term);
    if (at == other.end() || at->term != e.term) continue;
    products.push_back({double{e.value} * at->value, e.term});
  }
  std::ranges::sort(
      products, [](const SharedProduct& x, const SharedProduct& y) {
        return x.value != y.value ? x.value > y.value : x.term < y.term;
      });
  return products;
}

// Returns the largest of them.
std::vector<SharedProduct> SharedMost(const StoryModel& model, uint32_t node_a,
                                      uint32_t node_b) {
  std::vector<SharedProduct> products = SharedProducts(model, node_a, node_b);
  products.resize(std::min(products.size(), kMostTerms));
  return products;
}

// Returns the terms as the text of a node has them, without those of which that
// cannot be told.
std::vector<std::string> Spell(std::span<const Article> articles,
                               const StoryModel& model, uint32_t node,
                               std::span<const SharedProduct> products) {
  std::vector<uint64_t> terms;
  for (const SharedProduct& product : products) {
    terms.push_back(model.vectors.vocabulary[product.term].term);
  }
  return SpellTerms(articles[model.articles[node]], terms,
                    model.vectors.compound_parts);
}

double SharpenedSimilarity(const StoryModel& model, uint32_t x, uint32_t y) {
  const auto [low, high] = std::minmax(x, y);
  for (const WeightedEdge& edge : model.similar) {
    if (edge.a == low && edge.b == high) return edge.weight;
  }
  return 0;
}

// Returns what the vectors of two nodes say, if both have one.
std::optional<DenseExplanation> ExplainVectors(const StoryModel& model,
                                               uint32_t x, uint32_t y) {
  const DenseVectors& dense = model.dense;
  if (dense.empty() || !dense.known[x] || !dense.known[y]) return std::nullopt;
  DenseExplanation why;
  why.cosine = DotProduct(dense.Row(x), dense.Row(y));
  why.two_languages = dense.languages[x] != dense.languages[y];
  why.edge = EdgeBetween(model.graph, x, y);
  return why;
}

PairAloneExplanation ExplainPairAlone(const StoryModel& model,
                                      const StoryOptions& options, uint32_t x,
                                      uint32_t y) {
  const WordsOfKind plain_words = WordsOf(model, kPlainWords, options);
  const WordsOfKind names = WordsOf(model, kNames, options);
  return {EdgeBetween(model.graph, x, y),
          GateOfPairAlone({model.graph, model.gate, plain_words, names}, x, y)};
}

TopicExplanation ExplainTopic(std::span<const Article> articles,
                              const StoryModel& model,
                              const StoryOptions& options, uint32_t x,
                              uint32_t y) {
  TopicExplanation why;
  why.other_names = model.same_plain_words[x] == model.same_plain_words[y];
  const auto& cluster_of =
      why.other_names ? model.same_plain_words : model.topic;
  const WordsOfKind words =
      WordsOf(model, why.other_names ? kNames : kPlainWords, options);
  std::vector<SharedProduct> products = SharedProducts(model, x, y);
  std::erase_if(products, [&](const SharedProduct& product) {
    return words.Has(product.term);
  });
  products.resize(std::min(products.size(), kMostShared));
  why.shared = Spell(articles, model, x, products);
  why.similarity = words.Similarity(x, y);
  why.needed = words.kind().story_similarity * words.Judgement(x, y);
  std::vector<uint32_t> nodes;
  for (uint32_t node = 0; node < cluster_of.size(); ++node) {
    if (cluster_of[node] == cluster_of[x]) nodes.push_back(node);
  }
  const WordsOfKind::Means means = words.MeansOf(nodes);
  why.topic_similarity = means.similarity;
  why.topic_needed = words.kind().topic_similarity * means.judgement;
  why.topic_size = nodes.size();
  return why;
}

bool TitlesTellOfTwoDays(const Article& a, const Article& b) {
  Analyzer analyzer;
  const Edition edition = EditionOf(a, analyzer);
  return AreOtherEditions(edition, EditionOf(b, analyzer));
}

void SetGap(const Article& a, const Article& b, const StoryOptions& options,
            StoryExplanation& why) {
  if (!a.published || !b.published) return;
  why.gap_seconds = std::abs(*a.published - *b.published);
  why.within_window =
      options.window_days == 0 || static_cast<double>(*why.gap_seconds) <=
                                      SecondsOfDays(options.window_days);
}

size_t SizeOfStory(const StoryModel& model, uint32_t node) {
  return static_cast<size_t>(
      std::ranges::count(model.label, model.label[node]));
}

// Says what holds for all pairs between the stories of two nodes, or inside the
// one of both.
void SetPairsOfStories(const StoryModel& model, uint32_t x, uint32_t y,
                       StoryExplanation& why) {
  why.size_a = SizeOfStory(model, x);
  why.size_b = SizeOfStory(model, y);
  const StoryPairs pairs = PairsBetween(model, model.label[x], model.label[y]);
  const double num_pairs =
      why.same_story ? static_cast<double>(why.size_a * (why.size_a - 1)) / 2
                     : static_cast<double>(why.size_a * why.size_b);
  if (num_pairs > 0) why.mean_relative = pairs.sum_relative / num_pairs;
  if (why.same_story && x != y) {
    why.chain =
        StrongestChain(pairs.links, model.articles[x], model.articles[y]);
  }
}

// Returns whether two nodes would be a story with nobody else.
bool AreTwoAlone(const StoryModel& model, uint32_t x, uint32_t y) {
  return model.same_words[x] == model.same_words[y] &&
         std::ranges::count(model.same_words, model.same_words[x]) == 2;
}

}  // namespace

std::vector<SharedTerm> TermsShared(std::span<const Article> articles,
                                    const StoryModel& model, uint32_t node_a,
                                    uint32_t node_b, double cosine) {
  std::vector<SharedTerm> terms;
  for (const SharedProduct& product : SharedMost(model, node_a, node_b)) {
    SharedTerm shared;
    const auto spelled = Spell(articles, model, node_a, {&product, 1});
    if (!spelled.empty()) shared.word = spelled[0];
    shared.share = product.value / cosine;
    for (const VectorEntry& e : model.vectors.rows.values) {
      shared.articles_with_it += e.term == product.term;
    }
    terms.push_back(std::move(shared));
  }
  return terms;
}

std::vector<std::string> WordsShared(std::span<const Article> articles,
                                     const StoryModel& model, uint32_t node_a,
                                     uint32_t node_b) {
  return Spell(articles, model, node_a, SharedMost(model, node_a, node_b));
}

CopyExplanation ExplainCopies(std::span<const Article> articles,
                              const ExplainedFolding& evidence, ArticleId a,
                              ArticleId b) {
  const DuplicateClusters& copies = evidence.folding.copies;
  CopyExplanation why;
  why.representative_a = copies.representative[a];
  why.representative_b = copies.representative[b];
  why.same_cluster = why.representative_a == why.representative_b;
  const auto lines_a = evidence.removed.Of(a);
  const auto lines_b = evidence.removed.Of(b);
  Sketcher sketcher(SketchUse::kPairs);
  why.words_a = sketcher.Words(articles[a], lines_a).size();
  why.words_b = sketcher.Words(articles[b], lines_b).size();
  TextComparer comparer;
  comparer.SetFirst(articles[a], lines_a);
  const VerifiedPair pair = comparer.Compare(articles[b], lines_b);
  why.jaccard = pair.jaccard;
  why.containment = pair.containment;
  why.other_editions = TitlesTellOfTwoDays(articles[a], articles[b]);
  if (why.same_cluster) {
    why.chain =
        StrongestChain(LinksOfCluster(copies, why.representative_a), a, b);
  }
  return why;
}

StoryExplanation ExplainStories(std::span<const Article> articles,
                                const ExplainedFolding& evidence,
                                const StoryOptions& options, ArticleId a,
                                ArticleId b) {
  const StoryModel& model = evidence.model;
  const uint32_t x = model.node_of[a];
  const uint32_t y = model.node_of[b];
  StoryExplanation why;
  why.same_story = model.label[x] == model.label[y];
  why.cosine = Cosine(model.vectors.rows.Row(x), model.vectors.rows.Row(y));
  why.dense = ExplainVectors(model, x, y);
  why.sharpened = SharpenedSimilarity(model, x, y);
  why.needed = CutFor(model, x, y);
  why.gate = model.gate;
  why.weak_gate = model.gate - kWeakGate;
  why.same_component = model.component[x] == model.component[y];
  SetGap(articles[a], articles[b], options, why);
  why.other_editions = TitlesTellOfTwoDays(articles[model.articles[x]],
                                           articles[model.articles[y]]);
  why.terms = TermsShared(articles, model, x, y, why.cosine);
  SetPairsOfStories(model, x, y, why);
  if (!why.same_story && AreTwoAlone(model, x, y)) {
    why.pair_alone = ExplainPairAlone(model, options, x, y);
  } else if (!why.same_story && model.topic[x] == model.topic[y]) {
    why.topic = ExplainTopic(articles, model, options, x, y);
  }
  return why;
}

}  // namespace storyfold
