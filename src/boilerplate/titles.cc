#include "boilerplate/titles.h"

#include <algorithm>
#include <bit>

#include "base/threads.h"

namespace storyfold {
namespace {

constexpr size_t kBitsPerTitle = 16;

}  // namespace

Titles::Titles(const LineTable& table, std::span<const uint32_t> text_of,
               std::span<const uint32_t> source_of)
    : may_be_(std::bit_ceil(kBitsPerTitle * (table.num_articles() + 1))) {
  for (size_t a = 0; a < table.num_articles(); ++a) {
    const uint64_t key = table.title_keys[a];
    if (key == 0) continue;
    sorted_.push_back({key, source_of[a], text_of[a]});
    may_be_[Bit(key)] = true;
    may_be_[Bit(key >> 32)] = true;
  }
  ParallelSort(sorted_);
  sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
}

bool Titles::Find(uint64_t key, uint32_t source, uint32_t text) const {
  auto at = std::ranges::lower_bound(sorted_, Title{key, source, 0});
  if (at != sorted_.end() && *at == Title{key, source, text}) ++at;
  return at != sorted_.end() && at->key == key && at->source == source;
}

}  // namespace storyfold
