#include "duplicates/distinct_texts.h"

#include "base/radix_sort.h"

namespace storyfold {
namespace {

// A record is the upper half of a part of the hash, then the article.
constexpr uint32_t kArticleBits = 32;

uint64_t HashPartOf(uint64_t record) { return record >> kArticleBits; }
ArticleId ArticleOf(uint64_t record) { return static_cast<ArticleId>(record); }

std::vector<uint64_t> SortedRecords(std::span<const Sketch> sketches) {
  std::vector<uint64_t> records;
  for (ArticleId i = 0; i < sketches.size(); ++i) {
    if (sketches[i].empty()) continue;
    const uint64_t key = sketches[i].text_hash[0] >> kArticleBits;
    records.push_back(key << kArticleBits | i);
  }
  std::vector<uint64_t> scratch;
  RadixSort(records, kArticleBits, scratch);
  return records;
}

}  // namespace

std::vector<ArticleId> EqualTexts(std::span<const Sketch> sketches) {
  std::vector<ArticleId> first(sketches.size());
  for (ArticleId i = 0; i < sketches.size(); ++i) first[i] = i;
  // Equal texts are neighbours; another between them has the same 32 bits by
  // chance.
  const std::vector<uint64_t> records = SortedRecords(sketches);
  for (size_t i = 0; i < records.size(); ++i) {
    const ArticleId article = ArticleOf(records[i]);
    for (size_t k = i;
         k-- > 0 && HashPartOf(records[k]) == HashPartOf(records[i]);) {
      const ArticleId before = ArticleOf(records[k]);
      if (sketches[before].text_hash == sketches[article].text_hash) {
        first[article] = first[before];
        break;
      }
    }
  }
  return first;
}

DistinctTexts FoldEqualTexts(std::span<const Sketch> sketches) {
  const std::vector<ArticleId> first = EqualTexts(sketches);
  std::vector<size_t> next(sketches.size(), 0);  // counts, then places
  for (ArticleId i = 0; i < sketches.size(); ++i) {
    next[first[i]] += !sketches[i].empty();
  }
  DistinctTexts texts;
  for (size_t& place : next) {
    if (place == 0) continue;
    const size_t begin = texts.articles.offsets.back();
    texts.articles.offsets.push_back(begin + place);
    place = begin;
  }
  texts.articles.values.resize(texts.articles.offsets.back());
  for (ArticleId i = 0; i < sketches.size(); ++i) {
    if (!sketches[i].empty()) texts.articles.values[next[first[i]]++] = i;
  }
  return texts;
}

}  // namespace storyfold
