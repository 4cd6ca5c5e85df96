// Nobody holds the texts of stored articles any more, so tables of keys are
// asked who could be meant.
//
// A segment has a few keys of each article (key_table.h): eight bands and the
// 24 least of its sampled 3-grams. A text of 450 words has some 110 of those,
// one of 40 words, the first two thirds of a short note, all of its ten among
// the 24. A stored article is worth reading for an asked one when they share
// two bands, or two 3-grams and .25 of those that the shorter text could have
// among the 24. What is asked for in vain is only read. At most four are read
// for an asked article, of most shared keys the oldest.
//
// Keys that very many have (shared_keys.h) are hardly evidence, but what very
// many outlets print has no others: the one article that shares most of all
// keys, half at least, is read beside the four.
//
// The tables are sorted like those of the asked, so each is read once from its
// begin to its end, and its pages are given back. That is all that grows with
// the history: most of its keys cost one look at a bit. Measured where segments
// had all of 24 bands and all 3-grams, and four times as much was read of those
// in the window: of 600,000 articles of thirty synthetic nights the clusters of
// copies were the same (BCubed F1 .9999), of wire stories in three nights worse
// (adjusted Rand index .942 instead of .946), as .3 was asked for there.
//
// Tested by: tests/state/update_test.cc, tests/state/old_copies_test.cc

#include "state/copy_candidates.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "base/csr.h"
#include "base/threads.h"
#include "state/key_table.h"
#include "state/shared_keys.h"

namespace storyfold {
namespace {

constexpr size_t kMostCandidates = 4;
constexpr size_t kMostByCommon = 1;

constexpr double kLeastShare = 0.25;
constexpr uint32_t kLeastShinglesWithCommon = 4;
constexpr double kLeastShareWithCommon = 0.5;

// A stored article that an asked one may be a copy of.
struct CandidateCopy {
  uint32_t asked = 0;
  bool by_common = false;
  uint32_t strength = 0;
  int64_t segment = 0;
  uint32_t place = 0;

