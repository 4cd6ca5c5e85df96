// One minister, one war, five events: in a batch about something else the
// names they share are rare words, so their articles look like one story. What
// tells events apart are the words that are not names. For each finished
// cluster:
//
//   1. A name is a term with a capital in more than 70 % of its uses in texts.
//   2. Plain vector: the article's vector without names, with idf = ln((K + N
//      + 1) / (K p + df + 1)), K = 10,000 virtual articles that use words as
//      the word table says, so that a similarity means the same in any batch.
//   3. s_ij is the cosine of plain vectors; r_ij how far it counts: short
//      texts and pairs in two languages are not judged.
//   4. Where mean s < .14 mean r, the cluster is a topic, and average linkage
//      on s / (.24 r) >= 1 inside of it gives the stories.
//
// On labelled full texts the 1st percentile of mean s is .146 to .187 in true
// stories; five events around one minister reach .10 to .11 in every batch.
//
// The means cost no comparison of pairs: the sum of s over all pairs is half of
// |sum of the vectors|^2 less their number; r is a product, so the same holds.
//
// A plain vector is made from the 120 heaviest terms that the article's vector
// has, weighed anew; the words that are lost this way are the lightest.
//
// Tested by: tests/stories/topics_test.cc

#include "stories/topics.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/threads.h"
#include "stories/text_length.h"

namespace storyfold {
namespace {

constexpr double kNameShare = 0.7;
constexpr double kVirtualArticles = 10'000;
constexpr double kShortTokens = 60;
constexpr double kLongTokens = 300;
// A pair that is far more alike than needed must not carry others with it.
constexpr double kMostRelative = 3;
// All pairs of a larger topic would take seconds; there only pairs that are
// alike at all are looked at.
constexpr size_t kMostComparedNodes = 1'000;

bool IsNameIn(const TermCount& term) {
  return term.capitalised > kNameShare * term.uses;
}

// Returns how alike two articles are, relative to what one story needs.
double RelativeSimilarity(const PlainWords& plain, uint32_t a, uint32_t b) {
  const double judgement = plain.Judgement(a, b);
  if (judgement == 0) return 1;
  return std::min(kMostRelative,
                  plain.Similarity(a, b) / (kStorySimilarity * judgement));
}

std::vector<WeightedEdge> AllPairs(const PlainWords& plain,
                                   std::span<const uint32_t> nodes) {
  std::vector<WeightedEdge> pairs;
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    for (uint32_t j = i + 1; j < nodes.size(); ++j) {
      pairs.push_back({i, j, RelativeSimilarity(plain, nodes[i], nodes[j])});
    }
  }
  return pairs;
}

uint32_t PlaceOf(std::span<const uint32_t> nodes, uint32_t node) {
  return static_cast<uint32_t>(std::ranges::lower_bound(nodes, node) -
                               nodes.begin());
}

std::vector<WeightedEdge> SimilarPairs(const PlainWords& plain,
                                       std::span<const uint32_t> nodes,
                                       std::span<const WeightedEdge> similar) {
  std::vector<WeightedEdge> pairs;
  for (const WeightedEdge& edge : similar) {
    if (!std::ranges::binary_search(nodes, edge.a) ||
        !std::ranges::binary_search(nodes, edge.b)) {
      continue;
    }
    pairs.push_back({PlaceOf(nodes, edge.a), PlaceOf(nodes, edge.b),
                     RelativeSimilarity(plain, edge.a, edge.b)});
  }
  return pairs;
}

std::vector<std::vector<uint32_t>> Clusters(std::span<const uint32_t> labels) {
  std::vector<std::vector<uint32_t>> clusters(labels.size());
  for (uint32_t i = 0; i < labels.size(); ++i) clusters[labels[i]].push_back(i);
  std::erase_if(clusters, [](const auto& nodes) { return nodes.size() < 2; });
  return clusters;
}

}  // namespace

