// Which repeated lines are boilerplate: what a site prints whatever the page
// reports. The evidence is the number of distinct texts of the source that
// carry the line, numbers and dates masked:
//
//   three texts            boilerplate
//   two texts              boilerplate with a second sign: it stands beside a
//                          line flagged by three, among the first two or the
//                          last three lines, or has eight words or fewer and
//                          no closing punctuation; or it has no closing
//                          punctuation and stands beside any flagged line, as
//                          teasers do in their list
//
// A line that begins or ends as many lines of its source do ("Read also: *",
// see slots.cc) goes beside a line of three texts or among the last three
// lines.
//
// What changes from page to page inside of what does not, new teasers under
// their heading, stands on one page only. Behind the text, between two flagged
// lines that a tenth of the source's texts print, lines of two texts go, and in
// lists of up to eight lines the open ones of one; unless a paragraph like
// those of the body or a row of a table is among them:
//
//   The harbour was closed after a fire broke out.
//   Read also               in all texts
//   Two ministers met       in this one
//   Leave a comment         in all texts
//
// No source can have the lines of another one removed: only texts of the line's
// own source count. What stories they tell does not: a line that one story
// carries is more often a teaser on pages alike by their teasers than a
// sentence told twice (figures in benchmarks/README.md).
//
// For a line with fewer than two words that is closed like a sentence ("12.")
// three texts are no evidence but at the edge of the page, because bare numbers
// recur in tables of results.
//
// Where the text is in rows (sentences broken into lines, tables, lines none of
// which is a paragraph) a row recurs by chance: "Year", "he said.". There lines
// that less than one in fifty of the source's texts print stay.
//
// Guards: the article's own title; rows of tables of numbers (table_rows.cc); a
// paragraph that several sources print (wire copy); quoted speech; a sentence
// broken into lines of which one stays; and where more words of a page's
// paragraphs would go than stay of the page, they stay, as that is a page seen
// before, not boilerplate. Teasers can be longer than many a paragraph, so for
// this last guard only closed lines of at least half the length of the longest
// are paragraphs.
//
// Measured on 651 extracted pages with labelled lines: precision .983, recall
// on reused lines .981, .11 % of the body's characters lost; on 667 whole pages
// precision .996, recall .908.
//
// (One class of many small rules, as most of them look at what others found.)
//
// Tested by: tests/boilerplate/flags_test.cc, tests/boilerplate/guards_test.cc

#include "boilerplate/page_judge.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "boilerplate/source_sizes.h"

namespace storyfold {
namespace {

constexpr uint32_t kShortLineTokens = 8;
constexpr uint32_t kTitleWords = 4;  // shorter lines equal titles by chance
constexpr size_t kTopLines = 2;
constexpr size_t kBottomLines = 3;
constexpr size_t kTopLinesForNumbers = 3;
constexpr uint32_t kLeastTokensOfRow = 6;
constexpr size_t kRowsOfBrokenPage = 3;
constexpr size_t kMostRowsOfSentence = 50;
constexpr size_t kMostLinesOfList = 8;
constexpr uint32_t kTextsPerRow = 50;

// Judges the lines of one article.
class PageJudge {
 public:
  PageJudge(const LineEvidence& evidence, ArticleId article)
      : evidence_(evidence),
        options_(evidence.options()),
        article_(article),
        lines_(evidence.table().keys.Row(article)),
        longest_(LongestLine(lines_)),
        counts_(evidence.Counts(article)),
        reasons_(lines_.size()) {}

  std::vector<LineReason> Judge() {
    for (size_t n = 0; n < lines_.size(); ++n) reasons_[n] = Weigh(n);
    std::vector<std::pair<size_t, LineReason>> signs;
    for (size_t n = 0; n < lines_.size(); ++n) {
      if (const auto sign = SecondSign(n)) signs.emplace_back(n, *sign);
    }
    for (const auto& [n, sign] : signs) reasons_[n] = sign;
    FlagListsOfTeasers();
    for (size_t n = 0; n < lines_.size(); ++n) {
      if (IsTeaser(n)) reasons_[n] = LineReason::kTitleOfAnother;
    }
    if (!AnyGoes()) return std::move(reasons_);
    is_broken_ = IsBroken();
    KeepRareRows();
    KeepTables();
    KeepBrokenSentences();
    if (FlagLists()) KeepBrokenSentences();
    KeepParagraphsOfCopies();
    return std::move(reasons_);
  }

