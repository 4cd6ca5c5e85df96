#include "storyfold/fingerprint.h"

#include "base/threads.h"
#include "sketch/band_keys.h"
#include "sketch/shingles.h"
#include "sketch/signature.h"
#include "sketch/simhash.h"
#include "sketch/sketch.h"

namespace storyfold {
namespace {

ArticleFingerprint FingerprintWords(std::span<const uint64_t> words,
                                    const DuplicateOptions& options) {
  ArticleFingerprint fingerprint;
  if (words.empty()) return fingerprint;
  std::vector<uint64_t> shingles;
  AppendShingles(words, kShingleTokens, shingles);
  fingerprint.num_words = static_cast<uint32_t>(words.size());
  fingerprint.simhash = ComputeSimHash(shingles);
  fingerprint.signature = ComputeSignature(shingles);
  for (uint32_t band = 0; band < options.bands; ++band) {
    fingerprint.bands.push_back(static_cast<int64_t>(
        BandKey(fingerprint.signature, band, options.rows)));
  }
  return fingerprint;
}

}  // namespace

std::vector<ArticleFingerprint> FingerprintArticles(
    std::span<const Article> articles, const DuplicateOptions& options) {
  std::vector<ArticleFingerprint> fingerprints(articles.size());
  ParallelForWithScratch<Analyzer>(
      articles.size(), [&](size_t i, Analyzer& analyzer) {
        fingerprints[i] =
            FingerprintWords(CopyWords(articles[i], {}, analyzer), options);
      });
  return fingerprints;
}

}  // namespace storyfold
