#include "duplicates/alike.h"

#include <string>
#include <vector>

#include "catch.h"
#include "support/corpus.h"

namespace storyfold {
namespace {

using Ids = std::vector<ArticleId>;

Ids GroupTexts(const std::vector<std::string>& texts,
               const DuplicateOptions& options = {}) {
  const Corpus corpus = OfTexts(texts);
  return GroupAlike(SketchArticles(corpus.articles(), {}), options);
}

TEST_CASE("alike texts are named by the first of their group", "[duplicates]") {
  CHECK(GroupTexts({Numbered(0, 300), Numbered(900, 300), Numbered(20, 300),
                    Numbered(0, 300)}) == Ids{0, 1, 0, 0});
}

TEST_CASE("texts are one group over a text between them", "[duplicates]") {
  // 0-300 and 160-460 have a similarity of .3 only.
  const std::vector<std::string> texts = {Numbered(0, 300), Numbered(160, 300)};
  CHECK(GroupTexts(texts) == Ids{0, 1});
  CHECK(GroupTexts({texts[0], texts[1], Numbered(80, 300)}) == Ids{0, 0, 0});
}

TEST_CASE("a higher threshold groups less", "[duplicates]") {
  CHECK(GroupTexts({Numbered(0, 300), Numbered(40, 300)},
                   {.min_jaccard = 0.5}) == Ids{0, 0});
  CHECK(GroupTexts({Numbered(0, 300), Numbered(40, 300)},
                   {.min_jaccard = 0.95}) == Ids{0, 1});
}

TEST_CASE("articles without words are alike to none", "[duplicates]") {
  CHECK(GroupTexts({"", "one two", "", "one two", "..."}) ==
        Ids{0, 1, 2, 1, 4});
  CHECK(GroupTexts({}).empty());
}

}  // namespace
}  // namespace storyfold
