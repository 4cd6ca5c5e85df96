#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alias_table.h"
#include "line_templates.h"
#include "prose.h"
#include "vocabulary.h"

namespace storyfold {

// A template with the slots of its source filled.
struct SourceLine {
  Place place;
  uint32_t percent;  // of the source's pages that print it
  std::string text;  // may hold slots that are filled on each page
};

struct NewsSource {
  std::string host;  // "tarovin-herald.example"
  std::string name;  // "Tarovin Herald"
  Typography typography;
  uint32_t date_form = 0;
  std::vector<std::string> authors;
  std::vector<std::string> sections;
  std::vector<SourceLine> lines;  // 3 to 10, in the order of the page

  // The latest titles, at most kRecentTitles, in no fixed order.
  static constexpr size_t kRecentTitles = 8;
  std::vector<std::string> recent_titles;
};

// One slot of a template: "{outlet}" and what stands for it.
struct Slot {
  std::string_view name;  // with its braces
  std::string_view value;
};

// Appends the template with the given slots filled; others stay as they are.
void AppendFilled(std::string_view line_template,
                  const std::vector<Slot>& slots, std::string* out);

// Returns `count` sources with different hosts.
std::vector<NewsSource> MakeSources(const Vocabulary& vocabulary,
                                    uint32_t count, uint64_t seed);

// Draws the source of an article.  The largest source prints about six times
// the mean and the smallest a third of it, at any number of sources.
AliasTable SourceSizes(uint32_t count);

}  // namespace storyfold
