// Two channels, one graph. Words tell events apart best, where there are enough
// of them and they are of one language; a sentence embedding knows that
// "reliquaries stolen" and "des reliquaires voles" are one thing. With c the
// cosine of the vectors, less the means of their languages, and t that of the
// words, an edge weighs
//
//   2 (c - .21)               between two languages: t counts only names there
//   t                         between full texts, in a batch of one language
//   w .75 c + (1 - w) t       else; w is .8 for headlines of 15 words or fewer
//                             and falls to .35 (0 in a batch of one language)
//                             for 40 or more; a pair's length is the geometric
//                             mean
//
// where less than 0 counts as 0. The scales bring c to where t would be, so
// that all that follows (sharpening, gate, cut) stays as it is. They belong to
// the model (DenseWeights). Those across languages matter most: an article has
// few neighbours there, and sharpening makes one story of two that have nobody
// else, so what decides is where the gate lies. With 1.05 c it lies at c = .21,
// which half of the articles without a partner reach with somebody; 2 (c - .21)
// puts it at .32, above nine tenths of those and below nine tenths of true
// partners (four languages, multilingual-e5-small of 128 words: BCubed F1 .937,
// was .928).
//
// Candidates: the edges that words have proposed, within one language, and the
// dense neighbours: 50 for a headline and 10 for a full text, inside its
// language and outside.
//
// Tested by: tests/stories/mixed_graph_test.cc (against dense matrices)

#include "stories/mixed_graph.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/threads.h"
#include "stories/text_length.h"

namespace storyfold {
namespace {

constexpr float kLeastWeight = 0.10f;
constexpr double kHeadlineWords = 15;
constexpr uint32_t kHeadlineNeighbours = 50;
constexpr uint32_t kFullTextNeighbours = 10;

using Rows = std::vector<std::vector<Neighbour>>;

bool IsHeadline(const GraphChannels& channels, size_t node) {
  return channels.num_tokens[node] < kFullTextWords;
}

// Returns how much vectors count between full texts of one language.
double FullTextShare(const DenseVectors& vectors) {
  return HasManyLanguages(vectors) ? vectors.weights.full_text_share : 0;
}

std::vector<NeighbourCounts> WantedNeighbours(const GraphChannels& channels) {
  const uint32_t full_text_inside =
      FullTextShare(channels.space.vectors) > 0 ? kFullTextNeighbours : 0;
  std::vector<NeighbourCounts> wanted(channels.num_tokens.size());
  for (size_t i = 0; i < wanted.size(); ++i) {
    wanted[i] = IsHeadline(channels, i)
                    ? NeighbourCounts{kHeadlineNeighbours, kHeadlineNeighbours}
                    : NeighbourCounts{full_text_inside, kFullTextNeighbours};
  }
  return wanted;
}

// Returns `rows` with each neighbour in both rows, ascending.
Rows BothWays(const Rows& rows) {
  Rows both = rows;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    for (const Neighbour& n : rows[i]) both[n.node].push_back({i, n.weight});
  }
  ParallelFor(both.size(), [&](size_t i) {
    std::ranges::sort(both[i], {}, &Neighbour::node);
    const auto repeated = std::ranges::unique(both[i], {}, &Neighbour::node);
    both[i].erase(repeated.begin(), repeated.end());
  });
  return both;
}

// Weighs the edges of one node after the other.
class Mixer {
 public:
  Mixer(const NeighbourGraph& of_words, const Rows& dense,
        const GraphChannels& channels)
      : of_words_(of_words),
        dense_(dense),
        channels_(channels),
        vectors_(channels.space.vectors),
        full_text_share_(FullTextShare(vectors_)) {}

  // Returns the edges of a node that weigh enough, ascending.
  std::vector<Neighbour> Row(uint32_t node) const {
    std::vector<Neighbour> row;
    const auto words = of_words_.Row(node);
    auto word = words.begin();
    for (const Neighbour& n : dense_[node]) {
      for (; word != words.end() && word->node < n.node; ++word) {
        Add(node, *word, row);
      }
      const bool is_both = word != words.end() && word->node == n.node;
      const float cosine_of_words =
          is_both ? word->weight : CosineOfWords(node, n.node);
      if (is_both) ++word;
      Keep(n.node, Weigh(node, n.node, cosine_of_words, n.weight), row);
    }
    for (; word != words.end(); ++word) Add(node, *word, row);
    return row;
  }

 private:
  // Adds an edge that only words have proposed.
  void Add(uint32_t node, const Neighbour& word,
           std::vector<Neighbour>& row) const {
    if (!HaveVectors(node, word.node)) {
      row.push_back(word);
      return;
    }
    if (AreForeign(node, word.node)) return;
    const float cosine =
        DotProduct(vectors_.Row(node), vectors_.Row(word.node));
    Keep(word.node, Weigh(node, word.node, word.weight, cosine), row);
  }

  static void Keep(uint32_t other, double weight, std::vector<Neighbour>& row) {
    const auto rounded = static_cast<float>(weight);
    if (rounded >= kLeastWeight) row.push_back({other, rounded});
  }

  double Weigh(uint32_t a, uint32_t b, double words, double dense) const {
    const DenseWeights& weights = vectors_.weights;
    if (AreForeign(a, b)) {
      return std::clamp(
          weights.cross_language_scale * (dense - weights.cross_language_least),
          0.0, 1.0);
    }
    const double share = DenseShare(a, b);
    return share * weights.same_language_scale * std::max(0.0, dense) +
           (1 - share) * words;
  }

  // Returns how much the vectors count in a pair of one language.
  double DenseShare(uint32_t a, uint32_t b) const {
    if (!IsHeadline(channels_, a) || !IsHeadline(channels_, b)) {
      return full_text_share_;
    }
    const auto tokens = [&](uint32_t node) -> double {
      return channels_.num_tokens[node];
    };
    const double length = std::sqrt(tokens(a) * tokens(b));
    const double headline_share = vectors_.weights.headline_share;
    return headline_share +
           (full_text_share_ - headline_share) *
               LengthRamp(length, kHeadlineWords, kFullTextWords);
  }

  float CosineOfWords(uint32_t a, uint32_t b) const {
    return static_cast<float>(
        Cosine(channels_.terms.rows.Row(a), channels_.terms.rows.Row(b)));
  }
  bool HaveVectors(uint32_t a, uint32_t b) const {
    return vectors_.known[a] && vectors_.known[b];
  }
  bool AreForeign(uint32_t a, uint32_t b) const {
    return vectors_.languages[a] != vectors_.languages[b];
  }

  const NeighbourGraph& of_words_;
  const Rows& dense_;
  const GraphChannels& channels_;
  const DenseVectors& vectors_;
  const double full_text_share_;
};

}  // namespace

absl::StatusOr<NeighbourGraph> MixGraph(const NeighbourGraph& of_words,
                                        const GraphChannels& channels) {
  const auto nearest =
      FindDenseNeighbours(channels.space, WantedNeighbours(channels));
  if (!nearest.ok()) return nearest.status();
  const Rows dense = BothWays(*nearest);
  const Mixer mixer(of_words, dense, channels);
  return KeepStrongest(MakeRows(of_words.size(), [&](size_t i) {
    return mixer.Row(static_cast<uint32_t>(i));
  }));
}

}  // namespace storyfold
