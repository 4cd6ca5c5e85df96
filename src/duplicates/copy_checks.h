#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/average_linkage.h"
#include "sketch/sketch.h"
#include "storyfold/article.h"
#include "text/removed_lines.h"

namespace storyfold {

// Texts whose shared rare 3-grams are looked at a second time: node i of the
// edges is the article articles_of_nodes[i].
struct CheckedTexts {
  std::span<const Article> articles;
  const RemovedLines& removed;
  std::span<const Sketch> sketches;
  std::span<const ArticleId> articles_of_nodes;
};

// Returns for each node whether it has an edge.
std::vector<char> NodesWithEdges(const CheckedTexts& texts,
                                 std::span<const WeightedEdge> edges);

// The distinct numbers of each node that has an edge: hashes of the words with
// a digit, ascending.
using TextNumbers = std::vector<std::vector<uint64_t>>;

// Reads the numbers. In parallel.
TextNumbers ReadNumbers(const CheckedTexts& texts,
                        std::span<const WeightedEdge> edges);

// Drops the edges of texts that share a small part of either, where it stands
// in few places and in whole phrases: a quote, or the names in reports of one
// event, not a copy; or where it is hardly more than numbers and what stands
// beside them ("Slide 3 of 12"). In parallel.
void DropQuotes(const CheckedTexts& texts, const TextNumbers& numbers,
                std::vector<WeightedEdge>& edges);

// Lowers the weight of edges between texts that share few of their numbers:
// multiplies it by .5 + .8 * share, at most 1, where the share is that of the
// distinct numbers of the text that has fewer. In parallel.
//
// Earnings reports, share offers and match reports come from one template and
// differ in what they report, which is numbers; a copy keeps its numbers. Texts
// with fewer than four say nothing and keep their weight.
void LowerByNumbers(const TextNumbers& numbers,
                    std::vector<WeightedEdge>& edges);

}  // namespace storyfold
