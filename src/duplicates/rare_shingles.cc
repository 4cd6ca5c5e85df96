// Copies that Jaccard misses: a text cut to a third, or wrapped in another
// outlet's header and footer, shares few of the 5-grams of both, yet nearly
// all that is particular to the shorter one stands in the longer. So: the
// share of the shorter text's rare 3-grams that the other has (containment;
// Broder, "On the resemblance and containment of documents", 1997), counted
// on a quarter of the 3-grams chosen by hash (FracMinHash, Irber et al. 2022).
//
// Of two texts that contain a third, one may be its copy and the other a
// round-up that has it among other news. So a tenth of the similarity is for
// how much of the longer text is shared: the copy is joined first, and what it
// brings to the cluster keeps the round-up out.
//
// Shingles of one text only say nothing of copying and are left out: a copy
// with a misprint in every third word still shares all that it can share. But
// then two texts of their own that print one quote would share all they can,
// too; so a part of the whole text has to be shared.
//
// Rare matters: the 3-grams of a template ("shares fell in early trading")
// stand in hundreds of articles that report different things. The document
// frequency is counted over near-exact clusters, or a wire text that 300
// outlets print would lose all of its own 3-grams to the cap.
//
// The join is an inverted index: the postings of a rare shingle have at most
// rare_most entries, so an article of 120 sampled shingles meets at most
// 120 * rare_most others, however large the crawl.
//
// Tested by: tests/duplicates/rare_shingles_test.cc (against all pairs)

#include "duplicates/rare_shingles.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/radix_sort.h"
#include "base/threads.h"

namespace storyfold {
namespace {

constexpr double kForLength = 0.1;

size_t RareLimit(size_t num_sets, const DuplicateOptions& options) {
  const auto share =
      static_cast<size_t>(options.rare_share * static_cast<double>(num_sets));
  return std::clamp<size_t>(share, options.rare_least, options.rare_most);
}

// Sets are sorted by parts of the hash space, so that the room for it is small.
constexpr uint32_t kSlicesAtOnce = 2;
constexpr size_t kRecordsOfSlice = size_t{1} << 22;

// Returns how many bits of a shingle name its slice.
uint32_t SliceBits(std::span<const std::span<const uint32_t>> sets) {
  size_t records = 0;
  for (const auto& set : sets) records += set.size();
  uint32_t bits = 1;
  while (bits < 16 && records >> bits > kRecordsOfSlice) ++bits;
  return bits;
}

// A shingle and the rows that hold it, ascending; a row may stand there twice.
struct Posting {
  uint32_t shingle = 0;
  std::span<const uint64_t> records;  // the row in the lower half

  size_t size() const { return records.size(); }
  uint32_t Row(size_t i) const { return static_cast<uint32_t>(records[i]); }
};

// The (shingle, row) records of one part of the hash space, sorted.
class Slice {
 public:
  // Takes the shingles whose first `bits` bits are `number`.
  void Fill(std::span<const std::span<const uint32_t>> sets, uint32_t bits,
            uint32_t number) {
    size_t filled = 0;
    for (size_t row = 0; row < sets.size(); ++row) {
      const size_t most = filled + sets[row].size() + 1;
      if (records_.size() < most) records_.resize(2 * most);
      // Without a branch, which would be mispredicted.
      for (const uint32_t shingle : sets[row]) {
        records_[filled] = uint64_t{shingle} << 32 | row;
        filled += shingle >> (32 - bits) == number;
      }
    }
    records_.resize(filled);
    RadixSort(records_, 32, scratch_);
  }

  // Calls visit(posting) for every shingle, ascending.
  template <typename Visit>
  void ForEachShingle(const Visit& visit) const {
    for (size_t begin = 0; begin < records_.size();) {
      const auto shingle = static_cast<uint32_t>(records_[begin] >> 32);
      size_t end = begin + 1;
      while (end < records_.size() && records_[end] >> 32 == shingle) ++end;
      const auto run = std::span(records_).subspan(begin, end - begin);
      visit(Posting{shingle, run});
      begin = end;
    }
  }

 private:
  std::vector<uint64_t> records_;
  std::vector<uint64_t> scratch_;
};

// Calls visit(posting) for every shingle of `sets`, ascending. The slices of a
// round are made in parallel.
template <typename Visit>
void ForEachShingle(std::span<const std::span<const uint32_t>> sets,
                    const Visit& visit) {
  std::array<Slice, kSlicesAtOnce> slices;
  const uint32_t bits = SliceBits(sets);
  for (uint32_t first = 0; first < 1u << bits; first += kSlicesAtOnce) {
    ParallelFor(slices.size(), [&](size_t k) {
      slices[k].Fill(sets, bits, first + static_cast<uint32_t>(k));
    });
    for (const Slice& slice : slices) slice.ForEachShingle(visit);
  }
}

std::vector<std::span<const uint32_t>> Rows(const Csr<uint32_t>& csr) {
  std::vector<std::span<const uint32_t>> rows;
  for (size_t i = 0; i < csr.size(); ++i) rows.push_back(csr.Row(i));
  return rows;
}

// Values of rows, in the order in which they are found. They stand in parts,
// and each goes when its values are in their rows.
class RowValues {
 public:
  void Add(uint32_t row, uint32_t value) {
    if (parts_.empty() || parts_.back().size() == kPart) {
      parts_.emplace_back().reserve(kPart);
    }
    parts_.back().push_back(uint64_t{row} << 32 | value);
  }

