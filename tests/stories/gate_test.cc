#include "stories/gate.h"

#include <algorithm>
#include <ranges>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "support/corpus.h"
#include "support/word_batch.h"

namespace storyfold {
namespace {

using Labels = std::vector<uint32_t>;

constexpr double kGate = 0.22;

Labels Gated(WordBatch& batch, float weight) {
  return GateComponents(Pair(weight), kGate, batch.Words(kPlainWords),
                        batch.Words(kNames));
}

const Labels kTogether = {0, 0};
const Labels kApart = {0, 1};

TEST_CASE("an edge passes the gate whatever the words are", "[stories]") {
  WordBatch batch = Sharing(0, 0);
  CHECK(Gated(batch, 0.23f) == kTogether);
  CHECK(Gated(batch, 0.21f) == kApart);
}

TEST_CASE("a weak edge counts where names and plain words agree", "[stories]") {
  // 5 of 20 are a similarity of .25: what names need, and above what plain
  // words do (.24); 4 of 20 are .20.
  WordBatch both = Sharing(6, 5);
  CHECK(Gated(both, 0.18f) == kTogether);
  CHECK(Gated(both, 0.16f) == kApart);
  WordBatch names = Sharing(6, 4);
  CHECK(Gated(names, 0.18f) == kApart);
  WordBatch plain_words = Sharing(4, 5);
  CHECK(Gated(plain_words, 0.18f) == kApart);
}

TEST_CASE("a weak edge between texts too short to judge counts", "[stories]") {
  WordBatch batch(40, 80);
  batch.Add(Terms(0, 20) + Terms(40, 20), 20);
  batch.Add(Terms(20, 20) + Terms(60, 20), 20);
  CHECK(Gated(batch, 0.18f) == kTogether);
}

TEST_CASE("a weak edge between two languages does not count", "[stories]") {
  WordBatch batch(40, 80);
  batch.Add(Terms(0, 20) + Terms(40, 20), 400, "en");
  batch.Add(Terms(0, 20) + Terms(40, 20), 400, "de");
  CHECK(Gated(batch, 0.18f) == kApart);
  CHECK(Gated(batch, 0.23f) == kTogether);
}

TEST_CASE("components of the gate do not depend on the number of threads",
          "[stories][deterministic]") {
  Random random(5);
  WordBatch batch(40, 80);
  std::vector<std::vector<Neighbour>> rows(300);
  for (uint32_t i = 0; i < 300; ++i) {
    batch.Add(Terms(static_cast<uint32_t>(random.Below(20)), 20) +
              Terms(40 + static_cast<uint32_t>(random.Below(20)), 20));
  }
  for (uint32_t i = 0; i + 7 < 300; ++i) {
    const auto weight = static_cast<float>(0.15 + 0.09 * random.Unit());
    rows[i].push_back({i + 7, weight});
    rows[i + 7].push_back({i, weight});
  }
  const NeighbourGraph graph = ToCsr(rows);
  const auto run = [&](size_t threads) {
    const ThreadLimit limit(threads);
    return GateComponents(graph, kGate, batch.Words(kPlainWords),
                          batch.Words(kNames));
  };
  const Labels one = run(1);
  CHECK(one == run(4));
  // Of the weak edges some count and some do not.
  const auto weak = [&](bool together) {
    return std::ranges::any_of(std::views::iota(7u, 300u), [&](uint32_t i) {
      const auto row = graph.Row(i);
      const Neighbour& before = row[0];
      return before.node < i && before.weight >= 0.17f &&
             before.weight < 0.22f && row.size() == 2 &&
             (one[i] == one[before.node]) == together;
    });
  };
  CHECK(weak(true));
  CHECK(weak(false));
}

}  // namespace
}  // namespace storyfold