 private:
  bool IsOwnTitle(size_t n) const {
    return lines_[n].num_tokens > 0 &&
           lines_[n].exact == evidence_.table().title_keys[article_];
  }
  bool IsParagraph(size_t n) const {
    return lines_[n].num_tokens >= options_.long_line_tokens;
  }
  // A paragraph as the body has them.
  bool IsLikeBody(size_t n) const {
    return IsParagraph(n) && lines_[n].closed &&
           lines_[n].num_tokens >= lines_[longest_].num_tokens / 2;
  }
  // Whole sentences in quotation marks; a headline with a word in them is none.
  bool IsSpeech(size_t n) const { return lines_[n].quoted && lines_[n].closed; }
  bool Within(size_t n, size_t top, size_t bottom) const {
    return n < top || n + bottom >= lines_.size();
  }
  bool Goes(size_t n) const { return IsBoilerplate(reasons_[n]); }
  bool AnyGoes() const {
    return std::ranges::any_of(
        reasons_, [](LineReason reason) { return IsBoilerplate(reason); });
  }

  // Judges the line by itself.
  LineReason Weigh(size_t n) const {
    const LineCount& count = counts_[n];
    if (IsOwnTitle(n)) return LineReason::kOwnTitle;
    if (count.texts_of_source < 2 && count.sources < 2) {
      return LineReason::kOneText;
    }
    if (IsParagraph(n)) {
      if (count.sources > 1 && count.texts < options_.min_texts) {
        return LineReason::kWireCopy;
      }
      if (IsSpeech(n) && count.texts_of_source < options_.min_texts) {
        return LineReason::kSpeech;
      }
    }
    if (count.texts_of_source >= options_.min_texts) {
      const bool few_words = lines_[n].num_words < 2;
      return few_words && lines_[n].num_tokens > 0 &&
                     !Within(n, kTopLinesForNumbers, kBottomLines)
                 ? LineReason::kBareNumbers
                 : LineReason::kManyTexts;
    }
    return count.texts_of_source > 1 ? LineReason::kFewTexts
                                     : LineReason::kOneText;
  }

  // Whether a second sign would make it boilerplate.
  bool NeedsSecondSign(size_t n) const {
    return (reasons_[n] == LineReason::kFewTexts ||
            reasons_[n] == LineReason::kBareNumbers) &&
           lines_[n].num_tokens > 0 &&
           counts_[n].texts_of_source >= options_.min_texts_with_sign;
  }

  bool BesideLineOfManyTexts(size_t n) const {
    const auto strong = [&](size_t neighbour) {
      return reasons_[neighbour] == LineReason::kManyTexts;
    };
    return (n > 0 && strong(n - 1)) || (n + 1 < lines_.size() && strong(n + 1));
  }

  bool FillsTemplate(size_t n) const {
    return (reasons_[n] == LineReason::kOneText ||
            reasons_[n] == LineReason::kFewTexts) &&
           evidence_.FillsTemplate(article_, n);
  }

  // Returns the sign that makes a line of one template, or of two texts,
  // boilerplate.
  std::optional<LineReason> SecondSign(size_t n) const {
    const bool fills = FillsTemplate(n);
    const bool two_texts = NeedsSecondSign(n);
    if (!fills && !two_texts) return std::nullopt;
    const bool beside_flagged = BesideLineOfManyTexts(n);
    if (fills && (beside_flagged || Within(n, 0, kBottomLines))) {
      return LineReason::kFillsTemplate;
    }
    if (!two_texts) return std::nullopt;
    if (beside_flagged) return LineReason::kBesideFlagged;
    if (Within(n, kTopLines, kBottomLines)) return LineReason::kEdgeOfPage;
    if (lines_[n].num_tokens <= kShortLineTokens && !lines_[n].closed) {
      return LineReason::kLabel;
    }
    return std::nullopt;
  }

