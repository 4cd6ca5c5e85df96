// An outlet that follows a story tells its background again and again: what the
// accused is said to have done, when the fund was set up. By the number of
// texts that is what a site prints everywhere; but what a site prints, it
// prints whatever the page reports. So a paragraph whose texts all tell one
// story is the story's, once stories are known, and stays.
//
// Only paragraphs are asked about: pages of a small site may be taken for one
// story, and teasers of one hang below several reports of another. For the same
// reason a paragraph of more than half of the source's texts goes as before.
//
// Measured: of the labelled lines of extracted pages none changes, of whole
// pages 22 of 109,000 boilerplate lines stay (recall .9042, else .9044). Of a
// stream of two days 26 lines of twelve paragraphs stay, all of bodies; of
// 72,632 press releases 1,520 lines.
//
// Tested by: tests/boilerplate/story_lines_test.cc

#include "boilerplate/story_lines.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <utility>

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

  // Returns the paragraphs that go, though no more than half of the texts of
  // their source have them.
  absl::flat_hash_set<SourceLine> Reused(
      std::span<const FlaggedLine> flags) const {
    absl::flat_hash_set<SourceLine> lines;
    for (const FlaggedLine& flag : flags) {
      if (flag.line_class != LineClass::kReused ||
          2 * uint64_t{flag.count} > evidence_.TextsOfSource(flag.article)) {
        continue;
      }
      const auto row = evidence_.table().keys.Row(flag.article);
      const auto key =
          std::ranges::lower_bound(row, flag.line, {}, &LineKey::number);
      const auto n = static_cast<size_t>(key - row.begin());
      // A notice that names somebody is near those of other pages, though its
      // own words stand on one.
      const bool is_near =
          flag.count > evidence_.Count(flag.article, n).texts_of_source;
      if (!is_near && IsParagraph(*key)) {
        lines.insert(LineOf(flag.article, *key));
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

  // Returns whether earlier nights know texts with a line, beside those where
  // it stands.
  bool IsInEarlierTexts(std::span<const Paragraph> places) const {
    std::vector<ArticleId> articles;
    for (const Paragraph& p : places) articles.push_back(p.place.article);
    return evidence_.IsInEarlierTexts(articles[0], places[0].n, articles);
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

Csr<LinePlace> ParagraphsOfFewTexts(const LineEvidence& evidence,
                                    std::span<const FlaggedLine> flags) {
  const ParagraphReader reader(evidence);
  const auto reused = reader.Reused(flags);
  Csr<LinePlace> rows;
  if (reused.empty()) return rows;
  const std::vector<Paragraph> places = reader.Places(reused);
  for (auto begin = places.begin(); begin != places.end();) {
    const auto end = std::find_if(
        begin, places.end(),
        [&](const Paragraph& other) { return other.line != begin->line; });
    if (!reader.IsInEarlierTexts({begin, end})) {
      for (auto p = begin; p != end; ++p) rows.values.push_back(p->place);
      rows.offsets.push_back(rows.values.size());
    }
    begin = end;
  }
  return rows;
}

std::vector<LinePlace> LinesOfOneStory(const Csr<LinePlace>& paragraphs,
                                       std::span<const uint32_t> story_of) {
  std::vector<LinePlace> lines;
  for (size_t row = 0; row < paragraphs.size(); ++row) {
    const auto places = paragraphs.Row(row);
    const uint32_t story = story_of[places[0].article];
    const bool is_of_one =
        std::ranges::all_of(places, [&](const LinePlace& place) {
          return story_of[place.article] == story;
        });
    if (is_of_one) lines.insert(lines.end(), places.begin(), places.end());
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
