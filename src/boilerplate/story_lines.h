#pragma once

#include <absl/container/flat_hash_map.h>

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

// Paragraphs of a batch that one story may tell, those of one source and key in
// a row.
struct RepeatedParagraphs {
  Csr<LinePlace> places;  // on whichever pages they stand
  // The texts that carry each and that only earlier nights know, by their names
  // in the state of lines (LineState::OtherTexts).
  Csr<uint32_t> earlier;
};

// Returns the paragraphs that some of `flags` are of, as reused: of
// long_line_tokens tokens or more, closed like a sentence, in fewer than half
// of the texts of their source. In parallel; O(lines)
// REQUIRES: flags are those of the evidence, by article, then line
RepeatedParagraphs FindRepeatedParagraphs(const LineEvidence& evidence,
                                          std::span<const FlaggedLine> flags);

// Stories by the names of texts in the state of lines.
using StoriesOfTexts = absl::flat_hash_map<uint32_t, uint32_t>;

// Returns the lines of those paragraphs that one story carries, ascending.
// story_of[a] names the story of article a, `earlier` those of earlier texts;
// one that is not there is of another story.
std::vector<LinePlace> LinesOfOneStory(const RepeatedParagraphs& paragraphs,
                                       std::span<const uint32_t> story_of,
                                       const StoriesOfTexts& earlier = {});

// Makes those of these lines that are flagged as reused LineClass::kStory.
// REQUIRES: both ascend
void MarkStoryLines(std::span<const LinePlace> lines,
                    std::span<FlaggedLine> flags);

}  // namespace storyfold
