#include "duplicates/verify.h"

#include <algorithm>

#include "base/threads.h"
#include "sketch/shingles.h"

namespace storyfold {
namespace {

// Four standard errors of the signature's estimate: of pairs at the threshold
// one in 30,000 is lost.
constexpr double kEstimateMargin = 0.18;

// So many pairs are verified at a time, which bounds the shingles in memory.
constexpr size_t kBatch = 100'000;

// The shingle sets of the texts that a batch of candidates names.
class ShingleSets {
 public:
  ShingleSets(std::span<const Article> articles, const RemovedLines& removed,
              const DistinctTexts& texts,
              std::span<const Candidate> candidates) {
    for (const Candidate& c : candidates) {
      texts_.push_back(c.a);
      texts_.push_back(c.b);
    }
    ParallelSort(texts_);
    texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
    sets_.resize(texts_.size());
    ParallelForWithScratch<Analyzer>(
        texts_.size(), [&](size_t i, Analyzer& analyzer) {
          const ArticleId article = texts.First(texts_[i]);
          sets_[i] = ShingleSet(
              CopyWords(articles[article], removed.Of(article), analyzer),
              kShingleTokens);
        });
  }

  std::span<const uint64_t> Of(uint32_t text) const {
    const auto at = std::ranges::lower_bound(texts_, text);
    return sets_[static_cast<size_t>(at - texts_.begin())];
  }

 private:
  std::vector<uint32_t> texts_;
  std::vector<std::vector<uint64_t>> sets_;
};

std::vector<Candidate> DropUnlikely(const DistinctTexts& texts,
                                    std::span<const Sketch> sketches,
                                    std::span<const Candidate> candidates,
                                    double min_jaccard) {
  std::vector<char> likely(candidates.size());
  ParallelFor(candidates.size(), [&](size_t i) {
    const Candidate& c = candidates[i];
    const double estimate =
        EstimateJaccard(sketches[texts.First(c.a)].signature,
                        sketches[texts.First(c.b)].signature);
    likely[i] = estimate >= min_jaccard - kEstimateMargin;
  });
  std::vector<Candidate> kept;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (likely[i]) kept.push_back(candidates[i]);
  }
  return kept;
}

}  // namespace

VerifiedPair CompareShingleSets(std::span<const uint64_t> x,
                                std::span<const uint64_t> y) {
  const auto shared = static_cast<double>(IntersectionSize(x, y));
  const auto together = static_cast<double>(x.size() + y.size()) - shared;
  const auto smaller = static_cast<double>(std::min(x.size(), y.size()));
  VerifiedPair pair;
  pair.jaccard = shared / together;
  pair.containment = shared / smaller;
  return pair;
}

std::vector<VerifiedPair> VerifyCandidates(
    std::span<const Article> articles, const RemovedLines& removed,
    const DistinctTexts& texts, std::span<const Sketch> sketches,
    std::span<const Candidate> candidates, double min_jaccard) {
  const std::vector<Candidate> likely =
      DropUnlikely(texts, sketches, candidates, min_jaccard);
  std::vector<VerifiedPair> verified;
  for (size_t begin = 0; begin < likely.size(); begin += kBatch) {
    const auto batch = std::span(likely).subspan(
        begin, std::min(kBatch, likely.size() - begin));
    const ShingleSets sets(articles, removed, texts, batch);
    std::vector<VerifiedPair> compared(batch.size());
    ParallelFor(batch.size(), [&](size_t i) {
      compared[i] =
          CompareShingleSets(sets.Of(batch[i].a), sets.Of(batch[i].b));
      compared[i].a = batch[i].a;
      compared[i].b = batch[i].b;
    });
    std::ranges::copy_if(
        compared, std::back_inserter(verified),
        [&](const VerifiedPair& p) { return p.jaccard >= min_jaccard; });
  }
  return verified;
}

}  // namespace storyfold
