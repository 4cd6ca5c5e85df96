#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace storyfold {

// One to three English words that carry grammar and no topic.
struct FunctionWord {
  std::string_view text;
  uint32_t weight;
};

// Returns function words with weights in proportion to their frequency in news,
// roughly.  All are ASCII, lower-case and at most 14 bytes.  They are real
// English so that stop word lists find them.
std::span<const FunctionWord> FunctionWords();

}  // namespace storyfold
