#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "state/database.h"
#include "state/state_folder.h"
#include "stories/bags.h"
#include "stories/vectors.h"

namespace storyfold {

// A term that weighs much in an article.
struct HeavyTerm {
  uint32_t term = 0;     // the upper half
  uint32_t article = 0;  // its number
  float weight = 0;      // in its vector of length 1

  friend bool operator==(const HeavyTerm&, const HeavyTerm&) = default;
  // By term; those in which it weighs most first.
  friend bool operator<(const HeavyTerm& a, const HeavyTerm& b) {
    return std::tuple(a.term, -a.weight, a.article) <
           std::tuple(b.term, -b.weight, b.article);
  }
};

// The words of the articles of one night: how many have each, and which weigh
// most in whom. What a later night needs to weigh its own words as if it read
// all articles of the window, and to find those that may tell the same story.
struct NightTerms {
  uint64_t num_articles = 0;      // copies left out
  std::vector<TermCount> counts;  // ascending by term
  std::vector<HeavyTerm> heavy;   // ascending

  friend bool operator==(const NightTerms&, const NightTerms&) = default;
};

// Appends the heaviest terms of row `row`, for the article `number`.
void AppendHeavyTerms(const TermVectors& vectors, size_t row, uint32_t number,
                      std::vector<HeavyTerm>& heavy);

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
  std::vector<int64_t> nights;  // whose words these are, ascending
  std::vector<std::vector<HeavyTerm>> heavy;  // of each of them
  std::vector<int64_t> unknown_nights;        // without words: of an older
                                        // storyfold, or before a shorter window
};

// Returns the words of the nights that were at `window_begin` or later.
// Errors (DataLoss): a file is missing or damaged.
absl::StatusOr<WindowTerms> ReadWindowTerms(const StateFiles& files,
                                            Database& database,
                                            int64_t window_begin);

}  // namespace storyfold
