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
#include <cstdint>
#include <vector>

#include "boilerplate/frequent_labels.h"
#include "boilerplate/source_sizes.h"

namespace storyfold {
namespace {

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
  const std::vector<uint32_t> labels = FrequentLabels(page.lines);
  const auto key = [&](size_t k) { return page.lines[labels[k]].masked; };
  // Runs of two labels in turns.
  for (size_t begin = 0; begin + 1 < labels.size();) {
    size_t end = begin + 1;
    const auto goes_on = [&](size_t k) {
      return key(k) != key(k - 1) && (k < begin + 2 || key(k) == key(k - 2)) &&
             TextBetween(page, labels[k - 1], labels[k]);
    };
    while (end < labels.size() && goes_on(end)) ++end;
    const bool are_names = end - begin >= 2 * kTimesOfFrequentLabel &&
                           (CanBeGuest(page, labels[begin]) ||
                            CanBeGuest(page, labels[begin + 1]));
    for (size_t k = begin; are_names && k < end; ++k) {
      const size_t n = labels[k];
      if (page.Goes(n)) page.reasons[n] = LineReason::kSpeaker;
    }
    begin = std::max(end - 1, begin + 1);
  }
}

}  // namespace storyfold
