// An interview prints who speaks in a line of its own, and the names of its
// reporters are in all interviews of the source:
//
//   The Gazette
//   When was the bridge closed?
//   Ann Lee
//   In the spring, after the ice.
//   The Gazette                          stays, and so do the others
//   ...
//
// Two labels are names where they stand in turns, three times each or more,
// between any two of them stands a closed line that stays, and one of them is a
// guest's: two texts of the source print it, or less than a tenth of them.
// "Advertisement" and "Story continues below" stand in turns, too, but both on
// page after page. A guest of every interview loses its name with its host.
//
// Tested by: tests/boilerplate/speakers_test.cc

#include "boilerplate/speakers.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "boilerplate/line_looks.h"
#include "boilerplate/source_sizes.h"

namespace storyfold {
namespace {

constexpr size_t kLeastTurns = 3;

bool CanBeName(const JudgedPage& page, size_t n) {
  return IsLabel(page.lines[n]) && page.lines[n].num_words > 0;
}

// Counts labels by some bits of their keys, so that only few are sorted.
class RoughCounts {
 public:
  void Add(uint64_t key) { counts_[key % kSize] += counts_[key % kSize] < 255; }
  size_t AtMost(uint64_t key) const { return counts_[key % kSize]; }

 private:
  static constexpr size_t kSize = 256;
  std::array<uint8_t, kSize> counts_ = {};
};

// Returns the keys and the lines of the labels that stand on the page often
// enough, by line.
std::vector<std::pair<uint64_t, size_t>> FrequentLabels(
    const JudgedPage& page) {
  RoughCounts counts;
  for (size_t n = 0; n < page.size(); ++n) {
    if (CanBeName(page, n)) counts.Add(page.lines[n].masked);
  }
  std::vector<std::pair<uint64_t, size_t>> labels;
  bool any_goes = false;
  for (size_t n = 0; n < page.size(); ++n) {
    const uint64_t key = page.lines[n].masked;
    if (counts.AtMost(key) < kLeastTurns || !CanBeName(page, n)) continue;
    labels.emplace_back(key, n);
    any_goes = any_goes || page.Goes(n);
  }
  if (!any_goes) return {};
  std::ranges::sort(labels);
  std::vector<std::pair<uint64_t, size_t>> frequent;
  for (size_t begin = 0; begin < labels.size();) {
    size_t end = begin + 1;
    while (end < labels.size() && labels[end].first == labels[begin].first) {
      ++end;
    }
    if (end - begin >= kLeastTurns) {
      frequent.insert(frequent.end(),
                      labels.begin() + static_cast<ptrdiff_t>(begin),
                      labels.begin() + static_cast<ptrdiff_t>(end));
    }
    begin = end;
  }
  std::ranges::sort(frequent, {},
                    [](const auto& label) { return label.second; });
  return frequent;
}

// Whether line n is no label of the site's: another page has another guest.
bool CanBeGuest(const JudgedPage& page, size_t n) {
  return page.counts[n].texts_of_source < page.options.min_texts ||
         !page.IsOfShare(n, kTextsPerSiteLine);
}

// Whether a closed line that stays is among the lines between two.
bool TextBetween(const JudgedPage& page, size_t above, size_t below) {
  for (size_t n = above + 1; n < below; ++n) {
    if (page.lines[n].closed && !page.Goes(n)) return true;
  }
  return false;
}

}  // namespace

void KeepSpeakers(JudgedPage& page) {
  if (page.size() < 4 * kLeastTurns - 1) return;
  const auto labels = FrequentLabels(page);
  // Runs of two labels in turns.
  for (size_t begin = 0; begin + 1 < labels.size();) {
    size_t end = begin + 1;
    const auto goes_on = [&](size_t k) {
      return labels[k].first != labels[k - 1].first &&
             (k < begin + 2 || labels[k].first == labels[k - 2].first) &&
             TextBetween(page, labels[k - 1].second, labels[k].second);
    };
    while (end < labels.size() && goes_on(end)) ++end;
    const bool are_names = end - begin >= 2 * kLeastTurns &&
                           (CanBeGuest(page, labels[begin].second) ||
                            CanBeGuest(page, labels[begin + 1].second));
    for (size_t k = begin; are_names && k < end; ++k) {
      const size_t n = labels[k].second;
      if (page.Goes(n)) page.reasons[n] = LineReason::kSpeaker;
    }
    begin = std::max(end - 1, begin + 1);
  }
}

}  // namespace storyfold
