// Nobody holds the texts of stored articles any more, so tables of keys are
// asked who could be meant.
//
// A stored article is worth reading for an asked one when they share two bands,
// or .3 of the sampled 3-grams of the shorter one, at least six. A 3-gram that
// stands in more than 100 articles of a segment is no evidence, as in
// duplicates/rare_shingles.cc. At most four are read for an asked article, of
// most shared keys the oldest.
//
// The tables are sorted like those of the asked, so each is read once from its
// begin to its end, and its pages are given back.
//
// Tested by: tests/state/update_test.cc

#include "state/copy_candidates.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <tuple>

#include "state/key_table.h"

namespace storyfold {
namespace {

constexpr size_t kMostHolders = 100;
constexpr uint32_t kLeastBands = 2;
constexpr uint32_t kLeastShingles = 6;
constexpr double kLeastShare = 0.3;
constexpr size_t kMostCandidates = 4;

// How many keys an asked article and a stored one share.
struct Shared {
  uint32_t bands = 0;
  uint32_t shingles = 0;
};
using SharedKeys =
    absl::flat_hash_map<uint64_t, Shared>;  // asked << 32 | place

template <typename Count>
void CountShared(std::span<const uint64_t> ours,
                 std::span<const uint64_t> theirs, SharedKeys& shared,
                 const Count& count) {
  ForEachSharedKey(ours, theirs, [&](const SharedKey& key) {
    if (key.theirs.size() > kMostHolders || key.ours.size() > kMostHolders) {
      return;
    }
    for (const uint64_t a : key.ours) {
      for (const uint64_t b : key.theirs) {
        ++count(shared[a << 32 | PlaceOfRecord(b)]);
      }
    }
  });
}

// A stored article that an asked one may be a copy of.
struct CandidateCopy {
  uint32_t asked = 0;
  uint32_t strength = 0;
  int64_t segment = 0;
  uint32_t place = 0;

  // The strongest of an asked article first, then the oldest.
  friend bool operator<(const CandidateCopy& a, const CandidateCopy& b) {
    return std::tuple(a.asked, -int64_t{a.strength}, a.segment, a.place) <
           std::tuple(b.asked, -int64_t{b.strength}, b.segment, b.place);
  }
};

// The keys of the asked articles.
struct AskedKeys {
  KeyTable bands;
  KeyTable shingles;
  std::vector<uint32_t> num_shingles;  // of each
};

AskedKeys KeysOf(std::span<const Sketch* const> sketches) {
  AskedKeys keys;
  for (const Sketch* sketch : sketches) {
    keys.num_shingles.push_back(
        static_cast<uint32_t>(sketch->sampled_shingles.size()));
  }
  keys.bands = BandKeys(sketches);
  keys.shingles = ShingleKeys(sketches);
  return keys;
}

// Returns how many keys each place has.
std::vector<uint32_t> CountByPlace(std::span<const uint64_t> table,
                                   uint32_t num_places) {
  std::vector<uint32_t> count(num_places, 0);
  for (const uint64_t record : table) {
    const uint32_t place = PlaceOfRecord(record);
    if (place < num_places) ++count[place];
  }
  return count;
}

absl::Status SearchSegment(const Segment& segment, int64_t number,
                           const AskedKeys& keys,
                           std::vector<CandidateCopy>& candidates) {
  const auto bands = segment.Bands();
  if (!bands.ok()) return bands.status();
  const auto shingles = segment.Shingles();
  if (!shingles.ok()) return shingles.status();
  SharedKeys shared;
  CountShared(keys.bands, *bands, shared,
              [](Shared& s) -> uint32_t& { return s.bands; });
  CountShared(keys.shingles, *shingles, shared,
              [](Shared& s) -> uint32_t& { return s.shingles; });
  const std::vector<uint32_t> sizes =
      CountByPlace(*shingles, segment.num_articles());
  for (const auto& [pair, s] : shared) {
    const auto asked = static_cast<uint32_t>(pair >> 32);
    const auto place = static_cast<uint32_t>(pair);
    if (place >= sizes.size()) continue;  // of a file made to do harm
    const uint32_t shorter = std::min(keys.num_shingles[asked], sizes[place]);
    const double share =
        static_cast<double>(s.shingles) / std::max(shorter, 1u);
    if (s.bands < kLeastBands &&
        (s.shingles < kLeastShingles || share < kLeastShare)) {
      continue;
    }
    candidates.push_back({asked, 4 * s.bands + s.shingles, number, place});
  }
  segment.Release();
  return absl::OkStatus();
}

// Returns the candidates of all segments, the best of each asked article first.
absl::StatusOr<std::vector<CandidateCopy>> FindCandidates(
    const StateFiles& files, const CopySearch& search) {
  const AskedKeys keys = KeysOf(search.asked);
  std::vector<CandidateCopy> candidates;
  for (const auto& [number, num_articles] : search.segments) {
    const auto segment = OpenSegment(files, number, num_articles);
    if (!segment.ok()) return segment.status();
    const absl::Status searched =
        SearchSegment(*segment, number, keys, candidates);
    if (!searched.ok()) return searched;
  }
  std::ranges::sort(candidates, std::less<CandidateCopy>());
  return candidates;
}

// Returns the numbers of the candidates that are stored, of the right time and
// not expired; at most kMostCandidates for each asked article.
std::vector<int64_t> StoredNumbers(std::span<const CandidateCopy> candidates,
                                   TimeSpan times, Database& database) {
  Statement find = database.Prepare(
      "SELECT number FROM articles WHERE segment = ? AND place = ? "
      "AND time BETWEEN ? AND ? AND time >= "
      "coalesce((SELECT value FROM meta WHERE key = 'expired_before'), time)");
  std::vector<int64_t> numbers;
  size_t taken = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (i == 0 || candidates[i].asked != candidates[i - 1].asked) taken = 0;
    if (taken == kMostCandidates) continue;
    find.With(candidates[i].segment, candidates[i].place, times.from, times.to);
    if (!find.Next()) continue;
    numbers.push_back(find.Int(0));
    ++taken;
  }
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace

absl::StatusOr<CopyCandidates> FindCopyCandidates(const StateFiles& files,
                                                  Database& database,
                                                  const CopySearch& search) {
  const auto candidates = FindCandidates(files, search);
  if (!candidates.ok()) return candidates.status();
  CopyCandidates found;
  found.numbers = StoredNumbers(*candidates, search.times, database);
  if (!database.ok()) return database.status();
  for (const CandidateCopy& candidate : *candidates) {
    if (found.asked.empty() || found.asked.back() != candidate.asked) {
      found.asked.push_back(candidate.asked);
    }
  }
  return found;
}

}  // namespace storyfold
