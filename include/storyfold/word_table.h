#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace storyfold {

// A word and how common it is in news of no particular day.
struct WordShare {
  std::string word;  // folded, without plural ending: "talk" for "Talks"
  double share = 0;  // of articles that use it, in [0, 1]
};

// How common words are in general. A batch cannot tell: among thirty headlines
// of one week "visit" is as rare as "Corvane". Immutable and thread-safe.
class WordTable {
 public:
  WordTable() = default;  // knows no word

  // Later entries of the same word win.
  explicit WordTable(std::span<const WordShare> words);

  // Returns the share of articles that use a term, a hash of the library's
  // own, 0 where the table does not have it. O(log words).
  double Share(uint64_t term) const;

  size_t size() const { return shares_.size(); }

 private:
  std::vector<std::pair<uint64_t, float>> shares_;  // ascending by term
};

// Returns the table that is part of the library: 10,000 English words, counted
// over press releases, wire texts and a web news stream (scripts/count-words).
// The first call unpacks it (2 ms).
std::shared_ptr<const WordTable> BuiltInWords();

// Returns `words` as text: a line "word <tab> articles in 100,000 that use it"
// for each, in their order, below a comment that says so.
std::string FormatWords(std::span<const WordShare> words);

// Returns the words of such a text; empty lines and lines that begin with #
// are passed over. Errors (InvalidArgument): "7: what is wrong", with the
// number of the line.
absl::StatusOr<std::vector<WordShare>> ParseWords(std::string_view text);

}  // namespace storyfold
