#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/average_linkage.h"
#include "stories/vectors.h"
#include "storyfold/word_table.h"

namespace storyfold {

// One kind of words, and what it tells of a cluster. Articles of one event have
// both kinds in common; with the names alone they are of one topic, with plain
// words alone of two events of one sort (two earthquakes).
struct WordKind {
  bool names = false;  // the names; or all words that are none
  // Below this mean similarity a cluster of long texts is split; shorter ones
  // need less.
  double topic_similarity = 0;
  // What two long articles of such a cluster need to be one story.
  double story_similarity = 0;
  // Texts of so many tokens or fewer are not judged, of so many or more fully.
  double short_tokens = 0;
  double long_tokens = 0;
  // Nor are articles with fewer terms of this kind.
  size_t least_terms = 0;
};
inline constexpr WordKind kPlainWords = {false, 0.14, 0.24, 60, 300, 1};
inline constexpr WordKind kNames = {true, 0.15, 0.25, 30, 120, 3};

// Returns whether a term is a name: capitalised in more than 70 % of its uses.
// Scripts without capitals have none.
bool IsName(const TermCount& term);

// What articles say in one kind of words.
class WordsOfKind {
 public:
  // `languages` and `num_tokens` are of each row of `vectors`, which must
  // outlive this. REQUIRES: all three have the same size
  WordsOfKind(const WordKind& kind, const TermVectors& vectors,
              const WordTable& words,
              std::span<const std::string_view> languages,
              std::span<const uint32_t> num_tokens);

  const WordKind& kind() const { return kind_; }

  // Returns whether a term of the vocabulary is of this kind.
  bool Has(uint32_t term) const { return weight_[term] != 0; }

  // Returns the cosine similarity of the words of this kind of two articles, in
  // [0, 1].
  double Similarity(uint32_t a, uint32_t b) const;

  // Returns how alike two articles are in words of this kind relative to what
  // one story needs, at most 3; 1 where they are not judged.
  double RelativeSimilarity(uint32_t a, uint32_t b) const;

  bool SameLanguage(uint32_t a, uint32_t b) const {
    return languages_[a] == languages_[b];
  }

  // Returns how far the similarity of two articles counts: 0 where one is too
  // short, has too few terms of this kind, or their languages differ; 1 where
  // both are long.
  double Judgement(uint32_t a, uint32_t b) const;

  // The means of both over all pairs of `nodes`. O(terms of the nodes)
  struct Means {
    double similarity = 0;
    double judgement = 0;
  };
  Means MeansOf(std::span<const uint32_t> nodes) const;

 private:
  std::vector<VectorEntry> RowOf(uint32_t node) const;

  WordKind kind_;
  const TermVectors& vectors_;
  std::vector<std::string_view> languages_;
  std::vector<double> length_ramp_;  // square root of each article's
  std::vector<float> weight_;        // of each term, beside that in `vectors`
  std::vector<float> length_;        // of each article in words of this kind
};

// Splits the clusters (nodes with the same label) that have too little in
// common in one kind of words and returns the new labels: the lowest node of
// each part. `similar`
// are the sharpened similarities, for clusters too large to compare all pairs.
// Parallel and deterministic.
std::vector<uint32_t> SplitTopics(std::span<const uint32_t> labels,
                                  const WordsOfKind& words,
                                  std::span<const WeightedEdge> similar);

}  // namespace storyfold
