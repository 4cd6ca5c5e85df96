#include "bench_texts.h"
#include "text/word_hasher.h"

namespace storyfold {
namespace {

void HashWords(benchmark::State& state, Language language) {
  const BenchTexts& texts = TextsOf(language);
  WordHasher hasher;
  for (auto _ : state) {
    for (const std::string& text : texts.texts) {
      benchmark::DoNotOptimize(hasher.Hash(text).data());
    }
  }
  ReportRates(state, texts.num_bytes, texts.num_shingles);
}

[[maybe_unused]] const bool registered =
    (RegisterLanguages("words", HashWords), true);

}  // namespace
}  // namespace storyfold
