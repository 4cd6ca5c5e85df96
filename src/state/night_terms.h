#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "state/database.h"
#include "state/key_table.h"
#include "state/state_folder.h"
#include "stories/bags.h"
#include "stories/vectors.h"

namespace storyfold {

// The words of the articles of one night: how many have each, and which weigh
// most in whom. What a later night needs to weigh its own words as if it read
// all articles of the window, and to find those that may tell the same story.
struct NightTerms {
  uint64_t num_articles = 0;      // copies left out
  std::vector<TermCount> counts;  // ascending by term
  KeyTable heavy;                 // places are numbers of articles

  friend bool operator==(const NightTerms&, const NightTerms&) = default;
};

// Returns the records of the heaviest terms of vector `row`, for the article
// `number`.
void AppendHeavyTerms(const TermVectors& vectors, size_t row, uint32_t number,
                      KeyTable& heavy);

// Returns the upper half of a term: the key of a record of NightTerms::heavy.
inline uint64_t KeyOfTerm(uint64_t term) { return term >> 32; }

// Return the terms as bytes, and back. Errors: bytes that no Encode gives.
std::string Encode(const NightTerms& terms);
absl::StatusOr<NightTerms> DecodeNightTerms(std::string_view bytes);

// Returns the counts of both, and those of `counts` without what is in `less`.
std::vector<TermCount> Add(std::span<const TermCount> a,
                           std::span<const TermCount> b);
std::vector<TermCount> Subtract(std::span<const TermCount> counts,
                                std::span<const TermCount> less);

// The words of the nights of a window.
struct WindowTerms {
  uint64_t num_articles = 0;
  std::vector<TermCount> counts;
  std::vector<KeyTable> heavy;          // of each night
  std::vector<int64_t> unknown_nights;  // without words: of an older storyfold,
                                        // or of before a shorter window
};

// Returns the words of the nights that were at `window_begin` or later.
// Errors (DataLoss): a file is missing or damaged.
absl::StatusOr<WindowTerms> ReadWindowTerms(const StateFiles& files,
                                            Database& database,
                                            int64_t window_begin);

}  // namespace storyfold
