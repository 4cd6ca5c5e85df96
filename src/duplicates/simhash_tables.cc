// Which number of blocks is cheapest depends on how many fingerprints there are
// and on how alike they are, so it is not computed but counted: the sizes of
// the buckets give the number of comparisons.
//
// The paper keeps each table as a copy with permuted bits, sorted, because it
// looks up one fingerprint at a time. Here all pairs are wanted: a mask chooses
// the key, and a counting sort by a hash of it makes the buckets.
//
// Bits in which all fingerprints agree are left out of the blocks; and d blocks
// are one table with an empty key, everything compared with everything: the
// right plan for few fingerprints.
//
// Tested by: tests/duplicates/simhash_pairs_test.cc

#include "duplicates/simhash_tables.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/hash.h"
#include "base/threads.h"

namespace storyfold {
namespace {

// Comparisons that take as long as putting one fingerprint into its bucket.
constexpr size_t kPlacingCost = 30;
constexpr size_t kMostTables = 512;
constexpr int kMostHashBits = 24;
// Fewer buckets than fingerprints, by this many bits: comparisons are cheaper
// than the cache misses of a table that has one for each.
constexpr int kSpareBits = 4;

// Returns C(n, k), or kMostTables + 1 where it is more.
size_t NumTables(size_t n, size_t k) {
  size_t tables = 1;
  for (size_t i = 1; i <= k; ++i) {
    tables = tables * (n - k + i) / i;
    if (tables > kMostTables) return kMostTables + 1;
  }
  return tables;
}

size_t NumPairs(size_t size) { return size < 2 ? 0 : size * (size - 1) / 2; }

size_t Cost(const SimHashTables& plan, size_t num_values) {
  return kPlacingCost * plan.tables.size() * num_values + plan.Comparisons();
}

// Cuts the set bits of `bits` into blocks of sizes as equal as they can be.
std::array<uint8_t, 64> CutIntoBlocks(uint64_t bits, size_t num_blocks) {
  const auto num_bits = static_cast<size_t>(std::popcount(bits));
  std::array<uint8_t, 64> block_of_bit = {};
  size_t seen = 0;
  for (size_t bit = 0; bit < block_of_bit.size(); ++bit) {
    if (((bits >> bit) & 1) == 0) continue;
    block_of_bit[bit] = static_cast<uint8_t>(seen++ * num_blocks / num_bits);
  }
  return block_of_bit;
}

// Returns the tables of every choice of `left_out` among `num_blocks` blocks.
SimHashTables TablesOfBlocks(uint64_t bits, size_t num_blocks,
                             size_t left_out) {
  SimHashTables plan;
  plan.block_of_bit = CutIntoBlocks(bits, num_blocks);
  std::vector<char> is_left_out(num_blocks, false);
  std::fill_n(is_left_out.begin(), left_out, true);
  do {
    SimHashTable table;
    for (size_t b = 0; b < num_blocks; ++b) {
      table.left_out |= uint64_t{is_left_out[b] != 0} << b;
    }
    for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
      const uint64_t bit = rest & (~rest + 1);
      if ((plan.BlocksOf(bit) & table.left_out) == 0) table.key |= bit;
    }
    plan.tables.push_back(table);
  } while (std::prev_permutation(is_left_out.begin(), is_left_out.end()));
  return plan;
}

void CountComparisons(std::span<const uint64_t> values, SimHashTables& plan) {
  ParallelFor(plan.tables.size(), [&](size_t t) {
    const SimHashBuckets buckets(plan.tables[t].key, values.size());
    plan.tables[t].comparisons = PairsInBuckets(buckets.Offsets(values));
  });
}

}  // namespace

size_t SimHashTables::Comparisons() const {
  size_t sum = 0;
  for (const SimHashTable& table : tables) sum += table.comparisons;
  return sum;
}

uint64_t SimHashTables::BlocksOf(uint64_t bits) const {
  uint64_t blocks = 0;
  for (; bits != 0; bits &= bits - 1) {
    blocks |= uint64_t{1}
              << block_of_bit[static_cast<size_t>(std::countr_zero(bits))];
  }
  return blocks;
}

SimHashTables CheapestTables(std::span<const uint64_t> values,
                             size_t max_distance) {
  uint64_t varying = 0;
  for (const uint64_t value : values) varying |= value ^ values[0];
  SimHashTables best;
  best.tables = {{0, 1, NumPairs(values.size())}};
  size_t least = Cost(best, values.size());
  const auto most_blocks = static_cast<size_t>(std::popcount(varying));
  for (size_t blocks = max_distance + 1; blocks <= most_blocks; ++blocks) {
    const size_t num_tables = NumTables(blocks, max_distance);
    if (num_tables > kMostTables) break;
    if (kPlacingCost * num_tables * values.size() >= least) break;
    SimHashTables plan = TablesOfBlocks(varying, blocks, max_distance);
    CountComparisons(values, plan);
    const size_t cost = Cost(plan, values.size());
    if (cost >= least) continue;
    least = cost;
    best = std::move(plan);
  }
  return best;
}

SimHashBuckets::SimHashBuckets(uint64_t key, size_t num_values)
    : key_(key),
      hash_bits_(std::clamp(
          std::min(static_cast<int>(std::bit_width(num_values)) - kSpareBits,
                   std::popcount(key) + 1),
          1, kMostHashBits)) {}

size_t SimHashBuckets::Of(uint64_t value) const {
  return Mix(value & key_) >> (64 - hash_bits_);
}

std::vector<uint32_t> SimHashBuckets::Offsets(
    std::span<const uint64_t> values) const {
  std::vector<uint32_t> offsets(size() + 1, 0);
  for (const uint64_t value : values) ++offsets[Of(value) + 1];
  for (size_t b = 1; b < offsets.size(); ++b) offsets[b] += offsets[b - 1];
  return offsets;
}

size_t PairsInBuckets(std::span<const uint32_t> offsets) {
  size_t pairs = 0;
  for (size_t b = 0; b + 1 < offsets.size(); ++b) {
    pairs += NumPairs(offsets[b + 1] - offsets[b]);
  }
  return pairs;
}

}  // namespace storyfold
