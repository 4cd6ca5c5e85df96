#include "duplicates/keep.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/threads.h"
#include "catch.h"
#include "duplicates/clusters.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Ids = std::vector<ArticleId>;

DuplicateClusters ClusterKeeping(const Corpus& corpus,
                                 const DuplicateOptions& options) {
  const auto& articles = corpus.articles();
  return ClusterDuplicates(articles, {}, SketchArticles(articles, {}), options);
}

// Returns the article kept of a corpus that is one cluster.
ArticleId Kept(const Corpus& corpus, const DuplicateOptions& options) {
  const Ids representative = ClusterKeeping(corpus, options).representative;
  for (const ArticleId other : representative) {
    REQUIRE(other == representative[0]);
  }
  return representative[0];
}

DuplicateOptions BySource(const std::vector<std::string>& sources) {
  return {.keep = KeepRule::kSourceOrder, .keep_sources = sources};
}

// Copies: the second and fifth are equal, the third is the longest.
Corpus FiveCopies() {
  Corpus corpus;
  corpus.Add({.text = Numbered(0, 200), .source = "a"});
  corpus.Add({.text = Numbered(0, 201), .source = "b", .published = 300});
  corpus.Add({.text = Numbered(0, 220), .source = "c", .published = 200});
  corpus.Add({.text = Numbered(0, 202), .source = "d", .published = 100});
  corpus.Add({.text = Numbered(0, 201), .source = "b", .published = 250});
  return corpus;
}

TEST_CASE("the longest is kept", "[duplicates][keep]") {
  CHECK(Kept(FiveCopies(), {.keep = KeepRule::kLongest}) == 2);
}

TEST_CASE("of the longest the earliest is kept, then the first",
          "[duplicates][keep]") {
  Corpus corpus;
  corpus.Add({.text = Numbered(0, 200)});
  corpus.Add({.text = Numbered(0, 200) + "monday", .published = 200});
  corpus.Add({.text = Numbered(0, 200) + "tuesday", .published = 100});
  corpus.Add({.text = Numbered(0, 200) + "friday", .published = 100});
  corpus.Add({.text = Numbered(0, 200) + "sunday"});
  CHECK(Kept(corpus, {.keep = KeepRule::kLongest}) == 2);
}

TEST_CASE("the earliest is kept, those without a time last",
          "[duplicates][keep]") {
  CHECK(Kept(FiveCopies(), {.keep = KeepRule::kEarliest}) == 3);
  Corpus timeless;
  timeless.Add({.text = Numbered(0, 200)});
  timeless.Add({.text = Numbered(0, 210)});
  CHECK(Kept(timeless, {.keep = KeepRule::kEarliest}) == 0);
  Corpus tied;
  tied.Add({.text = Numbered(0, 200)});
  tied.Add({.text = Numbered(0, 201), .published = 7});
  tied.Add({.text = Numbered(0, 230), .published = 7});
  CHECK(Kept(tied, {.keep = KeepRule::kEarliest}) == 1);
}

TEST_CASE("the first of the input is kept", "[duplicates][keep]") {
  CHECK(Kept(FiveCopies(), {.keep = KeepRule::kFirst}) == 0);
}

TEST_CASE("the first source that has a copy is kept", "[duplicates][keep]") {
  CHECK(Kept(FiveCopies(), BySource({"x", "c", "b"})) == 2);
  // Of two of the source the earliest, though they are equal.
  CHECK(Kept(FiveCopies(), BySource({"b", "c"})) == 4);
  CHECK(Kept(FiveCopies(), BySource({"a"})) == 0);
  // No source that is listed: the earliest.
  CHECK(Kept(FiveCopies(), BySource({"x", "B", ""})) == 3);
  // A source named twice counts where it stands first.
  CHECK(Kept(FiveCopies(), BySource({"d", "a", "d"})) == 3);
}

TEST_CASE("similarity is to the article that is kept", "[duplicates][keep]") {
  Corpus corpus;
  corpus.Add({.text = Numbered(0, 240) + Numbered(5000, 70)});
  corpus.Add({.text = Numbered(6000, 70) + Numbered(60, 240)});
  corpus.Add({.text = Numbered(0, 300)});
  const DuplicateClusters clusters =
      ClusterKeeping(corpus, {.keep = KeepRule::kFirst});
  CHECK(clusters.representative == Ids{0, 0, 0});
  CHECK(clusters.similarity[0] == 1);
  // 176 of 306 5-grams; 236 of the 296 of the shorter.
  CHECK(clusters.similarity[1] == Approx(176.0 / 306));
  CHECK(clusters.similarity[2] == Approx(236.0 / 296));
}

TEST_CASE("articles without copies are kept by every rule",
          "[duplicates][keep]") {
  Corpus corpus;
  corpus.Add({.text = Numbered(0, 100)});
  corpus.Add({.text = ""});
  corpus.Add({.text = Numbered(500, 100), .source = "a"});
  for (const KeepRule rule :
       {KeepRule::kCentral, KeepRule::kLongest, KeepRule::kEarliest,
        KeepRule::kFirst, KeepRule::kSourceOrder}) {
    CHECK(ClusterKeeping(corpus, {.keep = rule, .keep_sources = {"a"}})
              .representative == Ids{0, 1, 2});
    CHECK(ClusterKeeping(Corpus{}, {.keep = rule}).representative.empty());
  }
}

// Copies in clusters of several texts, with times and sources at random.
Corpus ManyCopies(uint64_t seed) {
  Random random(seed);
  Corpus corpus;
  for (size_t i = 0; i < 60; ++i) {
    const std::string text = RandomText(random, 150, 3000);
    for (uint64_t k = random.Below(6); k > 0; --k) {
      corpus.Add({.text = Edit(random, text, 0.01 * random.Unit()),
                  .source = "s" + std::to_string(random.Below(4)),
                  .published = static_cast<int64_t>(random.Below(4))});
    }
  }
  return corpus;
}

TEST_CASE("every rule keeps one of the same clusters, at 1 and 4 threads",
          "[duplicates][keep][prop][deterministic]") {
  const Corpus corpus = ManyCopies(90);
  const Ids central = ClusterKeeping(corpus, {}).representative;
  for (const KeepRule rule : {KeepRule::kLongest, KeepRule::kEarliest,
                              KeepRule::kFirst, KeepRule::kSourceOrder}) {
    const auto run = [&](size_t threads) {
      const ThreadLimit limit(threads);
      return ClusterKeeping(corpus,
                            {.keep = rule, .keep_sources = {"s2", "s0"}});
    };
    const DuplicateClusters kept = run(1);
    const DuplicateClusters again = run(4);
    CHECK(again.representative == kept.representative);
    CHECK(again.similarity == kept.similarity);
    for (ArticleId a = 0; a < central.size(); ++a) {
      CHECK(kept.representative[a] == kept.representative[central[a]]);
      CHECK(central[kept.representative[a]] == central[a]);
      if (rule == KeepRule::kFirst) CHECK(kept.representative[a] <= a);
    }
  }
}

}  // namespace
}  // namespace storyfold
