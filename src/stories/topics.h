#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/average_linkage.h"
#include "stories/vectors.h"
#include "storyfold/word_table.h"

namespace storyfold {

// Below this mean similarity of plain words a cluster of texts of 300 words or
// more is a topic; shorter ones need less.
inline constexpr double kTopicSimilarity = 0.14;

// What the plain words of two articles of a topic need to be one story.
inline constexpr double kStorySimilarity = 0.24;

// What articles say beside the names in them.
class PlainWords {
 public:
  // `languages` and `num_tokens` are of each row of `vectors`, which must
  // outlive this. REQUIRES: all three have the same size
  PlainWords(const TermVectors& vectors, const WordTable& words,
             std::vector<std::string_view> languages,
             std::span<const uint32_t> num_tokens);

  // Returns whether a term of the vocabulary is a name: capitalised in more
  // than 70 % of its uses. Scripts without capitals have none.
  bool IsName(uint32_t term) const { return weight_[term] == 0; }

  // Returns the cosine similarity of the words of two articles that are no
  // names, in [0, 1].
  double Similarity(uint32_t a, uint32_t b) const;

  // Returns how far the similarity of two articles counts: 0 where one has 60
  // words or fewer or their languages differ, 1 where both have 300 or more.
  double Judgement(uint32_t a, uint32_t b) const;

  // The means of both over all pairs of `nodes`. O(terms of the nodes)
  struct Means {
    double similarity = 0;
    double judgement = 0;

    bool IsTopic() const { return similarity < kTopicSimilarity * judgement; }
  };
  Means MeansOf(std::span<const uint32_t> nodes) const;

 private:
  std::vector<VectorEntry> RowOf(uint32_t node) const;

  const TermVectors& vectors_;
  std::vector<std::string_view> languages_;
  std::vector<double> length_ramp_;  // square root of each article's
  std::vector<float> weight_;        // of each term, beside that in `vectors`
};

// Splits the clusters that are topics (nodes with the same label) into their
// stories and returns the new labels: the lowest node of each story. `similar`
// are the sharpened similarities, for clusters too large to compare all pairs.
// Parallel and deterministic.
std::vector<uint32_t> SplitTopics(std::span<const uint32_t> labels,
                                  const PlainWords& plain,
                                  std::span<const WeightedEdge> similar);

}  // namespace storyfold
