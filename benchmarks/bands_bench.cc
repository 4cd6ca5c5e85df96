#include "duplicates/bands.h"

#include "base/threads.h"
#include "bench_texts.h"

namespace storyfold {
namespace {

void FindCandidates(benchmark::State& state) {
  const BenchCopies& copies = Copies();
  const ThreadLimit one_thread(1);
  Candidates found;
  for (auto _ : state) {
    found = FindBandCandidates(copies.texts, copies.sketches,
                               {.min_jaccard = kBenchJaccard});
  }
  ReportRates(state, copies.num_bytes, copies.num_shingles);
  state.counters["pairs"] = static_cast<double>(found.pairs.size());
  state.counters["recall"] = Recall(copies, found.pairs);
}
BENCHMARK(FindCandidates)->Name("bands")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace storyfold