  // Flags open lines of two texts beside a flagged one, and so on along the
  // list.
  void FlagListsOfTeasers() {
    const auto flag_beside = [&](size_t n, size_t neighbour) {
      if (Goes(neighbour) && !lines_[n].closed && lines_[n].num_words >= 2 &&
          NeedsSecondSign(n)) {
        reasons_[n] = LineReason::kListOfTeasers;
      }
    };
    for (size_t n = 1; n < lines_.size(); ++n) flag_beside(n, n - 1);
    for (size_t n = lines_.size(); n-- > 1;) flag_beside(n - 1, n);
  }

  // Whether line n stands where a list begins or ends: it goes, has a word and
  // is of the site rather than of some of its articles.
  bool BoundsList(size_t n) const {
    return Goes(n) && lines_[n].num_words > 0 &&
           evidence_.IsOfShare(article_, n, counts_[n], kTextsPerFurniture);
  }

  // Flags the lines from `begin` to `end`, which stand between flagged ones,
  // and returns true; not if there is text or a table among them.
  bool FlagList(size_t begin, size_t end) {
    for (size_t n = begin; n < end; ++n) {
      if (IsRow(n) || IsLikeBody(n)) return false;
    }
    const bool is_short = end - begin <= kMostLinesOfList;
    for (size_t n = begin; n < end; ++n) {
      const bool is_new = reasons_[n] == LineReason::kOneText;
      if (NeedsSecondSign(n) || (is_new && is_short && !lines_[n].closed)) {
        reasons_[n] = LineReason::kAmongFlagged;
      }
    }
    return true;
  }

  // Returns the last line that is like the body and stays, or the longest.
  size_t LastOfText() const {
    size_t last = longest_;
    for (size_t n = longest_; n < lines_.size(); ++n) {
      if (IsLikeBody(n) && !Goes(n)) last = n;
    }
    return last;
  }

  // Flags the lists behind the text, and returns whether there are any. Where
  // not even the longest line is closed like a sentence, or sentences are
  // broken, nothing tells them from text.
  bool FlagLists() {
    if (!SignsCount() || !lines_[longest_].closed || is_broken_) return false;
    const size_t behind_text = LastOfText() + 1;
    bool any_flagged = false;
    for (size_t begin = behind_text; begin < lines_.size();) {
      size_t end = begin;
      while (end < lines_.size() && !Goes(end)) ++end;
      const bool is_bounded = begin > behind_text && end < lines_.size() &&
                              BoundsList(begin - 1) && BoundsList(end);
      if (is_bounded) any_flagged |= FlagList(begin, end);
      begin = end + 1;
    }
    return any_flagged;
  }

  bool IsTeaser(size_t n) const {
    return lines_[n].num_words >= kTitleWords && !IsOwnTitle(n) &&
           evidence_.IsOtherTitle(article_, n);
  }

  bool IsRow(size_t n) const {
    return n < lines_.size() && evidence_.IsTableRow(article_, n);
  }

  // Keeps the rows of tables, and what stands between two of them.
  void KeepTables() {
    for (size_t n = 0; n < lines_.size(); ++n) {
      if (!Goes(n)) continue;
      const bool above = n > 0 && IsRow(n - 1);
      const bool below = IsRow(n + 1);
      if (IsRow(n) ? above || below : above && below) {
        reasons_[n] = LineReason::kTableRow;
      }
    }
  }

  // Whether line n can be the beginning of a sentence that goes on in the next:
  // a paragraph broken into lines of equal length, as wire services do.
  bool IsOpenRow(size_t n) const {
    return n + 1 < lines_.size() && !lines_[n].closed &&
           lines_[n].num_tokens >= kLeastTokensOfRow;
  }

  // Whether sentences of the page are broken into lines: most lines that can go
  // on do so with a small letter. Then those before a name do, too.
  bool IsBroken() const {
    size_t open = 0;
    size_t go_on = 0;
    for (size_t n = 0; n < lines_.size(); ++n) {
      open += IsOpenRow(n);
      go_on += IsOpenRow(n) && lines_[n + 1].starts_low;
    }
    return go_on >= kRowsOfBrokenPage && 2 * go_on > open;
  }

