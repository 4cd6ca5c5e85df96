// Locality-sensitive hashing by bands (Indyk & Motwani 1998; Leskovec,
// Rajaraman & Ullman, "Mining of Massive Datasets", ch. 3): a signature is cut
// into bands of a few values; texts with an equal band are candidates. For
// each band the (key, text) records are radix-sorted, and a run of equal keys
// is a bucket. No hash map, so memory is flat and the order is fixed.
//
// Copies share most of their bands and are found by ten of them or thirty; the
// pairs are sorted and made unique whenever there are twice as many as before.
//
// A bucket of m texts has m(m-1)/2 pairs. Buckets beyond max_bucket come from
// pages that are one template with little in it; there each text is compared
// with the first of the bucket and with the next few only, in the order of
// their hash, at linear cost.
//
// Tested by: tests/duplicates/bands_test.cc

#include "duplicates/bands.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/radix_sort.h"
#include "base/threads.h"
#include "sketch/band_keys.h"

namespace storyfold {
namespace {

// How many followers a text of an oversize bucket is compared with.
constexpr size_t kFollowersOfText = 4;

// So many bands are sorted at a time: with four rows their values stand in two
// cache lines of a signature.
constexpr uint32_t kBandsAtOnce = 8;
constexpr size_t kTextsAhead = 8;  // texts whose values are on their way

// A record is the upper half of a key, then a text.
constexpr uint32_t kTextBits = 32;

uint32_t TextOf(uint64_t record) { return static_cast<uint32_t>(record); }
uint32_t KeyOf(uint64_t record) {
  return static_cast<uint32_t>(record >> kTextBits);
}

uint64_t PackedPair(uint32_t a, uint32_t b) {
  return uint64_t{std::min(a, b)} << kTextBits | std::max(a, b);
}

// Returns how many bits of the keys are sorted by: as few digits as give each
// of n keys a value of its own on average. Keys that agree in these alone are
// told apart when their bucket is expanded.
uint32_t SortedBits(size_t n) {
  uint32_t bits = kRadixDigitBits;
  while (bits < kTextBits && n >> bits > 0) bits += kRadixDigitBits;
  return std::min(bits, 64 - kTextBits);
}

// Returns the texts of a bucket in the order of their hash, which does not
// depend on the order of the input.
std::vector<uint32_t> TextsByHash(const DistinctTexts& texts,
                                  std::span<const Sketch> sketches,
                                  std::span<const uint64_t> bucket) {
  std::vector<uint32_t> by_hash;
  for (const uint64_t record : bucket) by_hash.push_back(TextOf(record));
  std::ranges::sort(by_hash, {}, [&](uint32_t text) {
    return sketches[texts.First(text)].text_hash;
  });
  return by_hash;
}

// Adds all pairs of a bucket.
void ExpandBucket(std::span<const uint64_t> bucket,
                  std::vector<uint64_t>& pairs) {
  for (size_t i = 0; i < bucket.size(); ++i) {
    for (size_t j = i + 1; j < bucket.size(); ++j) {
      if (KeyOf(bucket[i]) != KeyOf(bucket[j])) continue;
      pairs.push_back(PackedPair(TextOf(bucket[i]), TextOf(bucket[j])));
    }
  }
}

// Adds a number of pairs that is linear in the size of the bucket, given by
// its texts in the order of their hash.
void ChainBucket(std::span<const uint32_t> texts,
                 std::vector<uint64_t>& pairs) {
  for (size_t i = 1; i < texts.size(); ++i) {
    pairs.push_back(PackedPair(texts[0], texts[i]));
    const size_t end = std::min(texts.size(), i + 1 + kFollowersOfText);
    for (size_t j = i + 1; j < end; ++j) {
      pairs.push_back(PackedPair(texts[i], texts[j]));
    }
  }
}

// One band's records and what comes out of them; kept for the next band.
struct Band {
  std::vector<uint64_t> records;
  std::vector<uint64_t> scratch;
  std::vector<uint64_t> pairs;
  std::vector<uint32_t> crowded;  // texts of all oversize buckets so far
  size_t oversize_buckets = 0;

