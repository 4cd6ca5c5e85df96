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
  CHECK(SharedSpread(original, copy) == 1.0);
}

TEST_CASE("a text cut to a third has traces all over", "[duplicates]") {
  Random random(2);
  const Words original = RandomWords(random, 300);
  const Words cut(original.begin(), original.begin() + 100);
  CHECK(SharedSpread(original, cut) == 1.0);
  CHECK(SharedSpread(cut, original) == 1.0);
}

TEST_CASE("texts of their own that share a quote have traces in one place",
          "[duplicates]") {
  Random random(3);
  Words a = RandomWords(random, 200);
  Words b = RandomWords(random, 240);
  std::copy_n(a.begin() + 50, 45, b.begin() + 120);
  // 45 words touch at most three of the eight stretches.
  CHECK(SharedSpread(a, b) > 0);
  CHECK(SharedSpread(a, b) <= 0.375);
}

TEST_CASE("a text too short to have stretches has no spread", "[duplicates]") {
  const Words words(11, 7);
  CHECK(SharedSpread(words, words) == 0.0);
}

}  // namespace
}  // namespace storyfold