  // Those by common keys last, the strongest of an asked article first, then
  // the oldest.
  friend bool operator<(const CandidateCopy& a, const CandidateCopy& b) {
    const auto key = [](const CandidateCopy& c) {
      return std::tuple(c.asked, c.by_common, -int64_t{c.strength}, c.segment,
                        c.place);
    };
    return key(a) < key(b);
  }
};

// The 3-grams of an article that are in a table: how many, and the last.
struct ShinglesOfPlace {
  uint32_t count = 0;
  uint32_t last = 0;
};

// Adds those of a table, of articles for which `wanted` is true.
void AddShingles(std::span<const uint64_t> table, std::span<const char> wanted,
                 std::vector<ShinglesOfPlace>& places) {
  for (const uint64_t record : table) {
    const uint32_t place = PlaceOfRecord(record);
    if (place >= wanted.size() || !wanted[place]) continue;
    ++places[place].count;
    places[place].last =
        std::max(places[place].last, static_cast<uint32_t>(record >> 32));
  }
}

// The keys of the asked articles.
struct AskedKeys {
  KeyIndex bands;
  KeyIndex shingles;
  std::vector<ShinglesOfPlace> shingles_of;
};

AskedKeys KeysOf(std::span<const Sketch* const> sketches) {
  KeyTable shingles = ShingleKeys(sketches, WhichShingles::kAll);
  std::vector<ShinglesOfPlace> places(sketches.size());
  AddShingles(shingles, std::vector<char>(sketches.size(), true), places);
  return {KeyIndex(BandKeys(sketches)), KeyIndex(std::move(shingles)),
          std::move(places)};
}

// Returns how many 3-grams an asked article and a stored one can share: as many
// as the stored one has in the tables, or as the asked one has up to the last
// of these.
double MostShared(const ShinglesOfPlace& asked, const ShinglesOfPlace& stored) {
  constexpr double kKeys = 4294967296.0;
  const double up_to_last = asked.count * ((stored.last + 1.0) / kKeys);
  return std::min<double>(stored.count, up_to_last);
}

// Returns whether a stored article that could share `most` 3-grams is worth
// reading for keys that are not common.
bool IsEnough(const KeyCounts& shared, double most) {
  return shared.bands >= kLeastSharedKeys ||
         (shared.shingles >= kLeastSharedKeys &&
          shared.shingles >= kLeastShare * most);
}

// Returns the same for all keys.
bool IsEnoughWithCommon(const KeyCounts& shared, double most) {
  return shared.AllShingles() >= kLeastShinglesWithCommon &&
         shared.AllShingles() >= kLeastShareWithCommon * most;
}

// Returns the tables of a segment that are searched.
absl::StatusOr<StoredTables> ReadKeys(const Segment& segment) {
  const auto bands = segment.Table(Segment::Keys::kBands);
  const auto shingles = segment.Table(Segment::Keys::kShingles);
  if (!bands.ok()) return bands.status();
  if (!shingles.ok()) return shingles.status();
  StoredTables keys = {*bands, *shingles, segment.num_articles()};
  if (segment.HasAllShingles()) {  // half of them are enough
    const auto end = std::ranges::lower_bound(keys.shingles, uint64_t{1} << 63);
    keys.shingles = {keys.shingles.begin(), end};
  }
  return keys;
}

// Returns the 3-grams of the stored articles of the pairs.
std::vector<ShinglesOfPlace> ShinglesOfStored(
    std::span<const SharingPair> pairs, const StoredTables& keys) {
  std::vector<char> wanted(keys.num_articles, false);
  for (const SharingPair& pair : pairs) wanted[pair.place] = true;
  std::vector<ShinglesOfPlace> stored(keys.num_articles);
  AddShingles(keys.shingles, wanted, stored);
  return stored;
}

absl::Status SearchSegment(const Segment& segment, int64_t number,
                           const AskedKeys& asked_keys,
                           std::vector<CandidateCopy>& candidates) {
  const auto keys = ReadKeys(segment);
  if (!keys.ok()) return keys.status();
  const auto num_asked = static_cast<uint32_t>(asked_keys.shingles_of.size());
  const std::vector<SharingPair> pairs = FindSharingPairs(
      {asked_keys.bands, asked_keys.shingles, num_asked}, *keys);
  const std::vector<ShinglesOfPlace> stored = ShinglesOfStored(pairs, *keys);
  for (const auto& [asked, place, shared] : pairs) {
    const double most =
        MostShared(asked_keys.shingles_of[asked], stored[place]);
    if (IsEnough(shared, most)) {
      candidates.push_back(
          {asked, false, 4 * shared.bands + shared.shingles, number, place});
    } else if (IsEnoughWithCommon(shared, most)) {
      candidates.push_back({asked, true, shared.AllShingles(), number, place});
    }
  }
  segment.Release();
  return absl::OkStatus();
}

// Returns the candidates of all segments, the best of each asked article first.
absl::StatusOr<std::vector<CandidateCopy>> FindCandidates(
    const StateFiles& files, const CopySearch& search) {
  const AskedKeys keys = KeysOf(search.asked);
  std::vector<absl::Status> searched(search.segments.size());
  std::vector<std::vector<CandidateCopy>> of_segment(search.segments.size());
  ParallelFor(search.segments.size(), [&](size_t i) {
    const auto& [number, num_articles] = search.segments[i];
    const auto segment = OpenSegment(files, number, num_articles);
    searched[i] = segment.ok()
                      ? SearchSegment(*segment, number, keys, of_segment[i])
                      : segment.status();
  });
  for (const absl::Status& status : searched) {
    if (!status.ok()) return status;
  }
  std::vector<CandidateCopy> candidates = ToCsr(of_segment).values;
  std::ranges::sort(candidates, std::less<CandidateCopy>());
  return candidates;
}

// Returns the numbers of the candidates that are stored, of the right time and
// not expired; at most kMostCandidates for each asked article, and beside them
// kMostByCommon by common keys.
std::vector<int64_t> StoredNumbers(std::span<const CandidateCopy> candidates,
                                   TimeSpan times, Database& database) {
  Statement find = database.Prepare(
      "SELECT number FROM articles WHERE segment = ? AND place = ? "
      "AND time BETWEEN ? AND ? AND time >= "
      "coalesce((SELECT value FROM meta WHERE key = 'expired_before'), time)");
  std::vector<int64_t> numbers;
  size_t taken = 0;  // of this asked article and kind
  for (size_t i = 0; i < candidates.size(); ++i) {
    const CandidateCopy& c = candidates[i];
    const bool is_first = i == 0 || c.asked != candidates[i - 1].asked ||
                          c.by_common != candidates[i - 1].by_common;
    if (is_first) taken = 0;
    if (taken == (c.by_common ? kMostByCommon : kMostCandidates)) continue;
    find.With(c.segment, c.place, times.from, times.to);
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