  // Whether the text of the page is in rows: broken sentences, a table, or
  // lines none of which that stays is a paragraph.
  bool IsInRows() const {
    size_t rows = 0;
    bool any_paragraph = false;
    for (size_t n = 0; n < lines_.size(); ++n) {
      rows += lines_[n].row && !lines_[n].closed;
      any_paragraph = any_paragraph || (IsParagraph(n) && !Goes(n));
    }
    return is_broken_ || !any_paragraph || rows >= kRowsOfBrokenPage;
  }

  // Whether signs beside the number of texts count. They do not where copies
  // are to be found: by what is left when all that recurs is gone, rows of
  // tables, too, and nothing else.
  bool SignsCount() const {
    return options_.min_texts_with_sign < options_.min_texts;
  }

  // Keeps the rows of text that recur by chance: in few of many texts.
  void KeepRareRows() {
    if (!SignsCount() || !IsInRows()) return;
    for (size_t n = 0; n < lines_.size(); ++n) {
      if (Goes(n) && !GoesAsTeaser(reasons_[n]) &&
          !evidence_.IsOfShare(article_, n, counts_[n], kTextsPerRow)) {
        reasons_[n] = LineReason::kRareRow;
      }
    }
  }

  // Whether line n goes on in the next, by the look of both: with a small
  // letter or, to its end, with a date ("... is expected by" / "May 2031.").
  bool GoesOn(size_t n) const {
    if (n + 1 >= lines_.size() || lines_[n].closed) return false;
    const LineKey& next = lines_[n + 1];
    // The first row of a broken page is often a short one.
    if (next.starts_low) return is_broken_ || IsOpenRow(n);
    return IsOpenRow(n) && next.closed && next.num_words == 0 &&
           next.num_tokens > 1;
  }

  // Returns the last line of the sentence that begins in line `begin`. One that
  // goes on with capital letters ends in a line that is closed.
  size_t EndOfSentence(size_t begin) const {
    size_t last = begin;
    while (is_broken_ && (IsOpenRow(last) || GoesOn(last)) &&
           last - begin < kMostRowsOfSentence) {
      ++last;
    }
    if (lines_[last].closed) return last;
    last = begin;
    while (GoesOn(last)) ++last;
    return last;
  }

  // Keeps the lines of a sentence of which one stays: "said on Tuesday" in a
  // hundred texts is no boilerplate.
  void KeepBrokenSentences() {
    for (size_t begin = 0; begin < lines_.size();) {
      const size_t end = EndOfSentence(begin) + 1;
      bool stays = false;
      for (size_t n = begin; n < end; ++n) stays = stays || !Goes(n);
      for (size_t n = begin; stays && n < end; ++n) {
        if (Goes(n)) reasons_[n] = LineReason::kBrokenSentence;
      }
      begin = end;
    }
  }

  // Keeps the paragraphs of a page that would lose more of them than stays.
  void KeepParagraphsOfCopies() {
    const auto goes_of_body = [&](size_t n) {
      return Goes(n) && IsLikeBody(n);
    };
    size_t going = 0;
    size_t staying = 0;
    for (size_t n = 0; n < lines_.size(); ++n) {
      const bool would_go = Goes(n) || reasons_[n] == LineReason::kRareRow;
      if (!would_go) {
        staying += lines_[n].num_tokens;
      } else if (IsLikeBody(n)) {
        going += lines_[n].num_tokens;
      }
    }
    if (going <= staying) return;
    for (size_t n = 0; n < lines_.size(); ++n) {
      if (goes_of_body(n)) reasons_[n] = LineReason::kPageSeenBefore;
    }
  }

  const LineEvidence& evidence_;
  const BoilerplateOptions& options_;
  ArticleId article_;
  std::span<const LineKey> lines_;
  size_t longest_;                 // line
  std::vector<LineCount> counts_;  // of each line
  std::vector<LineReason> reasons_;
  bool is_broken_ = false;
};

}  // namespace

std::vector<LineReason> JudgePage(const LineEvidence& evidence,
                                  ArticleId article) {
  return PageJudge(evidence, article).Judge();
}

}  // namespace storyfold
