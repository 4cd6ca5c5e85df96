#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "state/database.h"
#include "state/segment.h"
#include "state/state_folder.h"
#include "storyfold/article.h"

namespace storyfold {

// An article as the catalogue has it.
struct ArticleRow {
  int64_t number = 0;
  int64_t night = 0;  // it came in
  int64_t segment = 0;
  uint32_t place = 0;
  std::optional<int64_t> published;  // as it says
  int64_t time = 0;                  // as it is taken to be
  uint32_t cluster = 0;
  uint32_t story = 0;
  double similarity = 1;
  double score = 1;
  bool is_representative = false;  // of its cluster
  bool bound = false;       // its story is that of a copy beyond the window
  std::string boilerplate;  // numbers of its lines: "1,4,5"

  // Returns the time that the passes may go by.
  std::optional<int64_t> CredibleTime() const {
    return published == time ? published : std::nullopt;
  }
};

// Stored articles with their texts, in the order of their numbers.
struct Window {
  std::vector<ArticleRow> rows;
  std::vector<Article> articles;
  std::vector<StoredArticles> storage;  // what the articles point at
};

// Returns the articles of [from, to], and the pinned ones.
// Errors: of the catalogue, and of segments (DataLoss).
struct TimeSpan {
  int64_t from = 0;
  int64_t to = std::numeric_limits<int64_t>::max();
};
absl::StatusOr<Window> LoadWindow(const StateFiles& files, Database& database,
                                  TimeSpan span);

// Returns the articles of these numbers (ascending), those that exist.
absl::StatusOr<Window> LoadArticles(const StateFiles& files, Database& database,
                                    std::span<const int64_t> numbers);

// "1,4,5" and back; what is no number is left out.
std::string FormatLines(std::span<const uint32_t> lines);
std::vector<uint32_t> ParseLines(std::string_view text);

}  // namespace storyfold
