#include "stories/earlier.h"

#include <numeric>
#include <vector>

#include "catch.h"

namespace storyfold {
namespace {

using Labels = std::vector<uint32_t>;

// Two stories of three articles, none of them a copy.
Labels TwoStories() { return {0, 0, 0, 3, 3, 3}; }

Labels Joined(const std::vector<PinnedPair>& pinned,
              Labels label = TwoStories()) {
  Labels node_of(label.size());
  std::iota(node_of.begin(), node_of.end(), 0);
  JoinPinned(pinned, node_of, label);
  return label;
}

TEST_CASE("two articles pinned together bring their stories along",
          "[stories]") {
  CHECK(Joined({{1, 4, true}}) == Labels(6, 0));
  CHECK(Joined({{4, 1, true}}) == Labels(6, 0));
  CHECK(Joined({{1, 2, true}}) == TwoStories());
  CHECK(Joined({{1, 4, false}}) == TwoStories());
  CHECK(Joined({}) == TwoStories());
}

TEST_CASE("pinned together, they leave stories that others keep apart",
          "[stories]") {
  CHECK(Joined({{0, 4, true}, {1, 5, false}}) == Labels{0, 1, 1, 3, 0, 3});
  // Nothing else keeps the stories apart: who is pinned together is one.
  CHECK(Joined({{0, 4, true}, {0, 4, false}}) == Labels(6, 0));
}

TEST_CASE("a pair pinned together has no weight, one pinned apart the most",
          "[stories]") {
  const Labels node_of = {0, 1, 2};
  const std::vector<ArticleId> articles = {0, 1, 2};
  const std::vector<PinnedPair> pinned = {{0, 1, true}, {2, 1, false}};
  std::vector<WeightedEdge> edges = {{0, 1, 0.5}, {1, 2, 0.9}};
  WeighEarlier({{}, pinned}, node_of, articles, edges);
  REQUIRE(edges.size() == 2);
  CHECK(edges[0].weight == 0.5);
  CHECK(edges[1].a == 1);
  CHECK(edges[1].b == 2);
  CHECK(edges[1].weight < -1e6);
}

// Seven nodes without copies: stories 7 (nodes 0 and 1), 8 (2 and 3), 9 (4),
// a new one (5), story 9 again (6).
struct Decided {
  Labels node_of = {0, 1, 2, 3, 4, 5, 6};
  Labels story = {7, 7, 8, 8, 9, EarlierStories::kNone, 9};
  std::vector<char> touched = {0, 0, 0, 0, 0, 1, 0};

  std::vector<char> Settled(const Labels& component) const {
    return SettledNodes({story, {}, touched}, node_of, story, component);
  }
};

TEST_CASE("a story that nothing new comes near is settled", "[stories]") {
  Decided decided;
  // By component and story: 5 with 4, so with 6; 1 with 2 only.
  CHECK(decided.Settled({0, 1, 1, 3, 4, 4, 6}) ==
        std::vector<char>{1, 1, 1, 1, 0, 0, 0});
  // 5 with 3, so with 2, so with 1, so with 0.
  CHECK(decided.Settled({0, 1, 1, 3, 4, 3, 6}) ==
        std::vector<char>{0, 0, 0, 0, 1, 0, 1});
  // An article that has another text.
  decided.touched = {1, 0, 0, 0, 0, 1, 0};
  CHECK(decided.Settled({0, 1, 2, 3, 4, 4, 6}) ==
        std::vector<char>{0, 0, 1, 1, 0, 0, 0});
  decided.touched = {};
  CHECK(decided.Settled({0, 1, 2, 3, 4, 5, 6}).empty());
}

TEST_CASE("settled nodes have the story they had, the others what was found",
          "[stories]") {
  Labels label = {0, 1, 2, 3, 4, 4, 4};
  KeepSettled(std::vector<char>{1, 1, 1, 1, 0, 0, 0}, Decided().story, label);
  CHECK(label == Labels{0, 0, 2, 2, 4, 4, 4});
  KeepSettled({}, Decided().story, label);
  CHECK(label == Labels{0, 0, 2, 2, 4, 4, 4});
}

}  // namespace
}  // namespace storyfold
