#include "duplicates/keep.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace storyfold {
namespace {

// Returns what the rule asks of an article; the least is kept.
int64_t Rank(ArticleId article, std::span<const Article> articles,
             std::span<const Sketch> sketches,
             const DuplicateOptions& options) {
  switch (options.keep) {
    case KeepRule::kCentral:
    case KeepRule::kEarliest:
      return 0;
    case KeepRule::kLongest:
      return -int64_t{sketches[article].num_words};
    case KeepRule::kFirst:
      return article;
    case KeepRule::kSourceOrder:
      return std::ranges::find(options.keep_sources, articles[article].source) -
             options.keep_sources.begin();
  }
  return 0;
}

}  // namespace

int64_t PublishedOrLast(const Article& article) {
  return article.published.value_or(std::numeric_limits<int64_t>::max());
}

ArticleId ChooseKept(std::span<const ArticleId> members,
                     std::span<const Article> articles,
                     std::span<const Sketch> sketches,
                     const DuplicateOptions& options) {
  return *std::ranges::min_element(members, {}, [&](ArticleId article) {
    return std::tuple(Rank(article, articles, sketches, options),
                      PublishedOrLast(articles[article]), article);
  });
}

}  // namespace storyfold
