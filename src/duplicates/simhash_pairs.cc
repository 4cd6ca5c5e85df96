// The fingerprints are folded by value; the tables of simhash_tables.h are
// made, each a copy of the fingerprints bucket by bucket; in each bucket all
// are compared.
//
// A pair that agrees in more blocks than it must stands in several tables. It
// is reported by the first of them.
//
// Fingerprints can be so alike that any plan is quadratic: 40,000 within three
// bits of one centre are all within 6 of each other. So the comparisons are
// bounded to a number linear in n, and the largest buckets give way.
//
// Tested by: tests/duplicates/simhash_pairs_test.cc (against all pairs).

#include "duplicates/simhash_pairs.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cassert>
#include <compare>
#include <utility>

#include "base/csr.h"
#include "base/simd.h"
#include "base/threads.h"
#include "duplicates/expand_groups.h"
#include "duplicates/simhash_tables.h"
#include "sketch/simhash.h"

namespace storyfold {
namespace {

// Comparisons allowed for each fingerprint, as a multiple of max_bucket.
constexpr size_t kComparedBuckets = 4;
constexpr uint32_t kLeastBucket = 1000;
// How many followers a fingerprint of an oversize bucket is compared with.
constexpr size_t kFollowersOfFingerprint = 4;

// Different fingerprints, ascending, each with the articles that have it.
struct DistinctFingerprints {
  std::vector<uint64_t> values;
  Csr<ArticleId> articles;
};

struct Entry {
  uint64_t value = 0;
  uint32_t position = 0;  // in DistinctFingerprints, or of an article

  friend auto operator<=>(const Entry&, const Entry&) = default;
};

DistinctFingerprints FoldEqual(std::span<const uint64_t> fingerprints) {
  std::vector<Entry> entries(fingerprints.size());
  for (uint32_t i = 0; i < entries.size(); ++i)
    entries[i] = {fingerprints[i], i};
  ParallelSort(entries);
  DistinctFingerprints distinct;
  distinct.articles.offsets.clear();
  for (const Entry& entry : entries) {
    if (distinct.values.empty() || distinct.values.back() != entry.value) {
      distinct.values.push_back(entry.value);
      distinct.articles.offsets.push_back(distinct.articles.values.size());
    }
    distinct.articles.values.push_back(entry.position);
  }
  distinct.articles.offsets.push_back(entries.size());
  return distinct;
}

struct Comparison {
  uint32_t max_distance = 0;
  size_t reach = 0;  // with how many followers an entry is compared
};

using Near = std::vector<std::pair<uint32_t, uint32_t>>;

// Appends the positions of the pairs within the distance.
[[gnu::always_inline]] inline void CompareBucketBody(
    std::span<const Entry> bucket, const Comparison& comparison, Near& near) {
  for (size_t i = 0; i < bucket.size(); ++i) {
    const uint64_t value = bucket[i].value;
    const size_t end = std::min(bucket.size(), i + 1 + comparison.reach);
    for (size_t j = i + 1; j < end; ++j) {
      if (HammingDistance(value, bucket[j].value) <= comparison.max_distance) {
        near.emplace_back(bucket[i].position, bucket[j].position);
      }
    }
  }
}

void CompareBucketScalar(std::span<const Entry> bucket,
                         const Comparison& comparison, Near& near) {
  CompareBucketBody(bucket, comparison, near);
}

#if defined(__x86_64__)
[[gnu::target("popcnt")]] void CompareBucketPopcnt(
    std::span<const Entry> bucket, const Comparison& comparison, Near& near) {
  CompareBucketBody(bucket, comparison, near);
}
#endif

auto PickCompareBucket() {
#if defined(__x86_64__)
  // Every CPU with AVX2 counts bits in one instruction.
  if (ActiveSimdLevel() >= SimdLevel::kAvx2) return CompareBucketPopcnt;
#endif
  return CompareBucketScalar;
}

// Returns up to which size buckets may be compared whole, so that there are
// `most_comparisons` at most.
size_t LargestWholeBucket(std::span<const uint32_t> offsets,
                          size_t most_comparisons) {
  if (PairsInBuckets(offsets) <= most_comparisons) return offsets.back();
  std::vector<size_t> sizes;
  for (size_t b = 0; b + 1 < offsets.size(); ++b) {
    const size_t size = offsets[b + 1] - offsets[b];
    if (size > 1) sizes.push_back(size);
  }
  std::ranges::sort(sizes);
  size_t comparisons = 0;
  size_t whole = 0;
  while (comparisons <= most_comparisons) {
    comparisons += sizes[whole] * (sizes[whole] - 1) / 2;
    ++whole;
  }
  return sizes[whole - 1] - 1;
}

// The tables, and which pair each of them reports.
class Search {
 public:
  Search(std::span<const uint64_t> values, uint32_t max_distance,
         size_t most_comparisons)
      : values_(values),
        max_distance_(max_distance),
        plan_(CheapestTables(values, max_distance)),
        most_in_table_(most_comparisons) {
    for (uint32_t t = 0; t < plan_.tables.size(); ++t) AddToTablesOf(t);
    if (plan_.Comparisons() > most_comparisons) {
      most_in_table_ /= plan_.tables.size();
      MarkCrowded();
    }
  }

  size_t num_tables() const { return plan_.tables.size(); }

