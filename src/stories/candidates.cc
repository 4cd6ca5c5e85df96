// Who could tell the same story as whom, without comparing all with all.
//
// Two articles with a cosine of .10 or more nearly always share one of the
// terms that weigh most in either: on the labelled sets nothing is lost by
// looking only at the 20 heaviest. An inverted index over those adds up what
// they contribute. A term that is heavy in very many articles ("election" on
// election night) would make the index quadratic: so the terms of an article
// are read rarest first, and only until a budget is spent; of a list that is
// longer than what is left, the entries around the article are read, so that a
// story of thousands still hangs together.
//
// The candidates are ranked by what the heavy terms gave, and only as many stay
// as a second budget allows: the longer the vectors, the fewer. Halving both
// budgets changes no BCubed score of the labelled sets in the third digit; a
// quarter of the second takes .001 to .005. Large batches need the first: of
// 300,000 synthetic articles 2,000 entries have .016 more BCubed recall than
// 500, and no bounds at all another .002.
//
// Tested by: tests/stories/graph_test.cc (against all pairs)

#include "stories/candidates.h"

#include <algorithm>
#include <utility>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr size_t kHeavyTerms = 20;
// So many entries of postings are read for one article.
constexpr size_t kReadBudget = 2'000;
// So many entries of vectors are read to compare one article with others.
constexpr size_t kComparisonBudget = 6'000;
// A pair whose heavy terms contribute less is hardly ever at .10 in all.
constexpr float kLeastPartial = 0.02f;

struct Candidate {
  uint32_t node = 0;
  float partial = 0;  // what the heavy terms give to the cosine
};

struct Posting {
  uint32_t node = 0;
  float value = 0;
};

// Returns the heaviest entries of a vector.
std::vector<VectorEntry> HeavyTerms(std::span<const VectorEntry> vector) {
  std::vector<VectorEntry> entries(vector.begin(), vector.end());
  if (entries.size() > kHeavyTerms) {
    std::ranges::nth_element(entries, entries.begin() + kHeavyTerms,
                             [](const VectorEntry& a, const VectorEntry& b) {
                               return a.value != b.value ? a.value > b.value
                                                         : a.term < b.term;
                             });
    entries.resize(kHeavyTerms);
  }
  return entries;
}

struct HeavyTermIndex {
  Csr<VectorEntry> terms_of_node;  // rarest first
  Csr<Posting> nodes_of_term;      // ascending
};

HeavyTermIndex BuildIndex(const TermVectors& vectors) {
  HeavyTermIndex index{
      MakeRows(vectors.size(),
               [&](size_t i) { return HeavyTerms(vectors.rows.Row(i)); }),
      {}};
  index.nodes_of_term =
      FillRows<Posting>(vectors.vocabulary.size(), [&](const auto& visit) {
        for (uint32_t node = 0; node < vectors.size(); ++node) {
          for (const VectorEntry& e : index.terms_of_node.Row(node)) {
            visit(e.term, Posting{node, e.value});
          }
        }
      });
  ParallelFor(vectors.size(), [&](size_t i) {
    std::ranges::sort(
        index.terms_of_node.Row(i), {}, [&](const VectorEntry& e) {
          return std::pair(index.nodes_of_term.Row(e.term).size(), e.term);
        });
  });
  return index;
}

// Returns up to `most` postings of a term, those around `node`.
std::span<const Posting> PostingsAround(std::span<const Posting> postings,
                                        uint32_t node, size_t most) {
  if (postings.size() <= most) return postings;
  const auto at = std::ranges::lower_bound(postings, node, {}, &Posting::node);
  const auto place = static_cast<size_t>(at - postings.begin());
  const size_t begin =
      std::min(place - std::min(place, most / 2), postings.size() - most);
  return postings.subspan(begin, most);
}

class TimeWindow {
 public:
  TimeWindow(std::span<const std::optional<int64_t>> times, int64_t seconds)
      : times_(times), seconds_(seconds) {}

