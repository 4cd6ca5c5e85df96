#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "base/threads.h"
#include "storyfold/crawl.h"

namespace storyfold {
namespace {

auto OrderOf(const Article& article) {
  constexpr int64_t kLast = std::numeric_limits<int64_t>::max();
  return std::tuple(article.published.value_or(kLast), article.title,
                    article.id);
}

template <typename T>
std::vector<T> InOrder(const std::vector<T>& values,
                       const std::vector<ArticleId>& order) {
  std::vector<T> sorted;
  sorted.reserve(values.size());
  for (const ArticleId a : order) sorted.push_back(values[a]);
  return sorted;
}

}  // namespace

void SortArticles(Crawl& crawl) {
  std::vector<ArticleId> order(crawl.articles.size());
  std::iota(order.begin(), order.end(), 0);
  // No two articles have one id.
  ParallelSort(order, [&](ArticleId a, ArticleId b) {
    return OrderOf(crawl.articles[a]) < OrderOf(crawl.articles[b]);
  });
  crawl.articles = InOrder(crawl.articles, order);
  if (!crawl.records.empty()) crawl.records = InOrder(crawl.records, order);
  crawl.input_order.resize(order.size());
  for (ArticleId sorted = 0; sorted < order.size(); ++sorted) {
    crawl.input_order[order[sorted]] = sorted;
  }
}

}  // namespace storyfold