  struct TableResult {
    Near near;
    size_t oversize_buckets = 0;
  };
  TableResult SearchTable(size_t t) const {
    const SimHashBuckets buckets(plan_.tables[t].key, values_.size());
    std::vector<uint32_t> next = buckets.Offsets(values_);
    const size_t largest_whole = LargestWholeBucket(next, most_in_table_);
    std::vector<Entry> entries(values_.size());
    for (uint32_t i = 0; i < values_.size(); ++i) {
      entries[next[buckets.Of(values_[i])]++] = {values_[i], i};
    }

    TableResult result;
    const auto compare = PickCompareBucket();
    size_t begin = 0;
    for (const size_t end : std::span(next).first(buckets.size())) {
      const size_t size = end - begin;
      const bool oversize = size > largest_whole;
      result.oversize_buckets += oversize;
      if (size > 1) {
        const size_t before = result.near.size();
        compare({entries.data() + begin, size},
                {max_distance_, oversize ? kFollowersOfFingerprint : size},
                result.near);
        KeepOwnPairs(t, before, result.near);
      }
      begin = end;
    }
    return result;
  }

 private:
  // Adds table `t` to the sets of blocks in which its pairs may differ.
  void AddToTablesOf(uint32_t t) {
    const uint64_t all = plan_.tables[t].left_out;
    for (uint64_t blocks = all; blocks != 0; blocks = (blocks - 1) & all) {
      tables_of_[blocks].push_back(t);
    }
  }

  // Notes for each table which values are in its oversize buckets.
  void MarkCrowded() {
    crowded_.resize(plan_.tables.size());
    ParallelFor(plan_.tables.size(), [&](size_t t) {
      const SimHashBuckets buckets(plan_.tables[t].key, values_.size());
      const std::vector<uint32_t> offsets = buckets.Offsets(values_);
      const size_t largest_whole = LargestWholeBucket(offsets, most_in_table_);
      crowded_[t].resize(values_.size());
      for (size_t i = 0; i < values_.size(); ++i) {
        const size_t bucket = buckets.Of(values_[i]);
        crowded_[t][i] = offsets[bucket + 1] - offsets[bucket] > largest_whole;
      }
    });
  }

  // Returns whether table `t` is the one that reports this pair of its: the
  // first in which the two are compared for sure. Pairs that are compared by
  // chance, in oversize buckets, are reported by all.
  bool Reports(size_t t, const Near::value_type& pair) const {
    const uint64_t bits = values_[pair.first] ^ values_[pair.second];
    if ((bits & plan_.tables[t].key) != 0) return false;
    for (const uint32_t other : tables_of_.find(plan_.BlocksOf(bits))->second) {
      if (crowded_.empty() || !crowded_[other][pair.first]) return other == t;
    }
    return true;
  }

  // Drops the pairs from `begin` on that table `t` does not report.
  void KeepOwnPairs(size_t t, size_t begin, Near& near) const {
    const auto from = near.begin() + static_cast<std::ptrdiff_t>(begin);
    near.erase(
        std::remove_if(from, near.end(),
                       [&](const auto& pair) { return !Reports(t, pair); }),
        near.end());
  }

  std::span<const uint64_t> values_;
  uint32_t max_distance_;
  SimHashTables plan_;
  size_t most_in_table_;  // comparisons
  // For a set of blocks, the tables that leave all of them out, ascending.
  absl::flat_hash_map<uint64_t, std::vector<uint32_t>> tables_of_;
  // crowded_[t][i]: value i is in an oversize bucket of table t. Empty when
  // no bucket is oversize.
  std::vector<std::vector<bool>> crowded_;
};

// Returns the pairs of different fingerprints, ascending.
Search::TableResult FindNear(std::span<const uint64_t> values,
                             uint32_t max_distance, size_t most_comparisons) {
  Search::TableResult all;
  if (values.size() < 2 || max_distance == 0) return all;
  const Search search(values, max_distance, most_comparisons);
  std::vector<Search::TableResult> of_table(search.num_tables());
  ParallelFor(of_table.size(),
              [&](size_t t) { of_table[t] = search.SearchTable(t); });
  for (auto& found : of_table) {
    all.near.insert(all.near.end(), found.near.begin(), found.near.end());
    all.oversize_buckets += found.oversize_buckets;
    found.near = Near();
  }
  ParallelSort(all.near);
  all.near.erase(std::unique(all.near.begin(), all.near.end()), all.near.end());
  return all;
}

}  // namespace

SimHashPairs FindSimHashPairs(std::span<const uint64_t> fingerprints,
                              uint32_t max_distance, uint32_t max_bucket) {
  assert(max_distance <= kMostSimHashDistance && max_bucket >= 2);
  const DistinctFingerprints distinct = FoldEqual(fingerprints);
  const auto& values = distinct.values;
  const Search::TableResult different = FindNear(
      values, max_distance,
      values.size() * kComparedBuckets * std::max(max_bucket, kLeastBucket));

  SimHashPairs found;
  found.oversize_buckets = different.oversize_buckets;
  for (size_t u = 0; u < values.size(); ++u) {
    found.oversize_buckets += ExpandGroup(distinct.articles.Row(u), max_bucket,
                                          [&](ArticleId a, ArticleId b) {
                                            found.pairs.push_back({a, b, 0});
                                          });
  }
  for (const auto& [u, v] : different.near) {
    const uint32_t distance = HammingDistance(values[u], values[v]);
    found.oversize_buckets +=
        ExpandGroupPair(distinct.articles.Row(u), distinct.articles.Row(v),
                        max_bucket, [&](ArticleId a, ArticleId b) {
                          found.pairs.push_back({a, b, distance});
                        });
  }
  ParallelSort(found.pairs, [](const SimHashPair& x, const SimHashPair& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  });
  return found;
}

}  // namespace storyfold
