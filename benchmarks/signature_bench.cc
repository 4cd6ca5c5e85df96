#include "bench_texts.h"
#include "sketch/signature.h"

namespace storyfold {
namespace {

void ComputeSignatures(benchmark::State& state, Language language) {
  const BenchTexts& texts = TextsOf(language);
  for (auto _ : state) {
    for (const std::vector<uint64_t>& shingles : texts.shingles) {
      const Signature signature = ComputeSignature(shingles);
      benchmark::DoNotOptimize(signature.data());
    }
  }
  ReportRates(state, texts.num_bytes, texts.num_shingles);
}

[[maybe_unused]] const bool registered =
    (RegisterLanguages("signature", ComputeSignatures), true);

}  // namespace
}  // namespace storyfold
