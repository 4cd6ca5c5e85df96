// Nearest neighbours among dense vectors.
//
// Each language has an index of its own, so that "the nearest in other
// languages" are not crowded out by those in one's own. The index is FAISS's
// where storyfold was built with it, else an exact one of ours.
//
// A window in time is respected by slabs: articles sorted by time are asked in
// runs of half a window, each among those at most a window before its first and
// behind its last. What lies a little outside is thrown away afterwards, so
// twice as many are asked for as are wanted; the exact cosine, added up by us
// in a fixed order, then chooses. That also makes the result the same whatever
// order the matrix product of an index adds up in, but where more than twice as
// many as are wanted are alike to the last digits.
//
// Tested by: tests/stories/neighbours_test.cc (against all pairs)

#include "stories/neighbours.h"

#include <algorithm>
#include <exception>
#include <map>
#include <memory>
#include <string_view>

#include "base/threads.h"
#include "stories/vector_index.h"

namespace storyfold {
namespace {

// A run of queries spans this part of the window.
constexpr int64_t kSlabsPerWindow = 2;

using NodeIds = std::vector<uint32_t>;

// Nodes that are asked together, and those they are asked among.
struct Slab {
  NodeIds queries;
  NodeIds among;  // ascending
};

bool IsNear(std::optional<int64_t> a, std::optional<int64_t> b,
            int64_t window_seconds) {
  return window_seconds == 0 || !a || !b ||
         std::max(*a, *b) - std::min(*a, *b) <= window_seconds;
}

// Returns `nodes`, which are sorted by time, in runs of at most `span` seconds.
std::vector<NodeIds> Runs(const NodeIds& nodes,
                          std::span<const std::optional<int64_t>> times,
                          int64_t span) {
  std::vector<NodeIds> runs;
  for (const uint32_t node : nodes) {
    if (runs.empty() || *times[node] - *times[runs.back()[0]] > span) {
      runs.emplace_back();
    }
    runs.back().push_back(node);
  }
  return runs;
}

std::vector<Slab> CutIntoSlabs(const NeighbourSpace& space,
                               const NodeIds& nodes) {
  if (space.window_seconds == 0) return {{nodes, nodes}};
  NodeIds timed;
  NodeIds timeless;
  for (const uint32_t node : nodes) {
    (space.times[node] ? timed : timeless).push_back(node);
  }
  std::ranges::stable_sort(timed, {},
                           [&](uint32_t node) { return *space.times[node]; });
  std::vector<Slab> slabs = {{timeless, nodes}};
  for (NodeIds& run :
       Runs(timed, space.times, space.window_seconds / kSlabsPerWindow)) {
    Slab slab;
    for (const uint32_t node : nodes) {
      if (IsNear(space.times[run.front()], space.times[node],
                 space.window_seconds) ||
          IsNear(space.times[run.back()], space.times[node],
                 space.window_seconds)) {
        slab.among.push_back(node);
      }
    }
    slab.queries = std::move(run);
    slabs.push_back(std::move(slab));
  }
  return slabs;
}

std::map<std::string_view, NodeIds> ByLanguage(const DenseVectors& vectors,
                                               const NodeIds& nodes) {
  std::map<std::string_view, NodeIds> by_language;
  for (const uint32_t node : nodes) {
    by_language[vectors.languages[node]].push_back(node);
  }
  return by_language;
}

// Collects the candidates of each node.
class NearVectorSearch {
 public:
  NearVectorSearch(const NeighbourSpace& space,
                   std::span<const NeighbourCounts> wanted)
      : space_(space),
        wanted_(wanted),
        inside_(wanted.size()),
        outside_(wanted.size()) {}

  const NodeIds& inside(size_t node) const { return inside_[node]; }
  const NodeIds& outside(size_t node) const { return outside_[node]; }

  // Adds those that nodes of one slab have among `speakers` of one language.
  void Search(const Slab& slab, std::string_view language,
              const NodeIds& speakers) {
    NodeIds insiders;
    NodeIds outsiders;
    uint32_t most_inside = 0;
    uint32_t most_outside = 0;
    for (const uint32_t node : slab.queries) {
      const NeighbourCounts& wanted = wanted_[node];
      const bool is_inside = space_.vectors.languages[node] == language;
      if (is_inside && wanted.inside > 0) {
        insiders.push_back(node);
        most_inside = std::max(most_inside, wanted.inside);
      } else if (!is_inside && wanted.outside > 0) {
        outsiders.push_back(node);
        most_outside = std::max(most_outside, wanted.outside);
      }
    }
    if (insiders.empty() && outsiders.empty()) return;
    const auto index = MakeVectorIndex(space_.vectors, speakers);
    Collect(*index, insiders, 2 * size_t{most_inside} + 1, inside_);
    Collect(*index, outsiders, 2 * size_t{most_outside}, outside_);
  }

 private:
  // Searches `index` for each of `queries`, into `lists`.
  void Collect(const VectorIndex& index, const NodeIds& queries, size_t most,
               std::vector<NodeIds>& lists) const {
    index.Search(queries, most, [&](uint32_t query, uint32_t node) {
      if (node != query && IsNear(space_.times[query], space_.times[node],
                                  space_.window_seconds)) {
        lists[query].push_back(node);
      }
    });
  }

  const NeighbourSpace& space_;
  std::span<const NeighbourCounts> wanted_;
  std::vector<NodeIds> inside_;
  std::vector<NodeIds> outside_;
};

// Appends the `most` candidates nearest to `node`.
void KeepNearest(const DenseVectors& vectors, uint32_t node,
                 const NodeIds& candidates, size_t most,
                 std::vector<Neighbour>& nearest) {
  std::vector<Neighbour> all;
  for (const uint32_t other : candidates) {
    const float cosine = DotProduct(vectors.Row(node), vectors.Row(other));
    if (cosine > 0) all.push_back({other, cosine});
  }
  std::ranges::sort(all, [](const Neighbour& a, const Neighbour& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.node < b.node;
  });
  all.resize(std::min(most, all.size()));
  nearest.insert(nearest.end(), all.begin(), all.end());
}

std::vector<std::vector<Neighbour>> Search(
    const NeighbourSpace& space, std::span<const NeighbourCounts> wanted) {
  NodeIds known;
  for (uint32_t node = 0; node < space.vectors.known.size(); ++node) {
    if (space.vectors.known[node]) known.push_back(node);
  }
  NearVectorSearch candidates(space, wanted);
  for (const Slab& slab : CutIntoSlabs(space, known)) {
    for (const auto& [language, nodes] :
         ByLanguage(space.vectors, slab.among)) {
      candidates.Search(slab, language, nodes);
    }
  }
  std::vector<std::vector<Neighbour>> nearest(wanted.size());
  ParallelFor(wanted.size(), [&](size_t i) {
    const auto node = static_cast<uint32_t>(i);
    KeepNearest(space.vectors, node, candidates.inside(i), wanted[i].inside,
                nearest[i]);
    KeepNearest(space.vectors, node, candidates.outside(i), wanted[i].outside,
                nearest[i]);
    std::ranges::sort(nearest[i], {}, &Neighbour::node);
  });
  return nearest;
}

}  // namespace

absl::StatusOr<std::vector<std::vector<Neighbour>>> FindDenseNeighbours(
    const NeighbourSpace& space, std::span<const NeighbourCounts> wanted) {
  try {
    return Search(space, wanted);
  } catch (const std::exception& e) {
    return absl::InternalError(e.what());
  }
}

}  // namespace storyfold
