// Groups are made by average linkage on exact Jaccard similarity, which takes a
// pair that was not compared for one that shares nothing. That is right where
// all pairs were candidates, and wrong among thousands of pages of one
// template, of which only some pairs were looked at: they would fall apart
// into handfuls.
//
// So crowded texts are first folded into leaders: in the order of their hash,
// which is the order bands compare them in, a text that no earlier one has
// taken becomes a leader and takes all that are near to it. A text of the
// group is near to its leader, though not to every other member. What is not
// folded goes on to average linkage.
//
// Tested by: tests/duplicates/near_exact_test.cc

#include "duplicates/near_exact.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "base/average_linkage.h"

namespace storyfold {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

// Returns for every text the leader it is folded into; itself for others.
std::vector<uint32_t> FoldIntoLeaders(const DistinctTexts& texts,
                                      std::span<const Sketch> sketches,
                                      std::span<const VerifiedPair> verified,
                                      std::span<const uint32_t> crowded) {
  std::vector<uint32_t> leader(texts.size());
  std::iota(leader.begin(), leader.end(), 0);
  std::vector<uint32_t> order(crowded.begin(), crowded.end());
  std::ranges::sort(order, {}, [&](uint32_t text) {
    return sketches[texts.First(text)].text_hash;
  });
  std::vector<uint32_t> rank(texts.size(), kNone);  // of crowded texts
  for (uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;

  std::vector<std::vector<uint32_t>> later(order.size());  // near, by rank
  for (const VerifiedPair& pair : verified) {
    if (rank[pair.a] == kNone || rank[pair.b] == kNone) continue;
    if (pair.jaccard < kNearExact) continue;
    const auto [first, second] = std::minmax(rank[pair.a], rank[pair.b]);
    later[first].push_back(second);
  }
  std::vector<char> is_folded(order.size(), 0);
  for (uint32_t r = 0; r < order.size(); ++r) {
    if (is_folded[r]) continue;
    for (const uint32_t member : later[r]) {
      if (is_folded[member]) continue;
      is_folded[member] = 1;
      leader[order[member]] = order[r];
    }
  }
  return leader;
}

// Returns groups of the texts with equal labels.
NearExactGroups Number(std::span<const uint32_t> labels) {
  NearExactGroups groups;
  groups.group_of_text.resize(labels.size());
  std::vector<uint32_t> group_of_label(labels.size(), kNone);
  for (uint32_t text = 0; text < labels.size(); ++text) {
    uint32_t& group = group_of_label[labels[text]];
    if (group == kNone) {
      group = static_cast<uint32_t>(groups.first_text.size());
      groups.first_text.push_back(text);
      groups.size.push_back(0);
    }
    groups.group_of_text[text] = group;
    ++groups.size[group];
  }
  return groups;
}

}  // namespace

NearExactGroups GroupNearExact(const DistinctTexts& texts,
                               std::span<const Sketch> sketches,
                               std::span<const VerifiedPair> verified,
                               std::span<const uint32_t> crowded) {
  std::vector<uint32_t> label =
      FoldIntoLeaders(texts, sketches, verified, crowded);
  std::vector<WeightedEdge> edges;
  for (const VerifiedPair& pair : verified) {
    if (label[pair.a] != pair.a || label[pair.b] != pair.b) continue;
    edges.push_back({pair.a, pair.b, pair.jaccard});
  }
  const std::vector<uint32_t> linked =
      AverageLinkage(texts.size(), std::move(edges), kNearExact);
  for (uint32_t& text : label) text = linked[text];
  return Number(label);
}

}  // namespace storyfold