  // Sorts the records and fills `pairs`.
  void FindPairs(const DistinctTexts& texts, std::span<const Sketch> sketches,
                 size_t max_bucket) {
    const uint32_t sorted_from = 64 - SortedBits(records.size());
    RadixSort(records, sorted_from, scratch);
    pairs.clear();
    for (size_t begin = 0; begin < records.size();) {
      size_t end = begin + 1;
      while (end < records.size() &&
             records[end] >> sorted_from == records[begin] >> sorted_from) {
        ++end;
      }
      const auto bucket = std::span(records).subspan(begin, end - begin);
      if (bucket.size() > max_bucket) {
        const auto by_hash = TextsByHash(texts, sketches, bucket);
        ChainBucket(by_hash, pairs);
        crowded.insert(crowded.end(), by_hash.begin(), by_hash.end());
        ++oversize_buckets;
      } else {
        ExpandBucket(bucket, pairs);
      }
      begin = end;
    }
  }
};

// Pairs found by several bands, kept once.
class PairSet {
 public:
  void Add(std::span<const uint64_t> pairs) {
    for (size_t i = 0; i < pairs.size(); ++i) {
      if (i + kAhead < pairs.size()) {
        __builtin_prefetch(&seen_[SlotOf(pairs[i + kAhead])]);
      }
      uint64_t& seen = seen_[SlotOf(pairs[i])];
      if (seen != pairs[i]) pairs_.push_back(pairs[i]);
      seen = pairs[i];
    }
    if (pairs_.size() > 2 * num_unique_ + kUncheckedPairs) MakeUnique();
  }

  const std::vector<uint64_t>& Sorted() {
    MakeUnique();
    return pairs_;
  }

 private:
  static constexpr size_t kUncheckedPairs = size_t{1} << 20;
  static constexpr size_t kSeen = size_t{1} << 18;  // half of a core's cache
  static constexpr size_t kAhead = 16;  // pairs whose slots are on their way

  static size_t SlotOf(uint64_t pair) { return Mix(pair) % kSeen; }

  void MakeUnique() {
    RadixSort(pairs_, 0, scratch_);
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    num_unique_ = pairs_.size();
  }

  // The last pair of each hash value: most repeats stop here. No pair is 0.
  std::vector<uint64_t> seen_ = std::vector<uint64_t>(kSeen);
  std::vector<uint64_t> pairs_;
  std::vector<uint64_t> scratch_;
  size_t num_unique_ = 0;
};

}  // namespace

Candidates FindBandCandidates(const DistinctTexts& texts,
                              std::span<const Sketch> sketches,
                              const DuplicateOptions& options) {
  const BandLayout layout(options.rows);
  std::vector<Band> bands(std::min(kBandsAtOnce, options.bands));
  PairSet pairs;
  for (uint32_t first = 0; first < options.bands; first += kBandsAtOnce) {
    const size_t size = std::min(kBandsAtOnce, options.bands - first);
    const std::span<Band> group = std::span(bands).first(size);
    std::array<uint64_t*, kBandsAtOnce> records{};
    for (size_t k = 0; k < size; ++k) {
      group[k].records.resize(texts.size());
      records[k] = group[k].records.data();
    }
    ParallelFor(texts.size(), [&](size_t text) {
      if (text + kTextsAhead < texts.size()) {
        const Signature& ahead =
            sketches[texts.First(text + kTextsAhead)].signature;
        for (uint32_t k = 0; k < size; k += 4) {
          layout.Prefetch(ahead, first + k);
        }
      }
      const Signature& signature = sketches[texts.First(text)].signature;
      for (uint32_t k = 0; k < size; ++k) {
        const uint64_t key = layout.Key(signature, first + k) >> kTextBits;
        records[k][text] = key << kTextBits | text;
      }
    });
    ParallelFor(group.size(), [&](size_t k) {
      group[k].FindPairs(texts, sketches, options.max_bucket);
    });
    for (const Band& band : group) pairs.Add(band.pairs);
  }
  Candidates found;
  for (const uint64_t pair : pairs.Sorted()) {
    found.pairs.push_back({KeyOf(pair), TextOf(pair)});
  }
  for (const Band& band : bands) {
    found.oversize_buckets += band.oversize_buckets;
    found.crowded.insert(found.crowded.end(), band.crowded.begin(),
                         band.crowded.end());
  }
  ParallelSort(found.crowded);
  found.crowded.erase(std::unique(found.crowded.begin(), found.crowded.end()),
                      found.crowded.end());
  return found;
}

}  // namespace storyfold
