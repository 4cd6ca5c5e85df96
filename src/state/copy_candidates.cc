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
// begin to its end, and its pages are given back. That is all that grows with
// the history: most of its keys cost one look at a bit (key_table.h). Keys are
// hashes, so the least ones are a sample that is the same in all texts; of what
// lies before the window only the first half of the 3-grams is searched, two
// shared ones are enough, and the share may be .25. A text of 450 words has
// some 54 of those; one of 40 words, the first two thirds of a short note, has
// five, and fewer than two in one case of 25. What is asked for in vain is only
// read.
//
// Tested by: tests/state/update_test.cc, tests/state/old_copies_test.cc

#include "state/copy_candidates.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/csr.h"
#include "base/threads.h"
#include "state/key_table.h"

namespace storyfold {
namespace {

constexpr size_t kMostHolders = 100;
constexpr uint32_t kLeastBands = 2;
constexpr size_t kMostCandidates = 4;
constexpr ptrdiff_t kAhead = 16;

// Which 3-grams are looked at, and what must be shared of them.
struct ShingleRule {
  uint64_t end = 0;  // of the records
  uint32_t least = 0;
  double least_share = 0;
};
constexpr ShingleRule kAllShingles = {~uint64_t{0}, 6, 0.3};
constexpr ShingleRule kHalfOfShingles = {uint64_t{1} << 63, 2, 0.25};

// The articles of a segment that have a key of an asked one.
struct Match {
  uint32_t asked = 0;
  bool is_band = false;
  std::span<const uint64_t> holders;
};

void FindMatches(const KeyIndex& ours, std::span<const uint64_t> theirs,
                 bool is_band, std::vector<Match>& matches) {
  ours.ForEachShared(theirs, [&](const SharedKey& key) {
    if (key.theirs.size() > kMostHolders || key.ours.size() > kMostHolders) {
      return;
    }
    for (const uint64_t record : key.ours) {
      matches.push_back({PlaceOfRecord(record), is_band, key.theirs});
    }
  });
}

// How many keys an asked article and a stored one share.
struct Shared {
  uint32_t bands = 0;
  uint32_t shingles = 0;
};

// Counts the keys that an asked article shares with each of a segment.
class SharedKeys {
 public:
  explicit SharedKeys(uint32_t num_places) : shared_(num_places) {}

  void Add(const Match& match) {
    for (const uint64_t record : match.holders) {
      const uint32_t place = PlaceOfRecord(record);
      if (place >= shared_.size()) continue;  // of a file made to do harm
      Shared& shared = shared_[place];
      if (shared.bands + shared.shingles == 0) places_.push_back(place);
      ++(match.is_band ? shared.bands : shared.shingles);
    }
  }

  // Calls visit(place, shared) for each, and forgets them.
  template <typename Visit>
  void Drain(const Visit& visit) {
    for (const uint32_t place : places_) {
      visit(place, shared_[place]);
      shared_[place] = {};
    }
    places_.clear();
  }

 private:
  std::vector<Shared> shared_;
  std::vector<uint32_t> places_;
};

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

// The keys of the asked articles.
struct AskedKeys {
  ShingleRule rule;
  KeyIndex bands;
  KeyIndex shingles;
  std::vector<uint32_t> num_shingles;  // of each
};

// Returns the 3-grams of a table that are looked at.
std::span<const uint64_t> FirstShingles(std::span<const uint64_t> table,
                                        const ShingleRule& rule) {
  const auto end = std::ranges::lower_bound(table, rule.end);
  return table.first(static_cast<size_t>(end - table.begin()));
}

AskedKeys KeysOf(std::span<const Sketch* const> sketches,
                 const ShingleRule& rule) {
  KeyTable shingles = ShingleKeys(sketches);
  shingles.resize(FirstShingles(shingles, rule).size());
  std::vector<uint32_t> num_shingles =
      CountByPlace(shingles, static_cast<uint32_t>(sketches.size()));
  return {rule, KeyIndex(BandKeys(sketches)), KeyIndex(std::move(shingles)),
          std::move(num_shingles)};
}

// Whether texts that share this much are worth comparing; the shorter one has
// `num_shingles`.
bool IsEnough(const Shared& shared, uint32_t num_shingles,
              const ShingleRule& rule) {
  if (shared.bands >= kLeastBands) return true;
  const double share =
      static_cast<double>(shared.shingles) / std::max(num_shingles, 1u);
  return shared.shingles >= rule.least && share >= rule.least_share;
}

absl::Status SearchSegment(const Segment& segment, int64_t number,
                           const AskedKeys& keys,
                           std::vector<CandidateCopy>& candidates) {
  const auto bands = segment.Bands();
  if (!bands.ok()) return bands.status();
  const auto all_shingles = segment.Shingles();
  if (!all_shingles.ok()) return all_shingles.status();
  const auto shingles = FirstShingles(*all_shingles, keys.rule);
  std::vector<Match> matches;
  FindMatches(keys.bands, *bands, true, matches);
  FindMatches(keys.shingles, shingles, false, matches);
  const Csr<Match> of_asked =
      GroupByRow(std::span<const Match>(matches), keys.num_shingles.size(),
                 [](const Match& match) { return match.asked; });
  const std::vector<uint32_t> sizes =
      CountByPlace(shingles, segment.num_articles());
  SharedKeys shared(segment.num_articles());
  const Match* const end = of_asked.values.data() + of_asked.values.size();
  for (uint32_t asked = 0; asked < of_asked.size(); ++asked) {
    for (const Match& match : of_asked.Row(asked)) {
      // All over the table, so asked for a little ahead.
      if (const Match* ahead = &match + kAhead; ahead < end) {
        __builtin_prefetch(ahead->holders.data());
      }
      shared.Add(match);
    }
    shared.Drain([&](uint32_t place, const Shared& s) {
      const uint32_t size = std::min(keys.num_shingles[asked], sizes[place]);
      if (!IsEnough(s, size, keys.rule)) return;
      candidates.push_back({asked, 4 * s.bands + s.shingles, number, place});
    });
  }
  segment.Release();
  return absl::OkStatus();
}

// Returns the candidates of all segments, the best of each asked article first.
absl::StatusOr<std::vector<CandidateCopy>> FindCandidates(
    const StateFiles& files, const CopySearch& search) {
  const AskedKeys keys =
      KeysOf(search.asked, search.sampled ? kHalfOfShingles : kAllShingles);
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
