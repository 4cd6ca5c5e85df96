// A quarter of the 3-grams finds the pairs, all of them decide: of a text of a
// hundred words the sample holds two dozen, of which chance makes .55 or .75
// out of a share of .65. Only texts that have an edge are read, which is what
// makes it cheap.
//
// What is rare is decided among these texts; that those of no edge share a
// 3-gram with any of them hardly happens.
//
// Tested by: tests/duplicates/all_shingles_test.cc

#include "duplicates/all_shingles.h"

#include <algorithm>

#include "base/csr.h"
#include "base/threads.h"
#include "duplicates/rare_shingles.h"
#include "sketch/shingles.h"

namespace storyfold {
namespace {

constexpr size_t kMostWords = size_t{1} << 24;

size_t NumWords(const CheckedTexts& texts, std::span<const char> has_edge) {
  size_t num_words = 0;
  for (size_t node = 0; node < has_edge.size(); ++node) {
    if (!has_edge[node]) continue;
    num_words += texts.sketches[texts.articles_of_nodes[node]].num_words;
  }
  return num_words;
}

// Returns the 3-grams of each node that has an edge, those with no bit of
// `mask` in their hash; in text order, with repeats.
std::vector<std::vector<uint32_t>> ShinglesOfNodes(
    const CheckedTexts& texts, std::span<const char> has_edge, uint64_t mask) {
  struct Scratch {
    Sketcher sketcher;
    std::vector<uint64_t> shingles;
  };
  std::vector<std::vector<uint32_t>> sets(has_edge.size());
  ParallelForWithScratch<Scratch>(
      sets.size(), [&](size_t node, Scratch& scratch) {
        if (!has_edge[node]) return;
        const ArticleId article = texts.articles_of_nodes[node];
        const auto words = scratch.sketcher.Words(texts.articles[article],
                                                  texts.removed.Of(article));
        if (words.size() < kContainmentShingleTokens) return;
        for (const uint64_t shingle :
             HashShingles(words, kContainmentShingleTokens, scratch.shingles)) {
          if ((shingle & mask) != 0) continue;
          sets[node].push_back(static_cast<uint32_t>(shingle >> 32));
        }
      });
  return sets;
}

}  // namespace

void WeighByAllShingles(const CheckedTexts& texts,
                        const DuplicateOptions& options, double min_similarity,
                        std::vector<WeightedEdge>& edges) {
  const std::vector<char> has_edge = NodesWithEdges(texts, edges);
  const size_t num_words = NumWords(texts, has_edge);
  if (num_words > 2 * kMostWords) return;
  const auto sets =
      ShinglesOfNodes(texts, has_edge, num_words > kMostWords ? 1 : 0);
  const std::vector<std::span<const uint32_t>> spans(sets.begin(), sets.end());
  const RareShingles rare = KeepRareShingles(spans, options);
  ParallelFor(edges.size(), [&](size_t e) {
    const auto [a, b, _] = edges[e];
    edges[e].weight = CopySimilarity(
        rare, a, b, IntersectionSize(rare.rows.Row(a), rare.rows.Row(b)));
  });
  std::erase_if(edges, [&](const WeightedEdge& edge) {
    return edge.weight < min_similarity;
  });
}

}  // namespace storyfold
