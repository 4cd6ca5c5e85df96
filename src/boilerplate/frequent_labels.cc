// Few pages have any, so labels are first counted by some bits of their keys.
//
// Tested by: tests/boilerplate/speakers_test.cc,
// tests/boilerplate/waiting_lines_test.cc

#include "boilerplate/frequent_labels.h"

#include <algorithm>
#include <array>
#include <utility>

#include "boilerplate/line_looks.h"

namespace storyfold {
namespace {

bool CanBeName(const LineKey& line) {
  return IsLabel(line) && line.num_words > 0;
}

class CountsByKeyBits {
 public:
  void Add(uint64_t key) { counts_[key % kSize] += counts_[key % kSize] < 255; }
  size_t AtMost(uint64_t key) const { return counts_[key % kSize]; }

 private:
  static constexpr size_t kSize = 256;
  std::array<uint8_t, kSize> counts_ = {};
};

using KeyAndLine = std::pair<uint64_t, uint32_t>;

// Returns the labels that may be frequent, by key.
std::vector<KeyAndLine> Candidates(std::span<const LineKey> page) {
  CountsByKeyBits counts;
  for (const LineKey& line : page) {
    if (CanBeName(line)) counts.Add(line.masked);
  }
  std::vector<KeyAndLine> labels;
  for (uint32_t n = 0; n < page.size(); ++n) {
    const uint64_t key = page[n].masked;
    if (counts.AtMost(key) >= kTimesOfFrequentLabel && CanBeName(page[n])) {
      labels.emplace_back(key, n);
    }
  }
  std::ranges::sort(labels);
  return labels;
}

}  // namespace

std::vector<uint32_t> FrequentLabels(std::span<const LineKey> page) {
  const std::vector<KeyAndLine> labels = Candidates(page);
  std::vector<uint32_t> frequent;
  for (size_t begin = 0; begin < labels.size();) {
    size_t end = begin + 1;
    while (end < labels.size() && labels[end].first == labels[begin].first) {
      ++end;
    }
    for (size_t k = begin; end - begin >= kTimesOfFrequentLabel && k < end;
         ++k) {
      frequent.push_back(labels[k].second);
    }
    begin = end;
  }
  std::ranges::sort(frequent);
  return frequent;
}

}  // namespace storyfold
