// Tested by: tests/duplicates/alike_test.cc

#include "duplicates/alike.h"

#include <numeric>

#include "base/components.h"
#include "base/threads.h"
#include "duplicates/bands.h"
#include "duplicates/distinct_texts.h"

namespace storyfold {

std::vector<ArticleId> GroupAlike(std::span<const Sketch> sketches,
                                  const DuplicateOptions& options) {
  const DistinctTexts texts = FoldEqualTexts(sketches);
  const auto signature_of = [&](uint32_t text) -> const Signature& {
    return sketches[texts.First(text)].signature;
  };
  const auto pairs = FindBandCandidates(texts, sketches, options).pairs;
  std::vector<char> alike(pairs.size());
  ParallelFor(pairs.size(), [&](size_t i) {
    alike[i] = EstimateJaccard(signature_of(pairs[i].a),
                               signature_of(pairs[i].b)) >= options.min_jaccard;
  });

  Components groups(texts.size());
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (alike[i]) groups.Connect(pairs[i].a, pairs[i].b);
  }
  std::vector<ArticleId> first(sketches.size());
  std::iota(first.begin(), first.end(), 0);
  for (uint32_t text = 0; text < texts.size(); ++text) {
    for (const ArticleId article : texts.articles.Row(text)) {
      first[article] = texts.First(groups.Find(text));
    }
  }
  return first;
}

}  // namespace storyfold
