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
                                    std::span<const uint64_t> shingles,
                                    const DuplicateOptions& options) {
  ArticleFingerprint fingerprint;
  if (words.empty()) return fingerprint;
  fingerprint.num_words = static_cast<uint32_t>(words.size());
  fingerprint.simhash = ComputeSimHash(shingles);
  fingerprint.signature = ComputeSignature(shingles);
  const BandLayout layout(options.rows);
  for (uint32_t band = 0; band < options.bands; ++band) {
    fingerprint.bands.push_back(
        static_cast<int64_t>(layout.Key(fingerprint.signature, band)));
  }
  return fingerprint;
}

}  // namespace

std::vector<ArticleFingerprint> FingerprintArticles(
    std::span<const Article> articles, const DuplicateOptions& options) {
  struct Scratch {
    Sketcher sketcher{SketchUse::kPairs};
    std::vector<uint64_t> shingles = {};
  };
  std::vector<ArticleFingerprint> fingerprints(articles.size());
  ParallelForWithScratch<Scratch>(articles.size(), [&](size_t i,
                                                       Scratch& scratch) {
    const auto words = scratch.sketcher.Words(articles[i], {});
    fingerprints[i] = FingerprintWords(
        words, HashShingles(words, kShingleTokens, scratch.shingles), options);
  });
  return fingerprints;
}

}  // namespace storyfold
