// Copies of what was printed before the window: nobody holds those texts any
// more, so tables of keys are asked who could be meant, and only these articles
// are read and compared, by the code that finds copies in a batch.
//
// A stored article is worth reading for an asked one when they share two bands,
// or .3 of the sampled 3-grams of the shorter one, at least six. A 3-gram that
// stands in more than 100 articles of a segment is no evidence, as in
// duplicates/rare_shingles.cc. At most four are read for an asked article, of
// most shared keys the oldest.
//
// The tables are sorted like tonight's, so each is read once from its begin to
// its end, and its pages are given back.
//
// Tested by: tests/state/update_test.cc

#include "state/outside_copies.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "duplicates/clusters.h"
#include "state/key_table.h"
#include "state/window.h"

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

AskedKeys KeysOf(const OutsideSearch& search) {
  std::vector<const Sketch*> sketches;
  AskedKeys keys;
  for (const ArticleId a : search.asked) {
    sketches.push_back(&search.sketches[a]);
    keys.num_shingles.push_back(
        static_cast<uint32_t>(search.sketches[a].sampled_shingles.size()));
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

// Returns the candidates of all segments, at most kMostCandidates for each
// asked article.
absl::StatusOr<std::vector<CandidateCopy>> FindCandidates(
    const StateFiles& files, Database& database, const AskedKeys& keys,
    int64_t window_begin) {
  std::vector<CandidateCopy> candidates;
  Statement segments = database.Prepare(
      "SELECT segment, articles FROM segments WHERE earliest < ? "
      "ORDER BY segment");
  segments.With(window_begin);
  while (segments.Next()) {
    const auto segment = OpenSegment(files, segments.Int(0),
                                     static_cast<uint32_t>(segments.Int(1)));
    if (!segment.ok()) return segment.status();
    const absl::Status searched =
        SearchSegment(*segment, segments.Int(0), keys, candidates);
    if (!searched.ok()) return searched;
  }
  std::ranges::sort(candidates, std::less<CandidateCopy>());
  return candidates;
}

// Returns the numbers of the candidates that are stored, not in the window and
// not expired.
std::vector<int64_t> StoredNumbers(std::span<const CandidateCopy> candidates,
                                   Database& database, int64_t window_begin) {
  Statement find = database.Prepare(
      "SELECT number FROM articles WHERE segment = ? AND place = ? "
      "AND time < ? AND time >= "
      "coalesce((SELECT value FROM meta WHERE key = 'expired_before'), time)");
  std::vector<int64_t> numbers;
  size_t taken = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (i == 0 || candidates[i].asked != candidates[i - 1].asked) taken = 0;
    if (taken == kMostCandidates) continue;
    find.With(candidates[i].segment, candidates[i].place, window_begin);
    if (!find.Next()) continue;
    numbers.push_back(find.Int(0));
    ++taken;
  }
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

// Finds the clusters of stored and asked articles together; the stored ones
// stand first.
std::vector<std::optional<OutsideCopy>> Join(const Window& stored,
                                             const OutsideSearch& search,
                                             const DuplicateOptions& options) {
  std::vector<Article> articles = stored.articles;
  std::vector<std::vector<uint32_t>> lines;
  for (const ArticleRow& row : stored.rows) {
    lines.push_back(ParseLines(row.boilerplate));
  }
  for (const ArticleId a : search.asked) {
    articles.push_back(search.articles[a]);
    const auto removed = search.removed.Of(a);
    lines.emplace_back(removed.begin(), removed.end());
  }
  const RemovedLines removed(std::move(lines));
  const DuplicateClusters clusters = ClusterDuplicates(
      articles, removed, SketchArticles(articles, removed), options);

  std::map<ArticleId, OutsideCopy> of_cluster;  // by representative
  for (ArticleId a = 0; a < stored.rows.size(); ++a) {
    of_cluster.try_emplace(
        clusters.representative[a],
        OutsideCopy{stored.rows[a].cluster, stored.rows[a].story});
  }
  std::vector<std::optional<OutsideCopy>> copies;
  for (size_t i = 0; i < search.asked.size(); ++i) {
    const auto found =
        of_cluster.find(clusters.representative[stored.rows.size() + i]);
    copies.push_back(found == of_cluster.end() ? std::nullopt
                                               : std::optional(found->second));
  }
  return copies;
}

}  // namespace

absl::StatusOr<std::vector<std::optional<OutsideCopy>>> FindOutsideCopies(
    const StateFiles& files, Database& database, const OutsideSearch& search,
    const DuplicateOptions& options) {
  std::vector<std::optional<OutsideCopy>> none(search.asked.size());
  const auto candidates =
      FindCandidates(files, database, KeysOf(search), search.window_begin);
  if (!candidates.ok()) return candidates.status();
  const std::vector<int64_t> numbers =
      StoredNumbers(*candidates, database, search.window_begin);
  if (!database.ok()) return database.status();
  if (numbers.empty()) return none;
  const auto stored = LoadArticles(files, database, numbers);
  if (!stored.ok()) return stored.status();

  // Most of the asked articles are like nothing that is stored.
  OutsideSearch narrowed = search;
  std::vector<ArticleId> asked;
  std::vector<size_t> places;
  for (const CandidateCopy& candidate : *candidates) {
    if (!places.empty() && places.back() == candidate.asked) continue;
    places.push_back(candidate.asked);
    asked.push_back(search.asked[candidate.asked]);
  }
  narrowed.asked = asked;
  const auto found = Join(*stored, narrowed, options);
  for (size_t i = 0; i < places.size(); ++i) none[places[i]] = found[i];
  return none;
}

}  // namespace storyfold
