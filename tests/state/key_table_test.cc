#include "state/key_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

TEST_CASE("keys that two tables share are found with their places", "[state]") {
  const auto record = [](uint64_t key, uint64_t place) {
    return key << 32 | place;
  };
  const KeyIndex ours({record(1, 0), record(3, 0), record(3, 1)});
  const KeyTable theirs = {record(2, 9), record(3, 5), record(3, 6),
                           record(4, 1)};
  size_t calls = 0;
  ours.ForEachShared(theirs, [&](const SharedKey& key) {
    ++calls;
    CHECK(key.ours.size() == 2);
    CHECK(key.theirs.size() == 2);
    CHECK(PlaceOfRecord(key.theirs[1]) == 6);
  });
  CHECK(calls == 1);
}

TEST_CASE("keys that two tables share are those of both, near or far apart",
          "[state][prop]") {
  Random random(7);
  for (const uint64_t keys : {5u, 300u, 100'000u, 4'000'000'000u}) {
    CAPTURE(keys);
    const auto make = [&](size_t size) {
      std::set<uint64_t> table;
      while (table.size() < size) {
        table.insert((0xFFFFFFFFu - random.Below(keys)) << 32 |
                     random.Below(1'000'000));
      }
      return KeyTable(table.begin(), table.end());
    };
    const KeyTable ours = make(random.Below(3'000));
    KeyTable theirs = make(2'000);
    theirs.insert(theirs.end(), ours.begin(), ours.end());
    std::ranges::sort(theirs);
    std::map<uint64_t, std::pair<size_t, size_t>> expected;
    for (const uint64_t r : ours) ++expected[r >> 32].first;
    for (const uint64_t r : theirs) ++expected[r >> 32].second;
    std::erase_if(expected, [](const auto& key) {
      return key.second.first == 0 || key.second.second == 0;
    });
    std::map<uint64_t, std::pair<size_t, size_t>> found;
    KeyIndex(ours).ForEachShared(theirs, [&](const SharedKey& key) {
      found[key.ours[0] >> 32] = {key.ours.size(), key.theirs.size()};
    });
    CHECK(found == expected);
  }
}

TEST_CASE("keys in disorder are visited once at most", "[state]") {
  const auto record = [](uint64_t key) { return key << 32; };
  const KeyIndex ours({record(1), record(3)});
  const KeyTable theirs = {record(3), record(1), record(3), record(1)};
  std::vector<uint64_t> visited;
  ours.ForEachShared(theirs, [&](const SharedKey& key) {
    visited.push_back(key.ours[0] >> 32);
  });
  CHECK(visited == std::vector<uint64_t>{3});
}

TEST_CASE("of each text the least 3-grams are stored, and eight bands",
          "[state]") {
  Random random(3);
  Corpus corpus;
  for (int i = 0; i < 30; ++i) {
    corpus.Add({.text = RandomText(random, i % 2 == 0 ? 40 : 600, 2000)});
    corpus.Add(
        {.text = RandomText(random, 600, 2 + i)});  // few, again and again
  }
  const std::vector<Sketch> sketches = SketchArticles(corpus.articles(), {});
  std::vector<const Sketch*> asked;
  // More than one thread takes at a time.
  for (int k = 0; k < 50; ++k) {
    for (const Sketch& sketch : sketches) asked.push_back(&sketch);
  }
  CHECK(BandKeys(asked).size() == 8 * asked.size());
  const auto by_place = [](const KeyTable& table) {
    CHECK(std::ranges::is_sorted(table));
    std::map<uint32_t, std::vector<uint64_t>> keys;  // ascending
    for (const uint64_t r : table) keys[PlaceOfRecord(r)].push_back(r);
    return keys;
  };
  const auto all = by_place(ShingleKeys(asked, WhichShingles::kAll));
  auto least = by_place(ShingleKeys(asked, WhichShingles::kLeast));
  REQUIRE(all.size() == asked.size());
  for (const auto& [place, keys] : all) {
    const size_t kept = std::min<size_t>(keys.size(), 24);
    CHECK(least[place] ==
          std::vector<uint64_t>(keys.begin(), keys.begin() + kept));
  }
}

}  // namespace
}  // namespace storyfold
