#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "boilerplate/line_table.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

// As if they were lines of every text. The least of all keys: that one of so
// many thousand is the hash of a line is not to be expected.
inline constexpr uint64_t kKeyOfAllTexts = 0;
inline constexpr uint32_t kDaysOfCount = 7;

constexpr uint64_t KeyOfWeek(uint32_t day) { return 1 + day / kDaysOfCount; }
inline constexpr uint64_t kLastCount = KeyOfWeek(65'535);
constexpr bool IsCount(uint64_t key) { return key <= kLastCount; }

// Returns the key under which a title is kept as if it were a line.
uint64_t KeyOfTitle(uint64_t title_key);

// Returns what a state remembers of the name of a text.
uint32_t ShortName(uint64_t text);

// The lines of one night. All spans have one value for each article.
struct LineBatch {
  const LineTable& table;

  // Names of the distinct texts that last from night to night: copies have the
  // same one, and an article that is crawled again keeps it. A hash, as of the
  // id of its cluster of copies.
  std::span<const uint64_t> texts;

  // The caller's numbers of the articles, for LateLine.
  std::span<const uint32_t> pages;

  uint32_t day = 0;  // since 1970-01-01, below 65,536
};

// A line of a batch.
struct Sighting {
  uint64_t source = 0;
  uint64_t key = 0;
  uint32_t text = 0;
  uint32_t page = 0;
  uint32_t line = 0;
  bool waits = false;     // for more texts; else a guard keeps it
  bool has_sign = false;  // the second sign, if two texts carry it

  friend auto operator<=>(const Sighting&, const Sighting&) = default;
};

// Returns what a state is told of `batch`: its lines, titles and texts, sorted.
// Parallel and deterministic.
std::vector<Sighting> SightingsOf(const LineBatch& batch,
                                  const BoilerplateOptions& options);

}  // namespace storyfold