PlainWords::PlainWords(const TermVectors& vectors, const WordTable& words,
                       std::vector<std::string_view> languages,
                       std::span<const uint32_t> num_tokens)
    : vectors_(vectors),
      languages_(std::move(languages)),
      length_ramp_(num_tokens.size()),
      weight_(vectors.vocabulary.size(), 0) {
  const VirtualArticles more = {kVirtualArticles, 1, &words};
  ParallelFor(weight_.size(), [&](size_t t) {
    const TermCount& term = vectors_.vocabulary[t];
    if (IsNameIn(term) || vectors_.idf[t] <= 0) return;
    weight_[t] = static_cast<float>(
        InverseDocumentFrequency(term, vectors_.size(), more) /
        double{vectors_.idf[t]});
  });
  for (size_t i = 0; i < num_tokens.size(); ++i) {
    length_ramp_[i] =
        std::sqrt(LengthRamp(num_tokens[i], kShortTokens, kLongTokens));
  }
}

std::vector<VectorEntry> PlainWords::RowOf(uint32_t node) const {
  std::vector<VectorEntry> row;
  double squares = 0;
  for (const VectorEntry& e : vectors_.rows.Row(node)) {
    if (IsName(e.term)) continue;
    row.push_back({e.term, e.value * weight_[e.term]});
    squares += double{row.back().value} * row.back().value;
  }
  for (VectorEntry& e : row) {
    e.value = static_cast<float>(e.value / std::sqrt(squares));
  }
  return row;
}

double PlainWords::Similarity(uint32_t a, uint32_t b) const {
  return Cosine(RowOf(a), RowOf(b));
}

double PlainWords::Judgement(uint32_t a, uint32_t b) const {
  return languages_[a] == languages_[b] ? length_ramp_[a] * length_ramp_[b] : 0;
}

PlainWords::Means PlainWords::MeansOf(std::span<const uint32_t> nodes) const {
  std::vector<VectorEntry> entries;
  struct Ramp {
    double sum = 0;
    double squares = 0;
  };
  std::map<std::string_view, Ramp> ramps;
  double own = 0;  // similarities of the articles with themselves
  for (const uint32_t node : nodes) {
    for (const VectorEntry& e : RowOf(node)) {
      entries.push_back(e);
      own += double{e.value} * e.value;
    }
    Ramp& ramp = ramps[languages_[node]];
    ramp.sum += length_ramp_[node];
    ramp.squares += length_ramp_[node] * length_ramp_[node];
  }
  const auto size = static_cast<double>(nodes.size());
  Means means;
  for (const TermSum& s : SumByTerm(std::move(entries))) {
    means.similarity += s.sum * s.sum;
  }
  for (const auto& [language, ramp] : ramps) {
    means.judgement += ramp.sum * ramp.sum - ramp.squares;
  }
  means.similarity = (means.similarity - own) / (size * (size - 1));
  means.judgement /= size * (size - 1);
  return means;
}

std::vector<uint32_t> SplitTopics(std::span<const uint32_t> labels,
                                  const PlainWords& plain,
                                  std::span<const WeightedEdge> similar) {
  const std::vector<std::vector<uint32_t>> clusters = Clusters(labels);
  std::vector<uint32_t> split(labels.begin(), labels.end());
  ParallelFor(clusters.size(), [&](size_t c) {
    const std::vector<uint32_t>& nodes = clusters[c];
    if (!plain.MeansOf(nodes).IsTopic()) return;
    const std::vector<uint32_t> parts =
        AverageLinkage(nodes.size(),
                       nodes.size() <= kMostComparedNodes
                           ? AllPairs(plain, nodes)
                           : SimilarPairs(plain, nodes, similar),
                       1);
    for (size_t i = 0; i < nodes.size(); ++i) split[nodes[i]] = nodes[parts[i]];
  });
  return split;
}

}  // namespace storyfold