  bool Holds(uint32_t a, uint32_t b) const {
    if (seconds_ == 0 || !times_[a] || !times_[b]) return true;
    return std::max(*times_[a], *times_[b]) -
               std::min(*times_[a], *times_[b]) <=
           seconds_;
  }

 private:
  std::span<const std::optional<int64_t>> times_;
  int64_t seconds_;
};

// Finds the candidates of one node at a time.
class SharedTermSearch {
 public:
  std::vector<uint32_t> Find(const HeavyTermIndex& index,
                             const TimeWindow& window, uint32_t node,
                             size_t most) {
    Collect(index, node);
    KeepNear(window, node);
    KeepMostPromising(most);
    std::vector<uint32_t> nodes;
    nodes.reserve(candidates_.size());
    for (const Candidate& candidate : candidates_) {
      nodes.push_back(candidate.node);
    }
    return nodes;
  }

 private:
  // Adds up what the heavy terms of both contribute to the cosine, rarest
  // term first, until the budget is spent. Here and below each candidate is
  // written whether or not it counts: a branch would be mispredicted for every
  // third.
  void Collect(const HeavyTermIndex& index, uint32_t node) {
    candidates_.resize(kReadBudget);
    partial_.resize(index.terms_of_node.size(), 0);
    size_t budget = kReadBudget;
    size_t size = 0;
    for (const VectorEntry& e : index.terms_of_node.Row(node)) {
      if (budget == 0) break;
      const auto postings =
          PostingsAround(index.nodes_of_term.Row(e.term), node, budget);
      budget -= postings.size();
      for (const Posting& p : postings) {
        candidates_[size].node = p.node;
        size += partial_[p.node] == 0;
        partial_[p.node] += e.value * p.value;
      }
    }
    candidates_.resize(size);
  }

  // Leaves out the node itself and what is not near it, and clears the sums.
  void KeepNear(const TimeWindow& window, uint32_t node) {
    size_t size = 0;
    for (const Candidate& met : candidates_) {
      const Candidate candidate = {met.node,
                                   std::exchange(partial_[met.node], 0.0f)};
      candidates_[size] = candidate;
      size += candidate.partial >= kLeastPartial && candidate.node != node &&
              window.Holds(node, candidate.node);
    }
    candidates_.resize(size);
  }

  void KeepMostPromising(size_t most) {
    if (candidates_.size() <= most) return;
    std::ranges::nth_element(
        candidates_, candidates_.begin() + static_cast<ptrdiff_t>(most),
        [](const Candidate& a, const Candidate& b) {
          return a.partial != b.partial ? a.partial > b.partial
                                        : a.node < b.node;
        });
    candidates_.resize(most);
  }

  std::vector<Candidate> candidates_;
  std::vector<float> partial_;
};

// Returns each pair once, in the row of its lower node.
CandidatePairs ToPairs(Csr<uint32_t> candidates) {
  const auto later = FillRows<uint32_t>(  // with repeats
      candidates.size(), [&](const auto& visit) {
        for (uint32_t i = 0; i < candidates.size(); ++i) {
          for (const uint32_t j : candidates.Row(i)) {
            visit(std::min(i, j), std::max(i, j));
          }
        }
      });
  candidates = {};
  return MakeRows(later.size(), [&](size_t i) {
    std::vector<uint32_t> row(later.Row(i).begin(), later.Row(i).end());
    std::ranges::sort(row);
    const auto repeated = std::ranges::unique(row);
    row.erase(repeated.begin(), repeated.end());
    return row;
  });
}

}  // namespace

CandidatePairs FindCandidates(const TermVectors& vectors,
                              std::span<const std::optional<int64_t>> times,
                              int64_t window_seconds) {
  const HeavyTermIndex index = BuildIndex(vectors);
  const TimeWindow window(times, window_seconds);
  return ToPairs(MakeRows<SharedTermSearch>(
      vectors.size(), [&](size_t i, SharedTermSearch& search) {
        const size_t size = std::max<size_t>(1, vectors.rows.Row(i).size());
        return search.Find(index, window, static_cast<uint32_t>(i),
                           kComparisonBudget / size);
      }));
}

}  // namespace storyfold
