// Counting by sorting. Most lines stand in one article only; so all lines are
// radix-sorted by half of their key, eight bytes each, and only those that
// have company get a record, which is sorted by key, source and text. A walk
// over the occurrences of a key counts what is distinct in them. No order of a
// hash table in the examples.
//
// Tested by: tests/boilerplate/line_counts_test.cc

#include "boilerplate/line_counts.h"

#include <algorithm>
#include <utility>

#include "base/radix_sort.h"
#include "base/threads.h"

namespace storyfold {
namespace {

constexpr size_t kMaxExamples = 3;
constexpr uint32_t kLineBits = 32;  // of a record: half of a key, then a line

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

// Calls visit(begin, end) for every longest run of elements with equal values
// of `of`.
template <typename Values, typename Of, typename Visit>
void ForEachRun(const Values& values, Range range, const Of& of,
                const Visit& visit) {
  for (size_t begin = range.begin; begin < range.end;) {
    size_t end = begin + 1;
    while (end < range.end && of(values[end]) == of(values[begin])) ++end;
    visit(begin, end);
    begin = end;
  }
}

std::vector<uint64_t> SortedLines(const Csr<LineKey>& keys) {
  std::vector<uint64_t> records(keys.values.size());
  ParallelFor(records.size(), [&](size_t i) {
    records[i] = keys.values[i].masked >> kLineBits << kLineBits | i;
  });
  std::vector<uint64_t> scratch;
  RadixSort(records, kLineBits, scratch);
  return records;
}

// Returns the article of each of the lines.
std::vector<ArticleId> ArticlesOfLines(const Csr<LineKey>& keys) {
  std::vector<ArticleId> articles(keys.values.size());
  ParallelFor(keys.size(), [&](size_t a) {
    for (size_t i = keys.offsets[a]; i < keys.offsets[a + 1]; ++i) {
      articles[i] = static_cast<ArticleId>(a);
    }
  });
  return articles;
}

}  // namespace

LineIndex::LineIndex(const Csr<LineKey>& keys, const CountedNames& names)
    : run_of_line_(keys.values.size(), kOnce) {
  const std::vector<ArticleId> article_of = ArticlesOfLines(keys);
  std::vector<Range> groups;  // of occurrences with an equal half of the key
  {
    const std::vector<uint64_t> lines = SortedLines(keys);
    const auto half_key = [](uint64_t line) { return line >> kLineBits; };
    ForEachRun(
        lines, {0, lines.size()}, half_key, [&](size_t begin, size_t end) {
          if (end - begin < 2) return;
          groups.push_back({occurrences_.size(), occurrences_.size()});
          for (size_t k = begin; k < end; ++k) {
            const auto line = static_cast<uint32_t>(lines[k]);
            const ArticleId article = article_of[line];
            occurrences_.push_back({keys.values[line].masked,
                                    names.source_of[article],
                                    names.text_of[article], article, line});
          }
          groups.back().end = occurrences_.size();
        });
  }
  ParallelFor(groups.size(), [&](size_t g) {
    std::sort(occurrences_.begin() + static_cast<ptrdiff_t>(groups[g].begin),
              occurrences_.begin() + static_cast<ptrdiff_t>(groups[g].end));
  });
  for (const Range& group : groups) {
    ForEachRun(
        occurrences_, group, [](const Occurrence& o) { return o.key; },
        [&](size_t begin, size_t end) {
          if (end - begin > 1) AddKey(begin, end);
        });
  }
  ParallelForWithScratch<std::vector<uint32_t>>(
      keys_.size(), [&](size_t k, std::vector<uint32_t>& texts) {
        texts.clear();
        for (size_t i = keys_[k].begin; i < keys_[k].end; ++i) {
          texts.push_back(occurrences_[i].text);
        }
        std::ranges::sort(texts);
        keys_[k].texts = static_cast<uint32_t>(
            std::unique(texts.begin(), texts.end()) - texts.begin());
      });
  if (names.story_of.empty()) return;
  ParallelFor(keys_.size(), [&](size_t k) { CountStories(k, names.story_of); });
}

void LineIndex::AddKey(size_t begin, size_t end) {
  const auto key = static_cast<uint32_t>(keys_.size());
  keys_.push_back({begin, end, runs_.size(), 0, 0, 0});
  ForEachRun(
      occurrences_, {begin, end}, [](const Occurrence& o) { return o.source; },
      [&](size_t first, size_t last) {
        Run run;
        run.begin = first;
        run.key = key;
        for (size_t k = first; k < last; ++k) {
          run_of_line_[occurrences_[k].line] =
              static_cast<uint32_t>(runs_.size());
          run.texts +=
              k == first || occurrences_[k].text != occurrences_[k - 1].text;
          const ArticleId article = occurrences_[k].article;
          const bool is_new =
              k == first || article != occurrences_[k - 1].article;
          if (is_new && run.num_articles < run.articles.size()) {
            run.articles[run.num_articles++] = article;
          }
        }
        runs_.push_back(run);
        ++keys_[key].sources;
      });
}

void LineIndex::CountStories(size_t key, std::span<const uint32_t> story_of) {
  Key& counted = keys_[key];
  // Each story with each run, that is source, it is carried in.
  std::vector<std::pair<uint32_t, size_t>> carried;
  for (size_t r = counted.first_run; r < counted.first_run + counted.sources;
       ++r) {
    const bool is_last = r + 1 == counted.first_run + counted.sources;
    const size_t end = is_last ? counted.end : runs_[r + 1].begin;
    for (size_t i = runs_[r].begin; i < end; ++i) {
      carried.emplace_back(story_of[occurrences_[i].article], r);
    }
  }
  std::ranges::sort(carried);
  carried.erase(std::unique(carried.begin(), carried.end()), carried.end());
  std::vector<uint32_t> own(counted.sources);  // stories no other run carries
  uint32_t stories = 0;
  ForEachRun(
      carried, {0, carried.size()}, [](const auto& c) { return c.first; },
      [&](size_t begin, size_t end) {
        ++stories;
        if (end - begin == 1) ++own[carried[begin].second - counted.first_run];
      });
  for (const auto& [story, run] : carried) ++runs_[run].stories;
  counted.stories_anyway = stories - std::ranges::max(own);
}

LineCount LineIndex::Count(size_t i) const {
  if (run_of_line_[i] == kOnce) return {};
  const Run& run = runs_[run_of_line_[i]];
  const Key& key = keys_[run.key];
  return {run.texts, key.texts, key.sources, run.stories, key.stories_anyway};
}

std::vector<ArticleId> LineIndex::Examples(size_t i, ArticleId article) const {
  if (run_of_line_[i] == kOnce) return {};
  const Run& run = runs_[run_of_line_[i]];
  const Key& key = keys_[run.key];
  std::vector<ArticleId> examples;
  examples.reserve(kMaxExamples);
  if (run.num_articles == run.articles.size()) {
    for (const ArticleId a : run.articles) {
      if (a != article && examples.size() < kMaxExamples) examples.push_back(a);
    }
    std::ranges::sort(examples);
    return examples;
  }
  const auto collect = [&](size_t from) {
    auto at = occurrences_.begin() + static_cast<ptrdiff_t>(from);
    const auto end = occurrences_.begin() + static_cast<ptrdiff_t>(key.end);
    while (at != end && examples.size() < kMaxExamples) {
      if (at->article != article &&
          std::ranges::find(examples, at->article) == examples.end()) {
        examples.push_back(at->article);
      }
      // A page may hold the line thousands of times: on to the next page.
      const ArticleId page = at->article;
      at = std::lower_bound(
          at, end, Occurrence{at->key, at->source, at->text, page + 1, 0});
    }
  };
  collect(run.begin);
  collect(key.begin);
  std::ranges::sort(examples);
  return examples;
}

}  // namespace storyfold
