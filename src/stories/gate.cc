// The gate keeps apart what only sharpening would join: articles meet only
// inside components of edges with a cosine of at least .23 + .30 / (N + 10); in
// a small batch every word looks rare, so it asks for more there.
//
// Short texts of one event, and two views of one, often lie a little below it,
// and so do articles of one topic: in a stream of real news half of the pairs
// of cosine .17 to .22 that sharpening joins are of two events. Their words
// tell: a weak edge counts where both kinds of words, compared as
// stories/topics.h does, are alike enough for one story. On the labelled sets
// that gives what a gate of .17 gives, and joins no more lone articles than one
// of .22. On top of that .23 instead of .22 joins .162 instead of .179 of the
// lone articles at the same macro.
//
// Tested by: tests/stories/gate_test.cc

#include "stories/gate.h"

#include <utility>

#include "base/components.h"
#include "base/threads.h"

namespace storyfold {
namespace {

using Pair = std::pair<uint32_t, uint32_t>;

bool WordsAgree(const WordsOfKind& words, Pair pair) {
  return words.SameLanguage(pair.first, pair.second) &&
         words.RelativeSimilarity(pair.first, pair.second) >= 1;
}

}  // namespace

std::vector<uint32_t> GateComponents(const NeighbourGraph& graph, double gate,
                                     const WordsOfKind& plain_words,
                                     const WordsOfKind& names) {
  Components components(graph.size());
  for (uint32_t i = 0; i < graph.size(); ++i) {
    for (const Neighbour& n : graph.Row(i)) {
      if (n.node > i && n.weight >= gate) components.Connect(i, n.node);
    }
  }
  const std::vector<uint32_t> strong = components.Labels();
  std::vector<std::vector<Pair>> weak(graph.size());
  ParallelFor(graph.size(), [&](size_t i) {
    for (const Neighbour& n : graph.Row(i)) {
      const Pair pair(static_cast<uint32_t>(i), n.node);
      if (n.node > i && n.weight >= gate - kWeakGate && n.weight < gate &&
          strong[i] != strong[n.node] && WordsAgree(plain_words, pair) &&
          WordsAgree(names, pair)) {
        weak[i].push_back(pair);
      }
    }
  });
  for (const std::vector<Pair>& pairs : weak) {
    for (const auto& [a, b] : pairs) components.Connect(a, b);
  }
  return components.Labels();
}

}  // namespace storyfold
