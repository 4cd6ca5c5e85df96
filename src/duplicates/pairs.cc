#include "duplicates/pairs.h"

#include <algorithm>

#include "base/threads.h"
#include "duplicates/bands.h"
#include "duplicates/verify.h"
#include "sketch/band_keys.h"

namespace storyfold {
namespace {

// Adds every pair of an article of `x` with a later one of `y`; where that is
// more than max_bucket^2 / 2 pairs, only those with the first of each.
void ExpandTextPair(std::span<const ArticleId> x, std::span<const ArticleId> y,
                    const VerifiedPair& pair, size_t max_bucket,
                    DuplicatePairs& out) {
  const bool oversize = x.size() * y.size() > max_bucket * max_bucket / 2;
  out.oversize_buckets += oversize;
  const auto add = [&](ArticleId a, ArticleId b) {
    out.pairs.push_back(
        {std::min(a, b), std::max(a, b), pair.jaccard, pair.containment});
  };
  if (oversize) {
    for (const ArticleId b : y) add(x[0], b);
    for (const ArticleId a : x.subspan(1)) add(a, y[0]);
    return;
  }
  for (const ArticleId a : x) {
    for (const ArticleId b : y) add(a, b);
  }
}

void ExpandEqualTexts(std::span<const ArticleId> group, size_t max_bucket,
                      DuplicatePairs& out) {
  const bool oversize = group.size() > max_bucket;
  out.oversize_buckets += oversize;
  for (size_t i = 0; i < group.size(); ++i) {
    const size_t end = oversize ? std::min(i + 2, group.size()) : group.size();
    for (size_t j = i + 1; j < end; ++j) {
      out.pairs.push_back({group[i], group[j], 1.0, 1.0});
    }
  }
}

}  // namespace

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
  return absl::OkStatus();
}

DuplicatePairs FindDuplicatePairs(std::span<const Article> articles,
                                  const RemovedLines& removed,
                                  std::span<const Sketch> sketches,
                                  const DuplicateOptions& options) {
  const DistinctTexts texts = FoldEqualTexts(sketches);
  const Candidates candidates = FindBandCandidates(texts, sketches, options);
  const std::vector<VerifiedPair> verified =
      VerifyCandidates(articles, removed, texts, sketches, candidates.pairs,
                       options.min_jaccard);

  DuplicatePairs found;
  found.oversize_buckets = candidates.oversize_buckets;
  for (size_t t = 0; t < texts.size(); ++t) {
    ExpandEqualTexts(texts.articles.Row(t), options.max_bucket, found);
  }
  for (const VerifiedPair& pair : verified) {
    ExpandTextPair(texts.articles.Row(pair.a), texts.articles.Row(pair.b), pair,
                   options.max_bucket, found);
  }
  ParallelSort(found.pairs, [](const auto& x, const auto& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  });
  return found;
}

}  // namespace storyfold
