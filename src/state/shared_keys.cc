// First the keys that both tables have are listed, then grouped by asked
// article, so that its counts of all stored articles fit into a cache. Most
// pairs share one key only and are never listed.
//
// Tested by: tests/state/shared_keys_test.cc

#include "state/shared_keys.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>

#include "base/csr.h"

namespace storyfold {
namespace {

constexpr size_t kMostHoldersOfKey = 100;
constexpr size_t kHoldersOfCommon = 4;
constexpr ptrdiff_t kAhead = 16;

// What sharing a key says.
enum class Evidence : uint8_t { kBand, kShingle, kCommonShingle };

// The articles of a segment that have a key of an asked one.
struct Match {
  const uint64_t* holders = nullptr;
  uint32_t asked = 0;
  uint8_t num_holders = 0;
  Evidence evidence = Evidence::kBand;
};
static_assert(kMostHoldersOfKey <= std::numeric_limits<uint8_t>::max());

// Returns the holders of a key, the first of them where they are very many.
std::span<const uint64_t> FirstIfCommon(std::span<const uint64_t> holders) {
  return holders.size() > kMostHoldersOfKey ? holders.first(kHoldersOfCommon)
                                            : holders;
}

// Appends what the tables share. Keys are evidence of a kind, common ones of
// `if_common`, if any.
void FindMatches(const KeyIndex& ours, std::span<const uint64_t> theirs,
                 Evidence evidence, std::optional<Evidence> if_common,
                 std::vector<Match>& matches) {
  ours.ForEachShared(theirs, [&](const SharedKey& key) {
    const auto ours_looked_at = FirstIfCommon(key.ours);
    const auto theirs_looked_at = FirstIfCommon(key.theirs);
    const bool is_common = ours_looked_at.size() < key.ours.size() ||
                           theirs_looked_at.size() < key.theirs.size();
    if (is_common && !if_common) return;
    for (const uint64_t record : ours_looked_at) {
      matches.push_back({theirs_looked_at.data(), PlaceOfRecord(record),
                         static_cast<uint8_t>(theirs_looked_at.size()),
                         is_common ? *if_common : evidence});
    }
  });
}

// Counts the keys that one asked article after the other shares with each of a
// segment.
class Counter {
 public:
  explicit Counter(uint32_t num_places) : counts_(num_places) {}

  void Begin(uint32_t asked) {
    asked_ = asked;
    places_.clear();
  }

  void Add(const Match& match) {
    for (const uint64_t record : std::span(match.holders, match.num_holders)) {
      const uint32_t place = PlaceOfRecord(record);
      if (place >= counts_.size()) continue;  // of a file made to do harm
      Count& count = counts_[place];
      if (count.asked != asked_) count = {asked_, {}};
      const bool was_enough = IsEnough(count.shared);
      AddTo(count.shared, match.evidence);
      if (!was_enough && IsEnough(count.shared)) places_.push_back(place);
    }
  }

  // Appends the pairs of the asked article that share enough.
  void AppendTo(std::vector<SharingPair>& pairs) const {
    for (const uint32_t place : places_) {
      pairs.push_back({asked_, place, counts_[place].shared});
    }
  }

 private:
  static constexpr uint32_t kNobody = std::numeric_limits<uint32_t>::max();
  struct Count {
    uint32_t asked = kNobody;  // whose it is
    KeyCounts shared;
  };

  static bool IsEnough(const KeyCounts& shared) {
    return shared.bands >= kLeastSharedKeys ||
           shared.AllShingles() >= kLeastSharedKeys;
  }

  static void AddTo(KeyCounts& shared, Evidence evidence) {
    switch (evidence) {
      case Evidence::kBand:
        ++shared.bands;
        return;
      case Evidence::kShingle:
        ++shared.shingles;
        return;
      case Evidence::kCommonShingle:
        ++shared.common_shingles;
        return;
    }
  }

  std::vector<Count> counts_;
  uint32_t asked_ = kNobody;
  std::vector<uint32_t> places_;
};

}  // namespace

std::vector<SharingPair> FindSharingPairs(const AskedTables& asked,
                                          const StoredTables& stored) {
  std::vector<Match> matches;
  FindMatches(asked.bands, stored.bands, Evidence::kBand, std::nullopt,
              matches);
  FindMatches(asked.shingles, stored.shingles, Evidence::kShingle,
              Evidence::kCommonShingle, matches);
  const Csr<Match> of_asked =
      GroupByRow(std::span<const Match>(matches), asked.num_articles,
                 [](const Match& match) { return match.asked; });
  std::vector<SharingPair> pairs;
  Counter counter(stored.num_articles);
  const Match* const end = of_asked.values.data() + of_asked.values.size();
  for (uint32_t article = 0; article < asked.num_articles; ++article) {
    counter.Begin(article);
    for (const Match& match : of_asked.Row(article)) {
      // All over the table, so asked for a little ahead.
      if (const Match* ahead = &match + kAhead; ahead < end) {
        __builtin_prefetch(ahead->holders);
      }
      counter.Add(match);
    }
    counter.AppendTo(pairs);
  }
  return pairs;
}

}  // namespace storyfold
