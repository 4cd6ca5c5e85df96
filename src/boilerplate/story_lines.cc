// An outlet that follows a story tells its background again and again: what the
// accused is said to have done, when the fund was set up. By the number of
// texts that is what a site prints everywhere; but what a site prints, it
// prints whatever the page reports. So a paragraph whose texts all tell one
// story is the story's, once stories are known, and stays.
//
// Only paragraphs are asked about: pages of a small site may be taken for one
// story, and teasers of one hang below several reports of another. For the same
// reason a paragraph of half of the source's texts or more goes as before.
//
// Copies and stories are found without what the flags took away; what stays by
// this rule is in the text that is written, not in what they were found by.
//
// Measured: see benchmarks/README.md.
//
// Tested by: tests/boilerplate/story_lines_test.cc

#include "boilerplate/story_lines.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <utility>

#include "base/runs.h"

namespace storyfold {
namespace {

// A line that a source prints.
struct SourceLine {
  uint32_t source = 0;
  uint64_t key = 0;

  friend auto operator<=>(const SourceLine&, const SourceLine&) = default;

  template <typename Hash>
  friend Hash AbslHashValue(Hash hash, const SourceLine& line) {
    return Hash::combine(std::move(hash), line.source, line.key);
  }
};

struct Paragraph {
  SourceLine line;
  LinePlace place;
  uint32_t n = 0;  // of the article's keys

  friend auto operator<=>(const Paragraph&, const Paragraph&) = default;
};

// What paragraphs are told by.
class ParagraphReader {
 public:
  explicit ParagraphReader(const LineEvidence& evidence)
      : evidence_(evidence) {}

  // Returns the paragraphs that go, though fewer than half of the texts of
  // their source have them.
  absl::flat_hash_set<SourceLine> Reused(
      std::span<const FlaggedLine> flags) const {
    absl::flat_hash_set<SourceLine> lines;
    for (const FlaggedLine& flag : flags) {
      if (flag.line_class != LineClass::kReused) continue;
      const LineTable& table = evidence_.table();
      const size_t n = table.PlaceOf(flag.article, flag.line);
      const LineKey& key = table.keys.Row(flag.article)[n];
      if (!IsParagraph(key)) continue;
      const LineCount count = evidence_.Count(flag.article, n);
      // A notice that names somebody is near those of other pages, though its
      // own words stand on one.
      if (evidence_.FindNear(flag.article, n, count) == nullptr &&
          !evidence_.IsOfShare(flag.article, n, count, 2)) {
        lines.insert(LineOf(flag.article, key));
      }
    }
    return lines;
  }

  // Returns where these lines stand, on whichever page; ascending.
  std::vector<Paragraph> Places(
      const absl::flat_hash_set<SourceLine>& lines) const {
    const Csr<LineKey>& keys = evidence_.table().keys;
    std::vector<Paragraph> places =
        MakeRows(keys.size(), [&](size_t a) {
          const auto article = static_cast<ArticleId>(a);
          std::vector<Paragraph> of_page;
          for (uint32_t n = 0; const LineKey& key : keys.Row(a)) {
            if (IsParagraph(key) && lines.contains(LineOf(article, key))) {
              of_page.push_back(
                  {LineOf(article, key), {article, key.number}, n});
            }
            ++n;
          }
          return of_page;
        }).values;
    std::ranges::sort(places);
    return places;
  }

  // Returns the texts that carry a line, beside those where it stands here.
  std::vector<uint32_t> EarlierTexts(std::span<const Paragraph> places) const {
    std::vector<ArticleId> articles;
    for (const Paragraph& p : places) articles.push_back(p.place.article);
    return evidence_.EarlierTexts(articles[0], places[0].n, articles);
  }

 private:
  bool IsParagraph(const LineKey& key) const {
    return key.closed && key.num_tokens >= evidence_.options().long_line_tokens;
  }

  SourceLine LineOf(ArticleId article, const LineKey& key) const {
    return {evidence_.source_of()[article], key.masked};
  }

  const LineEvidence& evidence_;
};

}  // namespace

RepeatedParagraphs FindRepeatedParagraphs(const LineEvidence& evidence,
                                          std::span<const FlaggedLine> flags) {
  const ParagraphReader reader(evidence);
  const auto reused = reader.Reused(flags);
  RepeatedParagraphs rows;
  if (reused.empty()) return rows;
  const std::vector<Paragraph> places = reader.Places(reused);
  const auto are_one_line = [](const Paragraph& a, const Paragraph& b) {
    return a.line == b.line;
  };
  for (const auto line : CutIntoRuns(std::span(places), are_one_line)) {
    for (const Paragraph& p : line) rows.places.values.push_back(p.place);
    rows.places.offsets.push_back(rows.places.values.size());
    const std::vector<uint32_t> earlier = reader.EarlierTexts(line);
    rows.earlier.values.insert(rows.earlier.values.end(), earlier.begin(),
                               earlier.end());
    rows.earlier.offsets.push_back(rows.earlier.values.size());
  }
  return rows;
}

std::vector<LinePlace> LinesOfOneStory(const RepeatedParagraphs& paragraphs,
                                       std::span<const uint32_t> story_of,
                                       const StoriesOfTexts& earlier) {
  std::vector<LinePlace> lines;
  for (size_t row = 0; row < paragraphs.places.size(); ++row) {
    const auto places = paragraphs.places.Row(row);
    const uint32_t story = story_of[places[0].article];
    const auto is_here = [&](const LinePlace& place) {
      return story_of[place.article] == story;
    };
    const auto was_there = [&](uint32_t text) {
      const auto found = earlier.find(text);
      return found != earlier.end() && found->second == story;
    };
    if (std::ranges::all_of(places, is_here) &&
        std::ranges::all_of(paragraphs.earlier.Row(row), was_there)) {
      lines.insert(lines.end(), places.begin(), places.end());
    }
  }
  std::ranges::sort(lines);
  return lines;
}

void MarkStoryLines(std::span<const LinePlace> lines,
                    std::span<FlaggedLine> flags) {
  auto flag = flags.begin();
  for (const LinePlace& line : lines) {
    flag = std::lower_bound(flag, flags.end(), line,
                            [](const FlaggedLine& f, const LinePlace& place) {
                              return LinePlace{f.article, f.line} < place;
                            });
    if (flag == flags.end()) return;
    if (flag->article == line.article && flag->line == line.line &&
        flag->line_class == LineClass::kReused) {
      flag->line_class = LineClass::kStory;
    }
  }
}

}  // namespace storyfold
