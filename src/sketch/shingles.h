#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/simd.h"

namespace storyfold {

// Word n-grams of the signature and of exact Jaccard similarity.
inline constexpr size_t kShingleTokens = 5;
// Word n-grams that are looked up one by one, to find what is contained in
// longer texts.
inline constexpr size_t kContainmentShingleTokens = 3;

// Returns the hash of every run of `shingle_tokens` consecutive words, in text
// order, repeats included. Fewer words than that are one shingle of all of
// them, so that short texts match only when equal; no words, no shingle.
// The hashes stand in `buffer`, which grows where it has to.
// Every level gives the same hashes; about 1 ns a shingle of 3 or 5 words.
// REQUIRES: shingle_tokens >= 1
std::span<uint64_t> HashShingles(std::span<const uint64_t> words,
                                 size_t shingle_tokens,
                                 std::vector<uint64_t>& buffer,
                                 SimdLevel level = ActiveSimdLevel());

// Returns the shingles as a set: sorted, each once.
std::vector<uint64_t> ShingleSet(std::span<const uint64_t> words,
                                 size_t shingle_tokens);

// Returns the size of the intersection of two sorted sets.
size_t IntersectionSize(std::span<const uint32_t> a,
                        std::span<const uint32_t> b);

}  // namespace storyfold
