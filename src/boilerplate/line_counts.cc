// Counting by sorting: one record a line, ordered by key, source and text; a
// walk over each run of equal keys counts what is distinct in it. 24 bytes a
// line, and no order of a hash table in the examples.
//
// Tested by: tests/boilerplate/flags_test.cc

#include "boilerplate/line_counts.h"

#include <algorithm>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr size_t kMaxExamples = 3;

// Returns how many different values `of` gives in the range.
template <typename Range, typename Of>
uint32_t CountDistinct(const Range& range, const Of& of) {
  std::vector<uint32_t> values;
  for (const auto& element : range) values.push_back(of(element));
  std::ranges::sort(values);
  return static_cast<uint32_t>(std::unique(values.begin(), values.end()) -
                               values.begin());
}

}  // namespace

LineIndex::LineIndex(const Csr<LineKey>& keys,
                     std::span<const uint32_t> text_of,
                     std::span<const uint32_t> source_of)
    : occurrences_(keys.values.size()),
      place_(keys.values.size()),
      counts_(keys.values.size()) {
  ParallelFor(keys.size(), [&](size_t a) {
    for (size_t i = keys.offsets[a]; i < keys.offsets[a + 1]; ++i) {
      occurrences_[i] = {keys.values[i].masked, source_of[a], text_of[a],
                         static_cast<ArticleId>(a), static_cast<uint32_t>(i)};
    }
  });
  ParallelSort(occurrences_);
  for (size_t begin = 0; begin < occurrences_.size();) {
    size_t end = begin + 1;
    while (end < occurrences_.size() &&
           occurrences_[end].key == occurrences_[begin].key) {
      ++end;
    }
    CountKey(begin, end);
    begin = end;
  }
}

void LineIndex::CountKey(size_t begin, size_t end) {
  const std::span<const Occurrence> run(occurrences_.data() + begin,
                                        end - begin);
  LineCount count;
  count.texts = CountDistinct(run, [](const Occurrence& o) { return o.text; });
  count.sources =
      CountDistinct(run, [](const Occurrence& o) { return o.source; });
  for (size_t i = begin; i < end;) {
    size_t j = i;
    count.texts_of_source = 0;
    for (; j < end && occurrences_[j].source == occurrences_[i].source; ++j) {
      count.texts_of_source +=
          j == i || occurrences_[j].text != occurrences_[j - 1].text;
    }
    for (; i < j; ++i) {
      counts_[occurrences_[i].line] = count;
      place_[occurrences_[i].line] = static_cast<uint32_t>(i);
    }
  }
}

std::vector<ArticleId> LineIndex::Examples(size_t i, ArticleId article) const {
  const size_t place = place_[i];
  const Occurrence& own = occurrences_[place];
  const auto first_of_source = std::ranges::lower_bound(
      occurrences_, Occurrence{own.key, own.source, 0, 0, 0});
  std::vector<ArticleId> examples;
  const auto collect = [&](auto at) {
    while (at != occurrences_.end() && at->key == own.key &&
           examples.size() < kMaxExamples) {
      if (at->article != article &&
          std::ranges::find(examples, at->article) == examples.end()) {
        examples.push_back(at->article);
      }
      // A page may hold the line thousands of times: on to the next page.
      at = std::ranges::lower_bound(
          at, occurrences_.end(),
          Occurrence{at->key, at->source, at->text, at->article + 1, 0});
    }
  };
  collect(first_of_source);
  collect(
      std::ranges::lower_bound(occurrences_, Occurrence{own.key, 0, 0, 0, 0}));
  std::ranges::sort(examples);
  return examples;
}

}  // namespace storyfold
