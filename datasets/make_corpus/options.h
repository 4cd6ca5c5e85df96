#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace storyfold {

inline constexpr uint32_t kMillion = 1'000'000;

// A share that was not given.
inline constexpr uint32_t kDefaultShare = UINT32_MAX;

struct CorpusOptions {
  // Articles to write, at least 1, below 2^32.  About 3 kB each.
  uint64_t num_articles = 0;

  // Different seeds give different languages, sources and stories.
  uint64_t seed = 1;

  // Days over which stories begin, 1 to 36,500; 0 gives 10,000 articles a day
  // but at least 3 days.
  uint32_t num_days = 0;

  // Writes the articles as crawls of this many nights, 1 to 366, with stories
  // that pause and stories that merge; num_days is the same then. 0: one file.
  uint32_t num_nights = 0;

  // Sources, 2 to 10,000; 0 gives the square root of num_articles, at least
  // 10, and more when a source would print more than 1,000 articles on average.
  uint32_t num_sources = 0;

  // Mean words of an article that is no copy, without boilerplate, 20 to
  // 100,000.
  uint32_t mean_words = 450;

  // Articles that are alone in their story, in millionths of all.
  uint32_t lone_share = 500'000;

  // Articles that are copies of another, in millionths of all; at most
  // MaxCopiesShare(lone_share).  The default is 150,000 or that maximum.
  uint32_t copies_share = kDefaultShare;

  // Paths; "-" is standard output, an empty gold_path writes no labels. With
  // num_nights the output is a folder, which is made where there is none.
  std::string output_path;
  std::string gold_path;
};

// What the command line asks for.
struct ParsedFlags {
  CorpusOptions options;
  bool wants_help = false;
  std::string error;  // one line, empty when the flags are good
};

// Returns options with defaults replaced by what they stand for.
ParsedFlags ParseFlags(const std::vector<std::string_view>& arguments);

std::string_view HelpText();

}  // namespace storyfold
