#pragma once

#include <cmath>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <vector>

#include "base/csr.h"
#include "stories/graph.h"
#include "stories/topics.h"

namespace storyfold {

// Articles over a vocabulary of which the terms below `num_names` are names.
// Each term counts as much plain as it does in the vectors, up to a factor that
// is the same for all.
struct WordBatch {
  WordBatch(uint32_t num_names, uint32_t num_terms) {
    for (uint32_t t = 0; t < num_terms; ++t) {
      const uint32_t capitalised = t < num_names ? 8 : 7;
      vectors.vocabulary.push_back({t + 1, 1, 10, capitalised});
      vectors.idf.push_back(2);
    }
  }

  void Add(const std::vector<uint32_t>& terms, uint32_t tokens = 400,
           std::string_view language = "en") {
    const auto value =
        static_cast<float>(1 / std::sqrt(static_cast<double>(terms.size())));
    rows.emplace_back();
    for (const uint32_t t : terms) rows.back().push_back({t, value});
    num_tokens.push_back(tokens);
    languages.push_back(language);
  }

  WordsOfKind Words(const WordKind& kind = kPlainWords) {
    vectors.rows = ToCsr(rows);
    return WordsOfKind(kind, vectors, no_words, languages, num_tokens);
  }

  // Everything one cluster.
  std::vector<uint32_t> Split(const std::vector<WeightedEdge>& similar = {},
                              const WordKind& kind = kPlainWords) {
    return SplitTopics(std::vector<uint32_t>(rows.size(), 0), Words(kind),
                       similar);
  }

  const WordTable no_words;
  TermVectors vectors;
  std::vector<std::vector<VectorEntry>> rows;
  std::vector<uint32_t> num_tokens;
  std::vector<std::string_view> languages;
};

// `number` terms from `first` on.
inline std::vector<uint32_t> Terms(uint32_t first, uint32_t number) {
  std::vector<uint32_t> terms(number);
  std::iota(terms.begin(), terms.end(), first);
  return terms;
}

inline std::vector<uint32_t> operator+(std::vector<uint32_t> a,
                                       const std::vector<uint32_t>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Two articles of which so many of 20 names and 20 plain words are the same.
inline WordBatch Sharing(uint32_t names, uint32_t plain_words,
                         uint32_t tokens = 400) {
  WordBatch batch(40, 80);
  batch.Add(Terms(0, 20) + Terms(40, 20), tokens);
  batch.Add(Terms(20 - names, 20) + Terms(60 - plain_words, 20), tokens);
  return batch;
}

// The edge between articles 0 and 1, of `weight`.
inline NeighbourGraph Pair(float weight) {
  return ToCsr<Neighbour>({{{1, weight}}, {{0, weight}}});
}

}  // namespace storyfold
