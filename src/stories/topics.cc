// One minister, one war, five events: in a batch about something else the
// names they share are rare words, so their articles look like one story. What
// tells events apart are the words that are not names. Two earthquakes, two
// raids on pirates look like one story for the opposite reason: they share all
// words but the names. So finished clusters are looked at twice, by their plain
// words and then by their names. For each kind of words:
//
//   1. A name is a term with a capital in more than 70 % of its uses in texts.
//   2. Vector of the kind: the article's vector without other terms, with idf =
//      ln((K + N + 1) / (K p + df + 1)), K = 10,000 virtual articles that use
//      words as the word table says, so that a similarity means the same in any
//      batch.
//   3. s_ij is the cosine of these vectors; r_ij how far it counts: short
//      texts, those with hardly a name, and pairs in two languages are not
//      judged.
//   4. Where mean s < .14 mean r (names: .15), the cluster is a topic, and
//      average linkage on s / (.24 r) >= 1 (names: .25) inside of it gives the
//      stories.
//
// On labelled full texts the 1st percentile of mean s of plain words is .146 to
// .187 in true stories; five events around one minister reach .10 to .11 in
// every batch. In pairs of true stories the 5th percentile of s of names is .18
// to .45; of lone articles wrongly joined it is below .18 in a quarter. Names
// tear about 7 of 954 labelled stories, most of them short, and take the share
// of lone articles wrongly joined from .20 to .17.
//
// The means cost no comparison of pairs: the sum of s over all pairs is half of
// |sum of the vectors|^2 less their number; r is a product, so the same holds.
//
// The vector of a kind is made from the 150 heaviest terms that the article's
// vector has, weighed anew; the words that are lost this way are the lightest.
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
// A pair that is far more alike than needed must not carry others with it.
constexpr double kMostRelative = 3;
// All pairs of a larger topic would take seconds; there only pairs that are
// alike at all are looked at.
constexpr size_t kMostComparedNodes = 1'000;

std::vector<WeightedEdge> AllPairs(const WordsOfKind& words,
                                   std::span<const uint32_t> nodes) {
  std::vector<WeightedEdge> pairs;
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    for (uint32_t j = i + 1; j < nodes.size(); ++j) {
      pairs.push_back({i, j, words.RelativeSimilarity(nodes[i], nodes[j])});
    }
  }
  return pairs;
}

uint32_t PlaceOf(std::span<const uint32_t> nodes, uint32_t node) {
  return static_cast<uint32_t>(std::ranges::lower_bound(nodes, node) -
                               nodes.begin());
}

std::vector<WeightedEdge> SimilarPairs(const WordsOfKind& words,
                                       std::span<const uint32_t> nodes,
                                       std::span<const WeightedEdge> similar) {
  std::vector<WeightedEdge> pairs;
  for (const WeightedEdge& edge : similar) {
    if (!std::ranges::binary_search(nodes, edge.a) ||
        !std::ranges::binary_search(nodes, edge.b)) {
      continue;
    }
    pairs.push_back({PlaceOf(nodes, edge.a), PlaceOf(nodes, edge.b),
                     words.RelativeSimilarity(edge.a, edge.b)});
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

bool IsName(const TermCount& term) {
  return term.capitalised > kNameShare * term.uses;
}

WordsOfKind::WordsOfKind(const WordKind& kind, const TermVectors& vectors,
                         const WordTable& words,
                         std::span<const std::string_view> languages,
                         std::span<const uint32_t> num_tokens)
    : kind_(kind),
      vectors_(vectors),
      languages_(languages.begin(), languages.end()),
      length_ramp_(num_tokens.size()),
      weight_(vectors.vocabulary.size(), 0),
      length_(num_tokens.size()) {
  const VirtualArticles more = {kVirtualArticles, 1, &words};
  ParallelFor(weight_.size(), [&](size_t t) {
    const TermCount& term = vectors_.vocabulary[t];
    if (IsName(term) != kind_.names || vectors_.idf[t] <= 0) return;
    weight_[t] = static_cast<float>(
        InverseDocumentFrequency(term, vectors_.NumCounted(), more) /
        double{vectors_.idf[t]});
  });
  ParallelFor(num_tokens.size(), [&](size_t i) {
    size_t terms = 0;
    double squares = 0;
    for (const VectorEntry& e : vectors_.rows.Row(i)) {
      const float value = e.value * weight_[e.term];
      terms += Has(e.term);
      squares += double{value} * value;
    }
    length_[i] = static_cast<float>(std::sqrt(squares));
    if (terms < kind_.least_terms) return;
    length_ramp_[i] = std::sqrt(
        LengthRamp(num_tokens[i], kind_.short_tokens, kind_.long_tokens));
  });
}

std::vector<VectorEntry> WordsOfKind::RowOf(uint32_t node) const {
  std::vector<VectorEntry> row;
  for (const VectorEntry& e : vectors_.rows.Row(node)) {
    if (!Has(e.term)) continue;
    row.push_back({e.term, e.value * weight_[e.term] / length_[node]});
  }
  return row;
}

double WordsOfKind::Similarity(uint32_t a, uint32_t b) const {
  return Cosine(RowOf(a), RowOf(b));
}

double WordsOfKind::Judgement(uint32_t a, uint32_t b) const {
  return SameLanguage(a, b) ? length_ramp_[a] * length_ramp_[b] : 0;
}

double WordsOfKind::RelativeSimilarity(uint32_t a, uint32_t b) const {
  const double judgement = Judgement(a, b);
  if (judgement == 0) return 1;
  return std::min(kMostRelative,
                  Similarity(a, b) / (kind_.story_similarity * judgement));
}

WordsOfKind::Means WordsOfKind::MeansOf(std::span<const uint32_t> nodes) const {
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
                                  const WordsOfKind& words,
                                  std::span<const WeightedEdge> similar) {
  const std::vector<std::vector<uint32_t>> clusters = Clusters(labels);
  std::vector<uint32_t> split(labels.begin(), labels.end());
  ParallelFor(clusters.size(), [&](size_t c) {
    const std::vector<uint32_t>& nodes = clusters[c];
    const WordsOfKind::Means means = words.MeansOf(nodes);
    if (means.similarity >= words.kind().topic_similarity * means.judgement) {
      return;
    }
    const std::vector<uint32_t> parts =
        AverageLinkage(nodes.size(),
                       nodes.size() <= kMostComparedNodes
                           ? AllPairs(words, nodes)
                           : SimilarPairs(words, nodes, similar),
                       1);
    for (size_t i = 0; i < nodes.size(); ++i) split[nodes[i]] = nodes[parts[i]];
  });
  return split;
}

}  // namespace storyfold
