#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "base/csr.h"
#include "boilerplate/line_evidence.h"
#include "storyfold/article.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

// A line of an article.
struct LinePlace {
  ArticleId article = 0;
  uint32_t line = 0;  // from 1, in the text split at '\n'

  friend auto operator<=>(const LinePlace&, const LinePlace&) = default;
};

// Returns where the paragraphs stand that some of `flags` are of, as reused,
// and that one story may tell: of long_line_tokens tokens or more, closed like
// a sentence, in no more than half of the texts of their source that are in the
// batch, and in none that only earlier nights know. Those of one source and key
// are a row, on whichever pages they go or stay. In parallel; O(lines)
// REQUIRES: flags are those of the evidence, by article, then line
Csr<LinePlace> ParagraphsOfFewTexts(const LineEvidence& evidence,
                                    std::span<const FlaggedLine> flags);

// Returns those rows of them that one story carries, ascending. story_of[a]
// names the story of article a.
std::vector<LinePlace> LinesOfOneStory(const Csr<LinePlace>& paragraphs,
                                       std::span<const uint32_t> story_of);

// Makes those of these lines that are flagged as reused LineClass::kStory.
// REQUIRES: both ascend
void MarkStoryLines(std::span<const LinePlace> lines,
                    std::span<FlaggedLine> flags);

}  // namespace storyfold
