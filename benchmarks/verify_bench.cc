#include "duplicates/verify.h"

#include "base/threads.h"
#include "bench_texts.h"
#include "duplicates/bands.h"
#include "text/removed_lines.h"

namespace storyfold {
namespace {

void Verify(benchmark::State& state) {
  const BenchCopies& copies = Copies();
  const ThreadLimit one_thread(1);
  const Candidates candidates = FindBandCandidates(
      copies.texts, copies.sketches, {.min_jaccard = kBenchJaccard});
  std::vector<VerifiedPair> found;
  for (auto _ : state) {
    found = VerifyCandidates({copies.corpus.articles(), RemovedLines(),
                              copies.texts, copies.sketches},
                             candidates.pairs, kBenchJaccard);
  }
  ReportRates(state, copies.num_bytes, copies.num_shingles);
  state.counters["pairs"] = static_cast<double>(found.size());
  state.counters["recall"] = Recall(copies, found);
}
BENCHMARK(Verify)->Name("verify")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace storyfold
