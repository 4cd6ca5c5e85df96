// Counting by sorting. Most lines stand in one article only; so all lines are
// radix-sorted by the first bits of their key, eight bytes each, and only those
// that have company are looked at: a group with equal bits at a time is sorted
// by key, source and text, and a walk over the occurrences of a key counts what
// is distinct in them. Groups are shared out to threads in parts of a fixed
// size, and the counts of the parts are put together in their order, so no
// order of a hash table or of threads is in the examples.
//
// Tested by: tests/boilerplate/line_counts_test.cc

#include "boilerplate/line_counts.h"

#include <algorithm>
#include <utility>

#include "base/radix_sort.h"
#include "base/threads.h"

namespace storyfold {
namespace {

// A record holds half of a key, then a line; it is sorted by so many bits.
constexpr uint32_t kLineBits = 32;
constexpr uint32_t kSortedBits = 3 * kRadixDigitBits;
constexpr size_t kLinesOfPart = size_t{1} << 14;

// Lines of one key stand anywhere in memory: they are fetched so far ahead.
constexpr size_t kFetchedAhead = 16;

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

struct Occurrence {
  uint64_t key = 0;
  uint32_t source = 0;
  uint32_t text = 0;
  ArticleId article = 0;
  uint32_t line = 0;  // position in keys.values

  friend auto operator<=>(const Occurrence&, const Occurrence&) = default;
};

uint64_t SortedBits(uint64_t record) { return record >> (64 - kSortedBits); }

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

// Returns the records of the lines that share the sorted bits of their key with
// another one, sorted.
std::vector<uint64_t> LinesWithCompany(const Csr<LineKey>& keys) {
  std::vector<uint64_t> records(keys.values.size());
  ParallelFor(records.size(), [&](size_t i) {
    records[i] = keys.values[i].masked >> kLineBits << kLineBits | i;
  });
  std::vector<uint64_t> scratch;
  RadixSort(records, 64 - kSortedBits, scratch);
  size_t size = 0;
  ForEachRun(records, {0, records.size()}, SortedBits,
             [&](size_t begin, size_t end) {
               if (end - begin < 2) return;
               std::copy(records.begin() + static_cast<ptrdiff_t>(begin),
                         records.begin() + static_cast<ptrdiff_t>(end),
                         records.begin() + static_cast<ptrdiff_t>(size));
               size += end - begin;
             });
  records.resize(size);
  return records;
}

// Cuts the records into parts that hold whole groups.
std::vector<Range> CutIntoParts(const std::vector<uint64_t>& records) {
  std::vector<Range> parts;
  for (size_t begin = 0; begin < records.size();) {
    size_t end = std::min(begin + kLinesOfPart, records.size());
    while (end < records.size() &&
           SortedBits(records[end]) == SortedBits(records[end - 1])) {
      ++end;
    }
    parts.push_back({begin, end});
    begin = end;
  }
  return parts;
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

uint32_t CountDistinct(std::vector<uint32_t>& values) {
  std::ranges::sort(values);
  return static_cast<uint32_t>(std::unique(values.begin(), values.end()) -
                               values.begin());
}

}  // namespace

// The keys of a part of the lines. Places are those in the part.
class LineIndex::Part {
 public:
  // Adds the occurrences of lines with equal first bits, ascending;
  // notes for each that is repeated the place of its run.
  void Add(std::span<const Occurrence> group,
           std::vector<uint32_t>& run_of_line) {
    ForEachRun(
        group, {0, group.size()}, [](const Occurrence& o) { return o.key; },
        [&](size_t begin, size_t end) {
          if (end - begin == 1) return;
          AddKey(group.subspan(begin, end - begin), run_of_line);
        });
  }

  // Appends the part to the parts before it.
  void AppendTo(LineIndex& index) const {
    const auto first_key = static_cast<uint32_t>(index.articles_of_key_.size());
    index.articles_of_key_.insert(index.articles_of_key_.end(),
                                  articles_of_key_.begin(),
                                  articles_of_key_.end());
    for (Run run : runs_) {
      run.key += first_key;
      index.runs_.push_back(run);
    }
    index.counts_.insert(index.counts_.end(), counts_.begin(), counts_.end());
  }

