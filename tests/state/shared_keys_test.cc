#include "state/shared_keys.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

constexpr uint32_t kPlaces = 400;

// Records of random keys, the first of them of very many places.
KeyTable RandomTable(Random& random, size_t size, uint64_t num_keys) {
  KeyTable table;
  for (size_t k = 0; k < size; ++k) {
    const uint64_t key = random.Below(8) == 0 ? 0 : random.Below(num_keys);
    table.push_back(key << 32 | random.Below(kPlaces));
  }
  std::ranges::sort(table);
  table.erase(std::unique(table.begin(), table.end()), table.end());
  return table;
}

// The places that are looked at of each key, and whether there are more.
struct Holders {
  std::vector<uint32_t> places;
  bool is_common = false;
};
std::map<uint64_t, Holders> HoldersOf(const KeyTable& table) {
  std::map<uint64_t, Holders> holders;
  for (const uint64_t record : table) {
    holders[record >> 32].places.push_back(PlaceOfRecord(record));
  }
  for (auto& [key, of_key] : holders) {
    of_key.is_common = of_key.places.size() > 100;
    if (of_key.is_common) of_key.places.resize(4);
  }
  return holders;
}

using Counts = std::tuple<uint32_t, uint32_t, uint32_t>;
using CountsOfPairs = std::map<std::pair<uint32_t, uint32_t>, Counts>;

// Adds what two tables share to the counts of pairs.
template <typename Add>
void CountShared(const KeyTable& ours, const KeyTable& theirs,
                 CountsOfPairs& counts, const Add& add) {
  const auto asked = HoldersOf(ours);
  for (const auto& [key, stored] : HoldersOf(theirs)) {
    const auto found = asked.find(key);
    if (found == asked.end()) continue;
    for (const uint32_t a : found->second.places) {
      for (const uint32_t b : stored.places) {
        add(found->second.is_common || stored.is_common, counts[{a, b}]);
      }
    }
  }
}

TEST_CASE("pairs that share two bands or 3-grams are those that a count finds",
          "[state][prop]") {
  Random random(5);
  for (const uint64_t num_keys : {50u, 2'000u, 20'000u}) {
    CAPTURE(num_keys);
    const KeyTable bands = RandomTable(random, 3'000, num_keys);
    const KeyTable shingles = RandomTable(random, 5'000, num_keys);
    const KeyTable their_bands = RandomTable(random, 3'000, num_keys);
    const KeyTable their_shingles = RandomTable(random, 5'000, num_keys);
    CountsOfPairs expected;
    CountShared(bands, their_bands, expected,
                [](bool is_common, Counts& c) { get<0>(c) += !is_common; });
    CountShared(shingles, their_shingles, expected,
                [](bool is_common, Counts& c) {
                  is_common ? ++get<2>(c) : ++get<1>(c);
                });
    std::erase_if(expected, [](const auto& pair) {
      const auto [b, s, common] = pair.second;
      return b < 2 && s + common < 2;
    });
    const KeyIndex asked_bands(bands);
    const KeyIndex asked_shingles(shingles);
    CountsOfPairs found;
    for (const auto& [asked, place, shared] :
         FindSharingPairs({asked_bands, asked_shingles, kPlaces},
                          {their_bands, their_shingles, kPlaces})) {
      const bool is_new =
          found
              .try_emplace({asked, place}, Counts(shared.bands, shared.shingles,
                                                  shared.common_shingles))
              .second;
      CHECK(is_new);
    }
    CHECK(found == expected);
    CHECK_FALSE(expected.empty());
  }
}

// The records of one key: those of places 0 to `num_places` - 1.
KeyTable OneKey(uint64_t key, uint64_t num_places) {
  KeyTable table;
  for (uint64_t place = 0; place < num_places; ++place) {
    table.push_back(key << 32 | place);
  }
  return table;
}

KeyTable Joined(KeyTable a, const KeyTable& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST_CASE(
    "a key is common where more than 100 articles have it, on either side",
    "[state]") {
  struct Case {
    uint64_t asked;
    uint64_t stored;
    size_t pairs;  // that are looked at
    bool is_common;
  };
  for (const auto& [asked, stored, pairs, is_common] :
       {Case{100, 100, 10'000, false}, Case{101, 1, 4, true},
        Case{1, 101, 4, true}, Case{101, 101, 16, true}}) {
    CAPTURE(asked, stored);
    // Two keys alike, so that they are enough.
    const KeyIndex ours(Joined(OneKey(3, asked), OneKey(5, asked)));
    const KeyTable theirs = Joined(OneKey(3, stored), OneKey(5, stored));
    const KeyIndex none{KeyTable()};
    const auto by_shingles =
        FindSharingPairs({none, ours, kPlaces}, {{}, theirs, kPlaces});
    CHECK(by_shingles.size() == pairs);
    CHECK(by_shingles[0].shared.shingles == (is_common ? 0 : 2));
    CHECK(by_shingles[0].shared.common_shingles == (is_common ? 2 : 0));
    const auto by_bands =
        FindSharingPairs({ours, none, kPlaces}, {theirs, {}, kPlaces});
    CHECK(by_bands.size() == (is_common ? 0 : pairs));
  }
}

TEST_CASE("places that a segment does not have are passed over", "[state]") {
  const KeyTable ours = {uint64_t{1} << 32, uint64_t{2} << 32};
  const KeyTable theirs = {uint64_t{1} << 32 | 7, uint64_t{1} << 32 | 9,
                           uint64_t{2} << 32 | 7, uint64_t{2} << 32 | 9};
  const KeyIndex index(ours);
  const auto pairs = FindSharingPairs({index, index, 1}, {{}, theirs, 8});
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].place == 7);
  CHECK(pairs[0].shared.shingles == 2);
}

}  // namespace
}  // namespace storyfold
