// From pairs to clusters, in three rounds, each on what the one before left:
//
//   1. Equal texts are one text.
//   2. Texts that differ in little (Jaccard >= .85) are one group, by average
//      linkage on exact Jaccard similarity.
//   3. Groups are joined by average linkage on the share of rare 3-grams, each
//      group standing for itself by its first text. Where that share is a
//      small part of the text and stands in one place, it is a quote and does
//      not count. Groups too short to have enough rare 3-grams are joined by
//      Jaccard similarity.
//
// Average linkage in place of connected components is what keeps page A that
// resembles B, and B that resembles C, from making A and C copies: on 22,134
// edited wire texts components reach an ARI of .906, average linkage .948.
//
// Tested by: tests/duplicates/clusters_test.cc

#include "duplicates/clusters.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/average_linkage.h"
#include "base/threads.h"
#include "duplicates/bands.h"
#include "duplicates/distinct_texts.h"
#include "duplicates/keep.h"
#include "duplicates/rare_shingles.h"
#include "duplicates/spread.h"
#include "duplicates/verify.h"
#include "sketch/shingles.h"

namespace storyfold {
namespace {

constexpr double kNearExact = 0.85;
constexpr double kLeastLink = 0.3;
// Texts that share half of the shorter one are not looked at for quotes.
constexpr double kSurelyShared = 0.5;
constexpr double kLeastSpread = 0.6;

// Groups of near-exact texts, numbered in the order of their first text.
struct NearExactGroups {
  std::vector<uint32_t> group_of_text;
  std::vector<uint32_t> first_text;  // of each group
};

NearExactGroups GroupNearExact(size_t num_texts,
                               std::span<const VerifiedPair> verified) {
  std::vector<WeightedEdge> edges;
  for (const VerifiedPair& pair : verified) {
    edges.push_back({pair.a, pair.b, pair.jaccard});
  }
  const std::vector<uint32_t> labels =
      AverageLinkage(num_texts, edges, kNearExact);
  NearExactGroups groups;
  groups.group_of_text.resize(num_texts);
  for (uint32_t t = 0; t < num_texts; ++t) {
    if (labels[t] == t) {
      groups.group_of_text[t] = static_cast<uint32_t>(groups.first_text.size());
      groups.first_text.push_back(t);
    } else {
      groups.group_of_text[t] = groups.group_of_text[labels[t]];
    }
  }
  return groups;
}

RareShingles RareShinglesOfGroups(const DistinctTexts& texts,
                                  const NearExactGroups& groups,
                                  std::span<const Sketch> sketches,
                                  const DuplicateOptions& options) {
  std::vector<std::span<const uint64_t>> sets;
  for (const uint32_t text : groups.first_text) {
    sets.emplace_back(sketches[texts.First(text)].sampled_shingles);
  }
  return KeepRareShingles(sets, options);
}

// Adds an edge by Jaccard similarity for groups with too few rare shingles to
// be compared by those.
void AddEdgesOfShortTexts(const NearExactGroups& groups,
                          std::span<const VerifiedPair> verified,
                          const RareShingles& rare,
                          std::vector<WeightedEdge>& edges) {
  const auto is_first = [&](uint32_t text) {
    return groups.first_text[groups.group_of_text[text]] == text;
  };
  for (const VerifiedPair& pair : verified) {
    const uint32_t a = groups.group_of_text[pair.a];
    const uint32_t b = groups.group_of_text[pair.b];
    if (a == b || !is_first(pair.a) || !is_first(pair.b)) continue;
    const size_t least =
        std::min(rare.rows.Row(a).size(), rare.rows.Row(b).size());
    if (least < kLeastRareShingles) edges.push_back({a, b, pair.jaccard});
  }
}

// Drops the edges of texts that share a small part of either, all in one
// place: a quote, not a copy.
void DropQuotes(std::span<const Article> articles, const RemovedLines& removed,
                const DistinctTexts& texts, const NearExactGroups& groups,
                std::span<const Sketch> sketches,
                std::vector<WeightedEdge>& edges) {
  std::vector<char> is_quote(edges.size(), 0);
  ParallelForWithScratch<Analyzer>(
      edges.size(), [&](size_t e, Analyzer& analyzer) {
        const ArticleId a = texts.First(groups.first_text[edges[e].a]);
        const ArticleId b = texts.First(groups.first_text[edges[e].b]);
        const auto& x = sketches[a].sampled_shingles;
        const auto& y = sketches[b].sampled_shingles;
        const auto shared = static_cast<double>(IntersectionSize(x, y));
        const auto smaller = static_cast<double>(std::min(x.size(), y.size()));
        if (shared >= kSurelyShared * smaller) return;
        const auto of_a = CopyWords(articles[a], removed.Of(a), analyzer);
        const auto of_b = CopyWords(articles[b], removed.Of(b), analyzer);
        is_quote[e] = SharedSpread(of_a, of_b) < kLeastSpread;
      });
  size_t kept = 0;
  for (size_t e = 0; e < edges.size(); ++e) {
    if (!is_quote[e]) edges[kept++] = edges[e];
  }
  edges.resize(kept);
}

// Returns the texts of each cluster of groups, clusters by their first text.
Csr<uint32_t> TextsOfClusters(const NearExactGroups& groups,
                              std::span<const uint32_t> cluster_of_group) {
  std::vector<std::vector<uint32_t>> members(cluster_of_group.size());
  for (uint32_t t = 0; t < groups.group_of_text.size(); ++t) {
    members[cluster_of_group[groups.group_of_text[t]]].push_back(t);
  }
  std::erase_if(members, [](const auto& m) { return m.empty(); });
  return ToCsr(members);
}

// The texts of one cluster with what elects its representative.
struct Election {
  std::span<const Article> articles;
  std::span<const Sketch> sketches;
  const DistinctTexts& texts;
  std::span<const double> centrality;  // of each text
  const DuplicateOptions& options;

