#pragma once

#include <cstdint>

namespace storyfold {

// Why a line is, or is not, boilerplate.
enum class LineReason : uint8_t {
  // It stays:
  kOneText,         // its source prints it under no other text
  kFewTexts,        // under too few for a line without a second sign
  kOwnTitle,        // it is the title of the article
  kWireCopy,        // a paragraph that other sources print, too
  kSpeech,          // quoted
  kBareNumbers,     // too few words, in the middle of the page
  kTableRow,        // a row of a table of numbers
  kSpeaker,         // who speaks in an interview
  kBrokenSentence,  // a part of the sentence stays
  kRareRow,         // few texts of many, where text or tables are in rows
  kPageSeenBefore,  // otherwise more of the paragraphs would go than stay
  // It goes:
  kManyTexts,       // its source prints it under many texts
  kBesideFlagged,   // two texts, beside a line of many
  kEdgeOfPage,      // two texts, at the top or the bottom
  kBehindText,      // two texts, a tenth of its source's, behind the text
  kLabel,           // two texts, short and without closing punctuation
  kListOfTeasers,   // two texts, in a list with flagged lines
  kNearManyTexts,   // at the foot, differs in few words from those of many
  kFillsTemplate,   // begins or ends as many lines of its source do
  kTitleOfAnother,  // the title of another article of its source
  kAmongFlagged,    // at most two texts, in a list behind flagged lines
};

constexpr bool IsBoilerplate(LineReason reason) {
  return reason >= LineReason::kManyTexts;
}

// Whether the class of the line is LineClass::kTeaser.
constexpr bool GoesAsTeaser(LineReason reason) {
  return reason == LineReason::kTitleOfAnother ||
         reason == LineReason::kAmongFlagged;
}

}  // namespace storyfold
