#include "bench_texts.h"
#include "text/analysis.h"

namespace storyfold {
namespace {

void Tokenise(benchmark::State& state, Language language) {
  const BenchTexts& texts = TextsOf(language);
  Analyzer analyzer;
  for (auto _ : state) {
    for (const std::string& text : texts.texts) {
      benchmark::DoNotOptimize(analyzer.Analyze(text).tokens.data());
    }
  }
  ReportRates(state, texts.num_bytes, texts.num_shingles);
}

[[maybe_unused]] const bool registered =
    (RegisterLanguages("tokenise", Tokenise), true);

}  // namespace
}  // namespace storyfold