  // Returns the text whose article is the representative.
  uint32_t Winner(std::span<const uint32_t> members) const {
    if (options.keep == KeepRule::kCentral) return MostCentral(members);
    std::vector<ArticleId> candidates;
    for (const uint32_t text : members) candidates.push_back(ArticleOf(text));
    const ArticleId kept = ChooseKept(candidates, articles, sketches, options);
    const auto at = std::ranges::find(candidates, kept);
    return members[static_cast<size_t>(at - candidates.begin())];
  }

  // Returns the article that stands for the copies of `text`: by kCentral the
  // earliest, then the first.
  ArticleId ArticleOf(uint32_t text) const {
    return ChooseKept(texts.articles.Row(text), articles, sketches, options);
  }

 private:
  // Returns the most central text, then the longest, then the earliest, then
  // the one that stands first.
  uint32_t MostCentral(std::span<const uint32_t> members) const {
    return *std::ranges::min_element(members, {}, [&](uint32_t text) {
      const ArticleId first = texts.First(text);
      return std::tuple(-centrality[text],
                        -static_cast<int64_t>(sketches[first].num_words),
                        PublishedOrLast(articles[first]), text);
    });
  }
};

// Returns for every text the sum of its similarities to the others of its
// cluster; links between groups count for each text of the group.
std::vector<double> Centrality(size_t num_texts, const NearExactGroups& groups,
                               std::span<const uint32_t> cluster_of_group,
                               std::span<const WeightedEdge> edges) {
  std::vector<double> group_size(groups.first_text.size(), 0);
  for (const uint32_t group : groups.group_of_text) group_size[group] += 1;
  std::vector<double> of_group(groups.first_text.size(), 0);
  for (const WeightedEdge& edge : edges) {
    if (cluster_of_group[edge.a] != cluster_of_group[edge.b]) continue;
    of_group[edge.a] += edge.weight * group_size[edge.b];
    of_group[edge.b] += edge.weight * group_size[edge.a];
  }
  std::vector<double> centrality(num_texts);
  for (size_t t = 0; t < num_texts; ++t) {
    const uint32_t group = groups.group_of_text[t];
    centrality[t] = of_group[group] + group_size[group] - 1;
  }
  return centrality;
}

// Fills representative and similarity for the articles of one cluster.
void DescribeCluster(std::span<const uint32_t> members,
                     const Election& election, const RemovedLines& removed,
                     Analyzer& analyzer, DuplicateClusters& clusters) {
  const auto shingles_of = [&](uint32_t text) {
    const ArticleId first = election.texts.First(text);
    return ShingleSet(
        CopyWords(election.articles[first], removed.Of(first), analyzer),
        kShingleTokens);
  };
  const uint32_t winner = election.Winner(members);
  const ArticleId representative = election.ArticleOf(winner);
  const std::vector<uint64_t> of_winner =
      members.size() > 1 ? shingles_of(winner) : std::vector<uint64_t>{};
  for (const uint32_t text : members) {
    float similarity = 1;
    if (text != winner) {
      similarity = static_cast<float>(
          CompareShingleSets(of_winner, shingles_of(text)).containment);
    }
    for (const ArticleId article : election.texts.articles.Row(text)) {
      clusters.representative[article] = representative;
      clusters.similarity[article] = similarity;
    }
  }
}

}  // namespace

DuplicateClusters ClusterDuplicates(std::span<const Article> articles,
                                    const RemovedLines& removed,
                                    std::span<const Sketch> sketches,
                                    const DuplicateOptions& options) {
  const DistinctTexts texts = FoldEqualTexts(sketches);
  const Candidates candidates = FindBandCandidates(texts, sketches, options);
  const std::vector<VerifiedPair> verified =
      VerifyCandidates(articles, removed, texts, sketches, candidates.pairs,
                       options.min_jaccard);

  const NearExactGroups groups = GroupNearExact(texts.size(), verified);
  const RareShingles rare =
      RareShinglesOfGroups(texts, groups, sketches, options);
  std::vector<WeightedEdge> edges = JoinByRareShingles(rare, kLeastLink);
  DropQuotes(articles, removed, texts, groups, sketches, edges);
  AddEdgesOfShortTexts(groups, verified, rare, edges);
  const std::vector<uint32_t> cluster_of_group = AverageLinkage(
      groups.first_text.size(), edges, options.min_cluster_similarity);

  DuplicateClusters clusters;
  clusters.oversize_buckets = candidates.oversize_buckets;
  clusters.representative.resize(articles.size());
  std::iota(clusters.representative.begin(), clusters.representative.end(), 0);
  clusters.similarity.assign(articles.size(), 1);
  for (const WeightedEdge& edge : edges) {
    clusters.links.push_back({texts.First(groups.first_text[edge.a]),
                              texts.First(groups.first_text[edge.b]),
                              static_cast<float>(edge.weight)});
  }
  const Csr<uint32_t> members = TextsOfClusters(groups, cluster_of_group);
  const std::vector<double> centrality =
      Centrality(texts.size(), groups, cluster_of_group, edges);
  const Election election{articles, sketches, texts, centrality, options};
  ParallelForWithScratch<Analyzer>(
      members.size(), [&](size_t c, Analyzer& analyzer) {
        DescribeCluster(members.Row(c), election, removed, analyzer, clusters);
      });
  return clusters;
}

}  // namespace storyfold
