#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "duplicates/distinct_texts.h"
#include "duplicates/verify.h"
#include "sketch/sketch.h"

namespace storyfold {

// Two texts of one group have about this Jaccard similarity or more.
inline constexpr double kNearExact = 0.85;

// Groups of near-exact texts, numbered in the order of their first text.
struct NearExactGroups {
  std::vector<uint32_t> group_of_text;
  std::vector<uint32_t> first_text;  // of each group
  std::vector<uint32_t> size;        // of each group, in texts
};

// Returns the groups. `crowded` are the texts that were in an oversize bucket,
// so that not all of their pairs are among the verified ones; ascending.
// The groups do not depend on the order of the texts.
NearExactGroups GroupNearExact(const DistinctTexts& texts,
                               std::span<const Sketch> sketches,
                               std::span<const VerifiedPair> verified,
                               std::span<const uint32_t> crowded);

}  // namespace storyfold
