#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace storyfold {

// What belongs to the site, and not to some of its articles, stands in at least
// one of so many texts of it.
inline constexpr uint32_t kTextsPerSiteLine = 10;

// Of fewer texts of a source in a batch nobody knows what nearly all print.
inline constexpr uint32_t kLeastTextsOfShare = 5;

// Returns the number of distinct texts of each source, by its number. text_of
// and source_of have a value for each article.
std::vector<uint32_t> CountTextsOfSources(std::span<const uint32_t> text_of,
                                          std::span<const uint32_t> source_of);

}  // namespace storyfold
