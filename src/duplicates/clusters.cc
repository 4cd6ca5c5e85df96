// From pairs to clusters, in three rounds, each on what the one before left:
//
//   1. Equal texts are one text.
//   2. Texts that differ in little (Jaccard >= .85) are one group: see
//      near_exact.cc.
//   3. Groups are joined by average linkage on the share of rare 3-grams, each
//      group judged by its first text and counted by its size. A sample of the
//      3-grams finds the pairs, all of them decide. Where what is shared is a
//      small part of the text and stands in few places, it is a quote and does
//      not count; where the numbers differ, it counts less.
//      Groups too short to have enough rare 3-grams are joined by Jaccard
//      similarity. Groups of two days of one series (text/editions.h) are not
//      joined: today's horoscope and tomorrow's share a tenth of their words,
//      but that is nearly all that either shares with any text.
//
// Average linkage in place of connected components is what keeps page A that
// resembles B, and B that resembles C, from making A and C copies: on 22,134
// edited wire texts components reach an ARI of .906, average linkage .952.
//
// Tested by: tests/duplicates/clusters_test.cc

#include "duplicates/clusters.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/average_linkage.h"
#include "base/threads.h"
#include "duplicates/all_shingles.h"
#include "duplicates/bands.h"
#include "duplicates/copy_checks.h"
#include "duplicates/distinct_texts.h"
#include "duplicates/keep.h"
#include "duplicates/near_exact.h"
#include "duplicates/rare_shingles.h"
#include "duplicates/verify.h"
#include "text/editions.h"

namespace storyfold {
namespace {

constexpr double kLeastLink = 0.3;

RareShingles RareShinglesOfGroups(const DistinctTexts& texts,
                                  const NearExactGroups& groups,
                                  std::span<const Sketch> sketches,
                                  const DuplicateOptions& options) {
  std::vector<std::span<const uint32_t>> sets;
  for (const uint32_t text : groups.first_text) {
    sets.emplace_back(sketches[texts.First(text)].sampled_shingles);
  }
  return KeepRareShingles(sets, options);
}

// Returns the article that each group's edges are judged by.
std::vector<ArticleId> ArticlesOfGroups(const DistinctTexts& texts,
                                        const NearExactGroups& groups) {
  std::vector<ArticleId> articles;
  for (const uint32_t text : groups.first_text) {
    articles.push_back(texts.First(text));
  }
  return articles;
}

// Returns the edition of each group: that of all of its articles, if it is one.
std::vector<Edition> EditionsOfGroups(std::span<const Article> articles,
                                      const DistinctTexts& texts,
                                      const NearExactGroups& groups) {
  const std::vector<ArticleId>& ids = texts.articles.values;
  const std::vector<Edition> editions = EditionsOf(articles, ids);
  std::vector<Edition> of_group(groups.first_text.size());
  std::vector<char> is_known(of_group.size(), false);
  for (size_t text = 0; text < texts.size(); ++text) {
    const uint32_t g = groups.group_of_text[text];
    for (size_t k = texts.articles.offsets[text];
         k < texts.articles.offsets[text + 1]; ++k) {
      if (!is_known[g]) of_group[g] = editions[k];
      if (!(of_group[g] == editions[k])) of_group[g] = {};
      is_known[g] = true;
    }
  }
  return of_group;
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
  std::vector<double> of_group(groups.first_text.size(), 0);
  for (const WeightedEdge& edge : edges) {
    if (cluster_of_group[edge.a] != cluster_of_group[edge.b]) continue;
    of_group[edge.a] += edge.weight * groups.size[edge.b];
    of_group[edge.b] += edge.weight * groups.size[edge.a];
  }
  std::vector<double> centrality(num_texts);
  for (size_t t = 0; t < num_texts; ++t) {
    const uint32_t group = groups.group_of_text[t];
    centrality[t] = of_group[group] + groups.size[group] - 1;
  }
  return centrality;
}

// Fills representative and similarity for the articles of one cluster.
void DescribeCluster(std::span<const uint32_t> members,
                     const Election& election, const RemovedLines& removed,
                     TextComparer& comparer, DuplicateClusters& clusters) {
  const uint32_t winner = election.Winner(members);
  const ArticleId representative = election.ArticleOf(winner);
  if (members.size() > 1) {
    comparer.SetFirst(election.articles[representative],
                      removed.Of(representative));
  }
  for (const uint32_t text : members) {
    const ArticleId first = election.texts.First(text);
    const double similarity =
        text == winner
            ? 1
            : comparer.Compare(election.articles[first], removed.Of(first))
                  .containment;
    for (const ArticleId article : election.texts.articles.Row(text)) {
      clusters.representative[article] = representative;
      clusters.similarity[article] = static_cast<float>(similarity);
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
      VerifyCandidates({articles, removed, texts, sketches}, candidates.pairs,
                       options.min_jaccard);

  const NearExactGroups groups =
      GroupNearExact(texts, sketches, verified, candidates.crowded);
  const RareShingles rare =
      RareShinglesOfGroups(texts, groups, sketches, options);
  std::vector<WeightedEdge> edges = JoinByRareShingles(rare, kLeastLink);
  const std::vector<ArticleId> articles_of_groups =
      ArticlesOfGroups(texts, groups);
  const CheckedTexts checked{articles, removed, sketches, articles_of_groups};
  WeighByAllShingles(checked, options, kLeastLink, edges);
  const TextNumbers numbers = ReadNumbers(checked, edges);
  DropQuotes(checked, numbers, edges);
  LowerByNumbers(numbers, edges);
  AddEdgesOfShortTexts(groups, verified, rare, edges);
  LowerByTitles(checked, edges);
  DropOtherEditions(Editions(EditionsOfGroups(articles, texts, groups)), edges);
  const std::vector<uint32_t> cluster_of_group =
      AverageLinkage(groups.size, edges, options.min_cluster_similarity);

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
  ParallelForWithScratch<TextComparer>(
      members.size(), [&](size_t c, TextComparer& comparer) {
        DescribeCluster(members.Row(c), election, removed, comparer, clusters);
      });
  return clusters;
}

}  // namespace storyfold
