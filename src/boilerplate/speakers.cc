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
// Labels that stand three times each on the page, six of them and more in
// turns, are names: no two that follow each other are the same, and a closed
// line that stays is between them. Who asks and who answers may be the same on
// every page, and three may speak. "Advertisement" and "Story continues below"
// stand side by side, as do "Report" and "Reply" below comments.
//
// Tested by: tests/boilerplate/speakers_test.cc

#include "boilerplate/speakers.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/frequent_labels.h"

namespace storyfold {
namespace {

constexpr size_t kLeastTurns = 2 * kTimesOfFrequentLabel;

// Whether a closed line that stays is among the lines between two.
bool TextBetween(const JudgedPage& page, size_t above, size_t below) {
  for (size_t n = above + 1; n < below; ++n) {
    if (page.lines[n].closed && !page.Goes(n)) return true;
  }
  return false;
}

// Returns how many of the labels, from the first on, stand in turns.
size_t CountTurns(const JudgedPage& page, std::span<const uint32_t> labels) {
  size_t turns = 1;
  while (turns < labels.size() &&
         page.lines[labels[turns]].masked !=
             page.lines[labels[turns - 1]].masked &&
         TextBetween(page, labels[turns - 1], labels[turns])) {
    ++turns;
  }
  return turns;
}

// Keeps those of the labels that are frequent among them.
void KeepNames(JudgedPage& page, std::span<const uint32_t> labels) {
  std::vector<uint64_t> keys;
  for (const uint32_t n : labels) keys.push_back(page.lines[n].masked);
  std::ranges::sort(keys);
  for (const uint32_t n : labels) {
    const auto same = std::ranges::equal_range(keys, page.lines[n].masked);
    if (page.Goes(n) && same.size() >= kTimesOfFrequentLabel) {
      page.reasons[n] = LineReason::kSpeaker;
    }
  }
}

}  // namespace

void KeepSpeakers(JudgedPage& page) {
  const std::vector<uint32_t> frequent = FrequentLabels(page.lines);
  std::span<const uint32_t> labels = frequent;
  while (!labels.empty()) {
    const size_t turns = CountTurns(page, labels);
    if (turns >= kLeastTurns) KeepNames(page, labels.first(turns));
    labels = labels.subspan(turns);
  }
}

}  // namespace storyfold
