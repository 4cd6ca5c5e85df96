// How many texts of its source carry a line, and what else speaks for it:
//
//   three texts            boilerplate
//   two texts              boilerplate with a second sign: it stands beside a
//                          line flagged by three, among the first two or the
//                          last three lines, or has eight words or fewer and
//                          no closing punctuation; or it has no closing
//                          punctuation and stands beside any flagged line, as
//                          teasers do in their list
//
// A paragraph like those of the body is at the edge only in a tenth of the
// source's texts: many a report of a large source ends with the background of
// the one before it.
//
// A line that begins or ends as many lines of its source do ("Read also: *",
// see slots.cc) goes behind the text, beside a line of three texts or among the
// last three lines. The title of another article of the source is a teaser.
//
// A paragraph of one or two texts that differs in few words from those of many
// is judged later (near_lines.cc, page_judge.cc).
//
// For a line with fewer than two words that is closed like a sentence ("12.")
// three texts are no evidence but at the edge of the page, because bare numbers
// recur in tables of results.
//
// Guards: the article's own title; a paragraph that several sources print (wire
// copy); quoted speech.
//
// Tested by: tests/boilerplate/flags_test.cc, tests/boilerplate/guards_test.cc

#include "boilerplate/line_signs.h"

#include <optional>
#include <utility>

#include "boilerplate/line_looks.h"
#include "boilerplate/source_sizes.h"

namespace storyfold {
namespace {

constexpr uint32_t kTitleWords = 4;  // shorter lines equal titles by chance
constexpr size_t kTopLinesForNumbers = 3;

// Judges a line by itself.
LineReason Weigh(const JudgedPage& page, size_t n) {
  const LineCount& count = page.counts[n];
  const uint32_t min_texts = page.options.min_texts;
  if (page.IsOwnTitle(n)) return LineReason::kOwnTitle;
  if (count.texts_of_source < 2 && count.sources < 2) {
    return LineReason::kOneText;
  }
  if (page.IsParagraph(n)) {
    if (count.sources > 1 && count.texts < min_texts) {
      return LineReason::kWireCopy;
    }
    if (IsSpeech(page.lines[n]) && count.texts_of_source < min_texts) {
      return LineReason::kSpeech;
    }
  }
  if (count.texts_of_source >= min_texts) {
    const bool few_words =
        page.lines[n].num_words < 2 && page.lines[n].num_tokens > 0;
    return few_words && !page.Within(n, kTopLinesForNumbers, kBottomLines)
               ? LineReason::kBareNumbers
               : LineReason::kManyTexts;
  }
  return count.texts_of_source > 1 ? LineReason::kFewTexts
                                   : LineReason::kOneText;
}

bool BesideLineOfManyTexts(const JudgedPage& page, size_t n) {
  const auto strong = [&](size_t neighbour) {
    return page.reasons[neighbour] == LineReason::kManyTexts;
  };
  return (n > 0 && strong(n - 1)) || (n + 1 < page.size() && strong(n + 1));
}

bool FillsTemplate(const JudgedPage& page, size_t n) {
  return (page.reasons[n] == LineReason::kOneText ||
          page.reasons[n] == LineReason::kFewTexts) &&
         page.MayGoAlone(n) && page.evidence.FillsTemplate(page.article, n);
}

// Returns the sign that makes a line of two texts boilerplate.
std::optional<LineReason> SecondSign(const JudgedPage& page, size_t n,
                                     bool beside_flagged) {
  if (beside_flagged) return LineReason::kBesideFlagged;
  if (IsAtEdge(n, page.size()) &&
      (!page.IsLikeBody(n) || page.IsOfShare(n, kTextsPerSiteLine))) {
    return LineReason::kEdgeOfPage;
  }
  if (IsLabel(page.lines[n])) return LineReason::kLabel;
  return std::nullopt;
}

// Flags lines of one template behind the text, and lines of two texts, that
// have a sign.
void FlagLinesWithSign(JudgedPage& page) {
  const size_t last_of_text = page.LastOfText();
  std::vector<std::pair<size_t, LineReason>> signs;
  for (size_t n = 0; n < page.size(); ++n) {
    const bool fills = n > last_of_text && FillsTemplate(page, n);
    const bool two_texts = page.NeedsSecondSign(n);
    if (!fills && !two_texts) continue;
    const bool beside_flagged = BesideLineOfManyTexts(page, n);
    if (fills && (beside_flagged || page.Within(n, 0, kBottomLines))) {
      signs.emplace_back(n, LineReason::kFillsTemplate);
    } else if (two_texts) {
      const auto sign = SecondSign(page, n, beside_flagged);
      if (sign) signs.emplace_back(n, *sign);
    }
  }
  for (const auto& [n, sign] : signs) page.reasons[n] = sign;
}

// Flags open lines of two texts beside a flagged one, and so on along the list.
void FlagListsOfTeasers(JudgedPage& page) {
  const auto flag_beside = [&](size_t n, size_t neighbour) {
    if (page.Goes(neighbour) && !page.lines[n].closed &&
        page.lines[n].num_words >= 2 && page.NeedsSecondSign(n)) {
      page.reasons[n] = LineReason::kListOfTeasers;
    }
  };
  for (size_t n = 1; n < page.size(); ++n) flag_beside(n, n - 1);
  for (size_t n = page.size(); n-- > 1;) flag_beside(n - 1, n);
}

bool IsTeaser(const JudgedPage& page, size_t n) {
  return page.lines[n].num_words >= kTitleWords && !page.IsOwnTitle(n) &&
         page.evidence.IsOtherTitle(page.article, n);
}

}  // namespace

void JudgeByTexts(JudgedPage& page) {
  for (size_t n = 0; n < page.size(); ++n) page.reasons[n] = Weigh(page, n);
  FlagLinesWithSign(page);
  FlagListsOfTeasers(page);
  for (size_t n = 0; n < page.size(); ++n) {
    if (IsTeaser(page, n)) page.reasons[n] = LineReason::kTitleOfAnother;
  }
}

}  // namespace storyfold
