#include "duplicates/spread.h"

#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Words = std::vector<uint64_t>;

Words RandomWords(Random& random, size_t size) {
  Words words(size);
  for (uint64_t& word : words) word = random.Next();
  return words;
}

TEST_CASE("a copy with a misprint in every sixth word has traces all over",
          "[duplicates]") {
  Random random(1);
  const Words original = RandomWords(random, 300);
  Words copy = original;
  for (size_t i = 0; i < copy.size(); i += 6) copy[i] = random.Next();
  CHECK(FindSharedPlaces(original, copy).spread == 1.0);
}

TEST_CASE("a text cut to a third has traces all over", "[duplicates]") {
  Random random(2);
  const Words original = RandomWords(random, 300);
  const Words cut(original.begin(), original.begin() + 100);
  CHECK(FindSharedPlaces(original, cut).spread == 1.0);
  CHECK(FindSharedPlaces(cut, original).spread == 1.0);
}

TEST_CASE("texts of their own that share a quote have traces in one place",
          "[duplicates]") {
  Random random(3);
  Words a = RandomWords(random, 200);
  Words b = RandomWords(random, 240);
  std::copy_n(a.begin() + 50, 45, b.begin() + 120);
  // 45 words touch at most three of the eight stretches.
  CHECK(FindSharedPlaces(a, b).spread > 0);
  CHECK(FindSharedPlaces(a, b).spread <= 0.375);
}

TEST_CASE("a text too short to have stretches has no spread", "[duplicates]") {
  const Words words(11, 7);
  CHECK(FindSharedPlaces(words, words).spread == 0.0);
}

TEST_CASE("a quote stands in one run", "[duplicates]") {
  Random random(5);
  Words a = RandomWords(random, 200);
  Words b = RandomWords(random, 240);
  std::copy_n(a.begin() + 50, 42, b.begin() + 120);
  CHECK(FindSharedPlaces(a, b).mean_run == 40);  // 42 words are 40 3-grams
  // A second, of 12 words: the 40 stand in a run of 40, the 10 in one of 10.
  std::copy_n(a.begin() + 120, 12, b.begin() + 10);
  CHECK(FindSharedPlaces(a, b).mean_run == (40 * 40 + 10 * 10) / 50.0);
}

TEST_CASE("what misprints leave of a copy stands in short runs",
          "[duplicates]") {
  Random random(6);
  const Words original = RandomWords(random, 300);
  Words copy = original;
  for (size_t i = 0; i < copy.size(); i += 4) copy[i] = random.Next();
  CHECK(FindSharedPlaces(original, copy).mean_run == 1);  // 3 words in 4
  CHECK(FindSharedPlaces(original, RandomWords(random, 300)).mean_run == 0);
}

}  // namespace
}  // namespace storyfold
