// Each word has a random vector of eight numbers, 1 or -1, at places that its
// hash names among 256 (Weinberger et al., "Feature hashing for large scale
// multitask learning", 2009); a text is the sum of those of its words. The
// cosine of two texts is then about that of their word counts.
//
// Tested by: tests/embedding/builtin_embedder_test.cc

#include "embedding/builtin_embedder.h"

#include <algorithm>
#include <cstdint>

#include "base/hash.h"
#include "base/threads.h"
#include "text/analysis.h"

namespace storyfold {
namespace {

constexpr size_t kDimension = 256;
constexpr uint64_t kPlacesPerWord = 8;

void AddWord(uint64_t word, std::span<float> vector) {
  for (uint64_t k = 0; k < kPlacesPerWord; ++k) {
    const uint64_t hash = CombineHashes(word, k);
    vector[hash % kDimension] += hash >> 63 != 0 ? 1.0f : -1.0f;
  }
}

class BuiltinEmbedder : public Embedder {
 public:
  BuiltinEmbedder() {
    info_.name = "builtin";
    info_.version = "1";
    info_.dimension = kDimension;
    // It cannot tell more than words, so words decide.
    info_.weights.headline_share = 0.2;
    info_.weights.headline_cut = 0.45;
  }

  const EmbedderInfo& info() const override { return info_; }

  absl::Status Embed(std::span<const std::string> texts,
                     std::span<float> rows) override {
    ParallelForWithScratch<Analyzer>(
        texts.size(), [&](size_t i, Analyzer& analyzer) {
          const auto row = rows.subspan(i * kDimension, kDimension);
          std::ranges::fill(row, 0.0f);
          for (const Token& token : analyzer.Analyze(texts[i]).tokens) {
            AddWord(token.hash, row);
          }
        });
    return absl::OkStatus();
  }

 private:
  EmbedderInfo info_;
};

}  // namespace

std::shared_ptr<Embedder> MakeBuiltinEmbedder() {
  return std::make_shared<BuiltinEmbedder>();
}

}  // namespace storyfold
