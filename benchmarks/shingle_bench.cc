#include "bench_texts.h"
#include "sketch/shingles.h"

namespace storyfold {
namespace {

void Shingle(benchmark::State& state, Language language) {
  const BenchTexts& texts = TextsOf(language);
  std::vector<uint64_t> buffer;
  for (auto _ : state) {
    for (const std::vector<uint64_t>& words : texts.words) {
      benchmark::DoNotOptimize(
          HashShingles(words, kShingleTokens, buffer).data());
    }
  }
  ReportRates(state, texts.num_bytes, texts.num_shingles);
}

[[maybe_unused]] const bool registered =
    (RegisterLanguages("shingle", Shingle), true);

}  // namespace
}  // namespace storyfold