  // Returns the values of each row in the order in which they were added, and
  // keeps none.
  Csr<uint32_t> TakeByRow(size_t num_rows) {
    bool are_counted = false;
    Csr<uint32_t> rows = FillRows<uint32_t>(num_rows, [&](const auto& visit) {
      for (auto& part : parts_) {
        for (const uint64_t v : part) visit(v >> 32, static_cast<uint32_t>(v));
        if (are_counted) part = {};
      }
      are_counted = true;
    });
    parts_.clear();
    return rows;
  }

 private:
  static constexpr size_t kPart = size_t{1} << 20;

  std::vector<std::vector<uint64_t>> parts_;
};

// The rows of each rare shingle, and the rare shingles of each row by number.
struct InvertedIndex {
  Csr<uint32_t> rows_of_shingle;
  Csr<uint32_t> shingles_of_row;
};

InvertedIndex BuildIndex(const Csr<uint32_t>& rare) {
  InvertedIndex index;
  index.rows_of_shingle.values.reserve(rare.values.size());
  RowValues shingles;
  ForEachShingle(Rows(rare), [&](const Posting& posting) {
    if (posting.size() < 2) return;
    const auto number = static_cast<uint32_t>(index.rows_of_shingle.size());
    for (size_t k = 0; k < posting.size(); ++k) {
      index.rows_of_shingle.values.push_back(posting.Row(k));
      shingles.Add(posting.Row(k), number);
    }
    index.rows_of_shingle.offsets.push_back(
        index.rows_of_shingle.values.size());
  });
  index.shingles_of_row = shingles.TakeByRow(rare.size());
  return index;
}

// Counts the shingles that later rows share with one row.
class SharerCounter {
 public:
  struct Sharer {
    uint32_t row = 0;
    uint32_t shared = 0;
  };

  // Returns the rows after `row` that share rare shingles with it, ascending.
  // Good until the next call.
  std::span<const Sharer> Count(const InvertedIndex& index, uint32_t row) {
    shared_.resize(index.shingles_of_row.size());
    sharers_.clear();
    for (const uint32_t shingle : index.shingles_of_row.Row(row)) {
      const auto rows = index.rows_of_shingle.Row(shingle);
      for (auto at = std::ranges::upper_bound(rows, row); at != rows.end();
           ++at) {
        if (shared_[*at]++ == 0) sharers_.push_back({*at, 0});
      }
    }
    for (Sharer& sharer : sharers_) {
      sharer.shared = std::exchange(shared_[sharer.row], 0);
    }
    std::ranges::sort(sharers_, {}, &Sharer::row);
    return sharers_;
  }

 private:
  std::vector<uint32_t> shared_;  // by row; all 0 between calls
  std::vector<Sharer> sharers_;
};

}  // namespace

RareShingles KeepRareShingles(std::span<const std::span<const uint32_t>> sets,
                              const DuplicateOptions& options) {
  const size_t limit = RareLimit(sets.size(), options);
  RareShingles rare;
  rare.total.resize(sets.size());
  RowValues shingles;
  std::vector<uint32_t> holders;
  ForEachShingle(sets, [&](const Posting& posting) {
    holders.clear();
    for (size_t k = 0; k < posting.size(); ++k) {
      const uint32_t row = posting.Row(k);
      if (holders.empty() || holders.back() != row) holders.push_back(row);
    }
    for (const uint32_t row : holders) ++rare.total[row];
    if (holders.size() < 2 || holders.size() > limit) return;
    for (const uint32_t row : holders) shingles.Add(row, posting.shingle);
  });
  rare.rows = shingles.TakeByRow(sets.size());
  return rare;
}

double CopySimilarity(const RareShingles& rare, size_t a, size_t b,
                      size_t shared) {
  const size_t rarer =
      std::min(rare.rows.Row(a).size(), rare.rows.Row(b).size());
  const auto [shorter, longer] = std::minmax(rare.total[a], rare.total[b]);
  const auto both = static_cast<double>(shared);
  if (rarer < kLeastRareShingles || both < kLeastOverall * shorter) return 0;
  return both / static_cast<double>(rarer) *
         (1 - kForLength + kForLength * both / longer);
}

std::vector<WeightedEdge> JoinByRareShingles(const RareShingles& rare,
                                             double min_similarity) {
  const InvertedIndex index = BuildIndex(rare.rows);
  std::vector<std::vector<WeightedEdge>> edges(rare.rows.size());
  ParallelForWithScratch<SharerCounter>(
      edges.size(), [&](size_t i, SharerCounter& counter) {
        if (rare.rows.Row(i).size() < kLeastRareShingles) return;
        const auto row = static_cast<uint32_t>(i);
        for (const auto& sharer : counter.Count(index, row)) {
          const double weight =
              CopySimilarity(rare, row, sharer.row, sharer.shared);
          if (weight >= min_similarity) {
            edges[i].push_back({row, sharer.row, weight});
          }
        }
      });
  return ToCsr(edges).values;
}

}  // namespace storyfold
