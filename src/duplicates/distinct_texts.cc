#include "duplicates/distinct_texts.h"

#include <algorithm>
#include <numeric>

#include "base/threads.h"

namespace storyfold {

DistinctTexts FoldEqualTexts(std::span<const Sketch> sketches) {
  std::vector<ArticleId> order;
  for (ArticleId i = 0; i < sketches.size(); ++i) {
    if (!sketches[i].empty()) order.push_back(i);
  }
  ParallelSort(order, [&](ArticleId a, ArticleId b) {
    const auto& x = sketches[a].text_hash;
    const auto& y = sketches[b].text_hash;
    return x != y ? x < y : a < b;
  });

  // Runs of equal hashes, then put in the order of their first article.
  std::vector<std::span<const ArticleId>> groups;
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() &&
           sketches[order[end]].text_hash == sketches[order[begin]].text_hash) {
      ++end;
    }
    groups.emplace_back(order.data() + begin, end - begin);
    begin = end;
  }
  ParallelSort(groups, [](const auto& x, const auto& y) {
    return x.front() < y.front();
  });

  DistinctTexts texts;
  for (const auto& group : groups) {
    texts.articles.values.insert(texts.articles.values.end(), group.begin(),
                                 group.end());
    texts.articles.offsets.push_back(texts.articles.values.size());
  }
  return texts;
}

std::vector<ArticleId> EqualTexts(std::span<const Sketch> sketches) {
  std::vector<ArticleId> first(sketches.size());
  std::iota(first.begin(), first.end(), 0);
  const DistinctTexts texts = FoldEqualTexts(sketches);
  for (size_t t = 0; t < texts.size(); ++t) {
    for (const ArticleId a : texts.articles.Row(t)) first[a] = texts.First(t);
  }
  return first;
}

}  // namespace storyfold
