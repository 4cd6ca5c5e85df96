// Locality-sensitive hashing by bands (Indyk & Motwani 1998; Leskovec,
// Rajaraman & Ullman, "Mining of Massive Datasets", ch. 3): a signature is cut
// into bands of a few values; texts with an equal band are candidates. For
// each band the (key, text) records are sorted, and a run of equal keys is a
// bucket. No hash map, so memory is flat and the order is fixed.
//
// A bucket of m texts has m(m-1)/2 pairs. Buckets beyond max_bucket come from
// pages that are one template with little in it; there each text is compared
// with the next four only, at linear cost.
//
// Tested by: tests/duplicates/bands_test.cc

#include "duplicates/bands.h"

#include <algorithm>

#include "base/threads.h"
#include "sketch/band_keys.h"

namespace storyfold {
namespace {

// How many followers a text of an oversize bucket is compared with.
constexpr size_t kChainLinks = 4;

// Pairs found by several bands are dropped after so many, to save memory.
constexpr uint32_t kBandsAtOnce = 4;

struct BandRecord {
  uint64_t key = 0;
  uint32_t text = 0;

  friend auto operator<=>(const BandRecord&, const BandRecord&) = default;
};

void ExpandBucket(std::span<const BandRecord> bucket, size_t max_bucket,
                  Candidates& out) {
  const bool oversize = bucket.size() > max_bucket;
  out.oversize_buckets += oversize;
  const size_t reach = oversize ? kChainLinks : bucket.size();
  for (size_t i = 0; i < bucket.size(); ++i) {
    const size_t end = std::min(bucket.size(), i + 1 + reach);
    for (size_t j = i + 1; j < end; ++j) {
      out.pairs.push_back({bucket[i].text, bucket[j].text});
    }
  }
}

Candidates CandidatesOfBand(const DistinctTexts& texts,
                            std::span<const Sketch> sketches, uint32_t band,
                            const DuplicateOptions& options) {
  std::vector<BandRecord> records(texts.size());
  for (uint32_t t = 0; t < records.size(); ++t) {
    const Signature& signature = sketches[texts.First(t)].signature;
    records[t] = {BandKey(signature, band, options.rows), t};
  }
  std::ranges::sort(records);

  Candidates found;
  for (size_t begin = 0; begin < records.size();) {
    size_t end = begin + 1;
    while (end < records.size() && records[end].key == records[begin].key) {
      ++end;
    }
    ExpandBucket({records.data() + begin, end - begin}, options.max_bucket,
                 found);
    begin = end;
  }
  return found;
}

}  // namespace

Candidates FindBandCandidates(const DistinctTexts& texts,
                              std::span<const Sketch> sketches,
                              const DuplicateOptions& options) {
  Candidates all;
  for (uint32_t begin = 0; begin < options.bands; begin += kBandsAtOnce) {
    std::vector<Candidates> of_band(
        std::min(kBandsAtOnce, options.bands - begin));
    ParallelFor(of_band.size(), [&](size_t k) {
      of_band[k] = CandidatesOfBand(texts, sketches,
                                    begin + static_cast<uint32_t>(k), options);
    });
    for (const Candidates& found : of_band) {
      all.pairs.insert(all.pairs.end(), found.pairs.begin(), found.pairs.end());
      all.oversize_buckets += found.oversize_buckets;
    }
    ParallelSort(all.pairs);
    all.pairs.erase(std::unique(all.pairs.begin(), all.pairs.end()),
                    all.pairs.end());
  }
  return all;
}

}  // namespace storyfold
