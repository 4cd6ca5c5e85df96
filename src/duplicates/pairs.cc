#include "duplicates/pairs.h"

#include <utility>

#include "base/threads.h"
#include "duplicates/bands.h"
#include "duplicates/expand_groups.h"
#include "duplicates/verify.h"
#include "sketch/band_keys.h"

namespace storyfold {

absl::Status Validate(const DuplicateOptions& options) {
  if (!(options.min_jaccard >= 0.3 && options.min_jaccard <= 1)) {
    return absl::InvalidArgumentError("min-jaccard must be in [0.3, 1]");
  }
  if (options.bands < 1 || options.rows < 1 || options.rows > kSignatureSize ||
      options.bands > BandLayout(options.rows).MostBands()) {
    return absl::InvalidArgumentError(
        "bands and rows must be at least 1, rows at most 128 and bands at most "
        "2 * (128 / rows)");
  }
  if (options.max_bucket < 2) {
    return absl::InvalidArgumentError("max-bucket must be at least 2");
  }
  if (!(options.min_cluster_similarity > 0 &&
        options.min_cluster_similarity <= 1)) {
    return absl::InvalidArgumentError("min-similarity must be in (0, 1]");
  }
  if (!(options.rare_share > 0) || options.rare_least > options.rare_most) {
    return absl::InvalidArgumentError(
        "rare-share must be positive and rare-least at most rare-most");
  }
  if (options.keep == KeepRule::kSourceOrder && options.keep_sources.empty()) {
    return absl::InvalidArgumentError("keep by source needs a source");
  }
  return absl::OkStatus();
}

DuplicatePairs FindDuplicatePairs(std::span<const Article> articles,
                                  const RemovedLines& removed,
                                  std::span<const Sketch> sketches,
                                  const DuplicateOptions& options) {
  const DistinctTexts texts = FoldEqualTexts(sketches);
  const Candidates candidates = FindBandCandidates(texts, sketches, options);
  const std::vector<VerifiedPair> verified =
      VerifyCandidates({articles, removed, texts, sketches, SketchUse::kPairs},
                       candidates.pairs, options.min_jaccard);

  DuplicatePairs found;
  found.oversize_buckets = candidates.oversize_buckets;
  for (size_t t = 0; t < texts.size(); ++t) {
    found.oversize_buckets +=
        ExpandGroup(texts.articles.Row(t), options.max_bucket,
                    [&](ArticleId a, ArticleId b) {
                      found.pairs.push_back({a, b, 1, 1});
                    });
  }
  for (const VerifiedPair& pair : verified) {
    found.oversize_buckets += ExpandGroupPair(
        texts.articles.Row(pair.a), texts.articles.Row(pair.b),
        options.max_bucket, [&](ArticleId a, ArticleId b) {
          found.pairs.push_back({a, b, pair.jaccard, pair.containment});
        });
  }
  ParallelSort(found.pairs, [](const auto& x, const auto& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  });
  return found;
}

}  // namespace storyfold
