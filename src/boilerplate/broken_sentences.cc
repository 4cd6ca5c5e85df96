// Wire services break their paragraphs into lines of equal length:
//
//   The harbour was closed for two days, the ministry
//   said on Tuesday.
//
// The second line may stand in many texts and is none of the site's. It stays
// with the first, as one goes on in the other by the look of both: the first is
// open and not short, the next starts with a small letter, or is a number or
// date that ends the sentence ("... is expected by" / "May 2031."). On pages
// where most lines go on like that, and two do, those before a name do, too,
// and short ones.
//
// Tested by: tests/boilerplate/guards_test.cc

#include "boilerplate/broken_sentences.h"

namespace storyfold {
namespace {

using Lines = std::span<const LineKey>;

constexpr uint32_t kLeastTokensOfRow = 6;
constexpr size_t kRowsOfBrokenPage = 2;
constexpr size_t kMostRowsOfSentence = 50;

// Whether line n can be the beginning of a sentence that goes on in the next.
bool IsOpenRow(Lines page, size_t n) {
  return n + 1 < page.size() && !page[n].closed &&
         page[n].num_tokens >= kLeastTokensOfRow;
}

// Whether line n goes on in the next, by the look of both.
bool GoesOn(Lines page, size_t n, bool are_broken) {
  if (n + 1 >= page.size() || page[n].closed) return false;
  const LineKey& next = page[n + 1];
  // The first row of a broken page is often a short one.
  if (next.starts_low) return are_broken || IsOpenRow(page, n);
  return IsOpenRow(page, n) && next.closed && next.num_words == 0 &&
         next.num_tokens > 0;
}

// Returns the last line of the sentence that begins in line `begin`. One that
// goes on with capital letters ends in a line that is closed.
size_t EndOfSentence(Lines page, size_t begin, bool are_broken) {
  size_t last = begin;
  while (are_broken &&
         (IsOpenRow(page, last) || GoesOn(page, last, are_broken)) &&
         last - begin < kMostRowsOfSentence) {
    ++last;
  }
  if (page[last].closed) return last;
  last = begin;
  while (GoesOn(page, last, are_broken)) ++last;
  return last;
}

}  // namespace

bool SentencesAreBroken(std::span<const LineKey> page) {
  size_t open = 0;
  size_t go_on = 0;
  for (size_t n = 0; n < page.size(); ++n) {
    open += IsOpenRow(page, n);
    go_on += IsOpenRow(page, n) && page[n + 1].starts_low;
  }
  return go_on >= kRowsOfBrokenPage && 2 * go_on > open;
}

bool IsOfBrokenSentence(std::span<const LineKey> page, size_t n,
                        bool are_broken) {
  return GoesOn(page, n, are_broken) ||
         (n > 0 && GoesOn(page, n - 1, are_broken));
}

void KeepBrokenSentences(JudgedPage& page, bool are_broken) {
  for (size_t begin = 0; begin < page.size();) {
    const size_t end = EndOfSentence(page.lines, begin, are_broken) + 1;
    bool stays = false;
    for (size_t n = begin; n < end; ++n) stays = stays || !page.Goes(n);
    for (size_t n = begin; stays && n < end; ++n) {
      if (page.Goes(n)) page.reasons[n] = LineReason::kBrokenSentence;
    }
    begin = end;
  }
}

}  // namespace storyfold
