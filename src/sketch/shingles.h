#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace storyfold {

// Appends the hash of every run of `shingle_tokens` consecutive words, in text
// order, repeats included. Fewer words than that are one shingle of all of
// them, so that short texts match only when equal; no words, no shingle.
// REQUIRES: shingle_tokens >= 1
void AppendShingles(std::span<const uint64_t> words, size_t shingle_tokens,
                    std::vector<uint64_t>& shingles);

// Returns the shingles as a set: sorted, each once.
std::vector<uint64_t> ShingleSet(std::span<const uint64_t> words,
                                 size_t shingle_tokens);

// Returns the size of the intersection of two sorted sets.
size_t IntersectionSize(std::span<const uint64_t> a,
                        std::span<const uint64_t> b);

}  // namespace storyfold
