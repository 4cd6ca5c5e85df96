#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace storyfold {

// Which tables find all pairs of fingerprints within a Hamming distance of d
// (Manku, Jain & Das Sarma, "Detecting Near-Duplicates for Web Crawling", WWW
// 2007).
//
// Cut the bits into B > d blocks. Two fingerprints that differ in d bits or
// fewer differ in d blocks at most, so there are B - d blocks in which they
// agree. For each of the C(B, d) choices of B - d blocks there is one table, in
// which these bits, the key, choose a fingerprint's bucket; within a bucket all
// are compared. With d = 3 and B = 4 there are four tables with keys of 16
// bits:
//
//   0110 1010 0011 1101   the first and third block agree: the pair stands in
//   0110 1011 0011 0100   one bucket of the tables "first" and "third"
//
// More blocks make wider keys, so smaller buckets, and more tables.
struct SimHashTable {
  uint64_t key = 0;        // the bits in which the fingerprints of a bucket
                           // agree
  uint64_t left_out = 0;   // the d blocks that are not in the key, block b as
                           // bit b
  size_t comparisons = 0;  // pairs of fingerprints in one bucket
};

struct SimHashTables {
  std::vector<SimHashTable> tables;
  std::array<uint8_t, 64> block_of_bit = {};

  size_t Comparisons() const;  // in all tables

  // Returns the blocks that have a bit of `bits`, block b as bit b.
  uint64_t BlocksOf(uint64_t bits) const;
};

// Returns the tables that cost least for these different fingerprints. At most
// 512 tables; parallel over tables; about a fifth of the time the search takes.
// REQUIRES: max_distance >= 1; at least one and fewer than 2^32 values
SimHashTables CheapestTables(std::span<const uint64_t> values,
                             size_t max_distance);

// Says into which bucket of a table a fingerprint falls. Fingerprints that
// agree in the key fall into one; others may meet them there.
class SimHashBuckets {
 public:
  SimHashBuckets(uint64_t key, size_t num_values);

  size_t size() const { return size_t{1} << hash_bits_; }
  size_t Of(uint64_t value) const;

  // Returns where each bucket begins when the values stand bucket by bucket,
  // and at last their number.
  std::vector<uint32_t> Offsets(std::span<const uint64_t> values) const;

 private:
  uint64_t key_;
  int hash_bits_;
};

// Returns the number of pairs in buckets of these offsets.
size_t PairsInBuckets(std::span<const uint32_t> offsets);

}  // namespace storyfold
