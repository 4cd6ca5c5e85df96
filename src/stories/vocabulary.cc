// Each thread counts the articles it is given in a hash table of its own; sums
// of integers do not depend on who added what. Sorting the terms of all
// articles instead takes several times longer and 8 bytes for each of them.
//
// Tested by: tests/stories/vocabulary_test.cc

#include "stories/vocabulary.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>

#include "base/threads.h"

namespace storyfold {
namespace {

using Counts = absl::flat_hash_map<uint64_t, TermCount>;

void Add(const TermCount& count, Counts& counts) {
  TermCount& sum = counts[count.term];
  sum.articles += count.articles;
  sum.uses += count.uses;
  sum.capitalised += count.capitalised;
}

}  // namespace

std::vector<TermCount> CountTerms(std::span<const TermBag> bags) {
  std::vector<Counts> parts = ParallelPartialResults<Counts>(
      bags.size(), [&](size_t i, Counts& counts) {
        for (const WeightedTerm& t : bags[i].terms) {
          Add({t.term, 1, t.uses, t.capitalised}, counts);
        }
      });
  if (parts.empty()) return {};
  for (size_t k = 1; k < parts.size(); ++k) {
    for (const auto& [term, count] : parts[k]) {
      Add({term, count.articles, count.uses, count.capitalised}, parts[0]);
    }
    parts[k] = {};
  }
  std::vector<TermCount> terms;
  terms.reserve(parts[0].size());
  for (auto& [term, count] : parts[0]) {
    count.term = term;
    terms.push_back(count);
  }
  std::ranges::sort(terms, {}, &TermCount::term);
  return terms;
}

}  // namespace storyfold
