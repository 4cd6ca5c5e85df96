#include <algorithm>
#include <utility>

#include "base/threads.h"
#include "duplicates/distinct_texts.h"
#include "duplicates/simhash_pairs.h"
#include "duplicates/verify.h"
#include "sketch/simhash.h"
#include "storyfold/fingerprint.h"

namespace storyfold {
namespace {

std::vector<uint64_t> SimHashesOfTexts(std::span<const Article> articles,
                                       const DistinctTexts& texts) {
  std::vector<uint64_t> simhashes(texts.size());
  ParallelForWithScratch(
      texts.size(), [] { return Sketcher(SketchUse::kPairs); },
      [&](size_t t, Sketcher& sketcher) {
        simhashes[t] =
            ComputeSimHash(sketcher.Shingles(articles[texts.First(t)], {}));
      });
  return simhashes;
}

// The articles that have words, ascending, each with its text.
struct WordyArticles {
  std::vector<ArticleId> articles;
  std::vector<uint32_t> texts;
  std::vector<uint64_t> simhashes;
};

WordyArticles FingerprintWordyArticles(std::span<const Article> articles,
                                       std::span<const Sketch> sketches,
                                       const DistinctTexts& texts) {
  std::vector<uint32_t> text_of(sketches.size());
  for (uint32_t t = 0; t < texts.size(); ++t) {
    for (const ArticleId article : texts.articles.Row(t)) text_of[article] = t;
  }
  const std::vector<uint64_t> simhashes = SimHashesOfTexts(articles, texts);
  WordyArticles wordy;
  for (ArticleId article = 0; article < sketches.size(); ++article) {
    if (sketches[article].empty()) continue;
    wordy.articles.push_back(article);
    wordy.texts.push_back(text_of[article]);
    wordy.simhashes.push_back(simhashes[text_of[article]]);
  }
  return wordy;
}

Candidate TextsOf(const SimHashPair& pair, const WordyArticles& wordy) {
  const uint32_t x = wordy.texts[pair.a];
  const uint32_t y = wordy.texts[pair.b];
  return {std::min(x, y), std::max(x, y)};
}

// Returns the pairs of different texts, ascending, each once.
std::vector<Candidate> TextsToCompare(std::span<const SimHashPair> pairs,
                                      const WordyArticles& wordy) {
  std::vector<Candidate> candidates;
  for (const SimHashPair& pair : pairs) {
    const Candidate texts = TextsOf(pair, wordy);
    if (texts.a != texts.b) candidates.push_back(texts);
  }
  ParallelSort(candidates);
  candidates.erase(std::unique(candidates.begin(), candidates.end()),
                   candidates.end());
  return candidates;
}

// Returns how much of two texts is the same; all of a text and itself.
// REQUIRES: `verified` is ascending and has them
VerifiedPair LookUp(std::span<const VerifiedPair> verified,
                    const Candidate& texts) {
  if (texts.a == texts.b) return {texts.a, texts.b, 1, 1};
  return *std::ranges::lower_bound(verified, texts, {},
                                   [](const VerifiedPair& pair) {
                                     return Candidate{pair.a, pair.b};
                                   });
}

}  // namespace

absl::Status Validate(const FingerprintPairOptions& options) {
  if (options.max_distance > kMostSimHashDistance) {
    return absl::InvalidArgumentError("simhash must be in [0, 7]");
  }
  if (!(options.min_jaccard >= 0 && options.min_jaccard <= 1)) {
    return absl::InvalidArgumentError("min-jaccard must be in [0, 1]");
  }
  if (options.max_bucket < 2) {
    return absl::InvalidArgumentError("max-bucket must be at least 2");
  }
  return absl::OkStatus();
}

FingerprintPairs FindFingerprintPairs(std::span<const Article> articles,
                                      const FingerprintPairOptions& options) {
  const std::vector<Sketch> sketches =
      SketchArticles(articles, {}, SketchUse::kPairs);
  const DistinctTexts texts = FoldEqualTexts(sketches);
  const WordyArticles wordy =
      FingerprintWordyArticles(articles, sketches, texts);
  const SimHashPairs near = FindSimHashPairs(
      wordy.simhashes, options.max_distance, options.max_bucket);
  // At 0 none is dropped.
  const std::vector<VerifiedPair> verified =
      VerifyCandidates({articles, {}, texts, sketches, SketchUse::kPairs},
                       TextsToCompare(near.pairs, wordy), /*min_jaccard=*/0);

  FingerprintPairs found;
  found.oversize_buckets = near.oversize_buckets;
  for (const SimHashPair& pair : near.pairs) {
    const VerifiedPair same = LookUp(verified, TextsOf(pair, wordy));
    if (same.jaccard < options.min_jaccard) continue;
    found.pairs.push_back({{wordy.articles[pair.a], wordy.articles[pair.b],
                            same.jaccard, same.containment},
                           pair.distance});
  }
  return found;
}

}  // namespace storyfold