 private:
  void AddKey(std::span<const Occurrence> of_key,
              std::vector<uint32_t>& run_of_line) {
    const auto key = static_cast<uint32_t>(articles_of_key_.size());
    articles_of_key_.push_back(FirstArticlesOf(of_key));
    const size_t first_run = runs_.size();
    texts_.clear();
    ForEachRun(
        of_key, {0, of_key.size()},
        [](const Occurrence& o) { return o.source; },
        [&](size_t begin, size_t end) {
          for (size_t k = begin; k < end; ++k) {
            run_of_line[of_key[k].line] = static_cast<uint32_t>(runs_.size());
          }
          AddRun(of_key.subspan(begin, end - begin), key);
        });
    const uint32_t texts = CountDistinct(texts_);
    for (size_t r = first_run; r < runs_.size(); ++r) {
      counts_[r].texts = texts;
      counts_[r].sources = static_cast<uint32_t>(runs_.size() - first_run);
    }
  }

  void AddRun(std::span<const Occurrence> of_source, uint32_t key) {
    runs_.push_back({key, FirstArticlesOf(of_source)});
    LineCount count;
    count.texts_of_source = 0;
    for (size_t k = 0; k < of_source.size(); ++k) {
      if (k > 0 && of_source[k].text == of_source[k - 1].text) continue;
      ++count.texts_of_source;
      texts_.push_back(of_source[k].text);
    }
    counts_.push_back(count);
  }

  static FirstArticles FirstArticlesOf(std::span<const Occurrence> of_key) {
    FirstArticles first;
    for (const Occurrence& o : of_key) {
      if (first.size == first.articles.size()) break;
      if (first.size > 0 && first.articles[first.size - 1] == o.article) {
        continue;
      }
      first.articles[first.size++] = o.article;
    }
    return first;
  }

  std::vector<FirstArticles> articles_of_key_;
  std::vector<Run> runs_;
  std::vector<LineCount> counts_;  // of each run
  std::vector<uint32_t> texts_;    // of the key that is being counted
};

LineIndex::LineIndex(const Csr<LineKey>& keys, const CountedNames& names)
    : run_of_line_(keys.values.size(), kOnce) {
  const std::vector<uint64_t> lines = LinesWithCompany(keys);
  const std::vector<Range> ranges = CutIntoParts(lines);
  const std::vector<ArticleId> article_of = ArticlesOfLines(keys);
  std::vector<Part> parts(ranges.size());
  ParallelForWithScratch<std::vector<Occurrence>>(
      parts.size(), [&](size_t p, std::vector<Occurrence>& group) {
        ForEachRun(lines, ranges[p], SortedBits, [&](size_t begin, size_t end) {
          group.clear();
          for (size_t k = begin; k < end; ++k) {
            if (k + kFetchedAhead < ranges[p].end) {
              const auto later =
                  static_cast<uint32_t>(lines[k + kFetchedAhead]);
              __builtin_prefetch(&keys.values[later].masked);
              __builtin_prefetch(&article_of[later]);
            }
            const auto line = static_cast<uint32_t>(lines[k]);
            const ArticleId article = article_of[line];
            group.push_back({keys.values[line].masked, names.source_of[article],
                             names.text_of[article], article, line});
          }
          if (!std::ranges::is_sorted(group)) std::ranges::sort(group);
          parts[p].Add(group, run_of_line_);
        });
      });
  std::vector<uint32_t> first_run;  // of each part
  for (Part& part : parts) {
    first_run.push_back(static_cast<uint32_t>(runs_.size()));
    part.AppendTo(*this);
    part = Part();
  }
  ParallelFor(parts.size(), [&](size_t p) {
    for (size_t k = ranges[p].begin; k < ranges[p].end; ++k) {
      uint32_t& run = run_of_line_[static_cast<uint32_t>(lines[k])];
      if (run != kOnce) run += first_run[p];
    }
  });
}

ExampleArticles LineIndex::Examples(size_t i, ArticleId article) const {
  ExampleArticles examples;
  if (run_of_line_[i] == kOnce) return examples;
  const Run& run = runs_[run_of_line_[i]];
  const auto add = [&](const FirstArticles& first) {
    for (size_t k = 0; k < first.size; ++k) {
      const ArticleId other = first.articles[k];
      if (examples.size() == ExampleArticles::kMost) return;
      if (other != article &&
          std::ranges::find(examples, other) == examples.end()) {
        examples.Add(other);
      }
    }
  };
  add(run.first);
  add(articles_of_key_[run.key]);
  return examples;
}

}  // namespace storyfold
