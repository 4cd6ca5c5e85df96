// What boilerplate --explain says: the reason in words, with its evidence.

#include "cli/explain_line.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "base/counted.h"
#include "base/string_view.h"
#include "base/trim.h"
#include "boilerplate/line_keys.h"
#include "boilerplate/page_judge.h"
#include "pipeline/fold.h"
#include "text/printable.h"
#include "text/text_reader.h"

namespace storyfold {
namespace {

constexpr size_t kMostSources = 5;

// A line of an article: its place among the keys of the article.
struct Place {
  ArticleId article = 0;
  size_t n = 0;
};

// Returns a line without the white space around it.
std::string_view TextOfLine(std::string_view text, uint32_t number) {
  for (; number > 1; --number) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return TrimSpace(text.substr(0, text.find('\n')));
}

absl::string_view Verdict(LineReason reason) {
  if (GoesAsTeaser(reason)) return "BOILERPLATE, a teaser";
  return IsBoilerplate(reason) ? "BOILERPLATE" : "NO BOILERPLATE, it stays";
}

std::string Because(LineReason reason, bool quoted,
                    const BoilerplateOptions& options) {
  const std::string few = Counted(options.min_texts_with_sign, "text");
  const std::string many = Counted(options.min_texts, "text");
  switch (reason) {
    case LineReason::kOneText:
      return "its source prints it under no other text";
    case LineReason::kFewTexts:
      return absl::StrCat("it needs ", many, " of its source, or ", few,
                          " and a second sign: a place beside a line of ", many,
                          ", among the first two or the last three lines (as a "
                          "paragraph, or elsewhere behind the text, only if it "
                          "is in a tenth of the source's texts), or eight "
                          "words or fewer without closing punctuation");
    case LineReason::kOwnTitle:
      return "it is the title of the article";
    case LineReason::kWireCopy:
      return quoted ? "it is quoted speech that other sources print, too"
                    : "it is a paragraph that other sources print, too: wire "
                      "copy";
    case LineReason::kSpeech:
      return "it is quoted speech";
    case LineReason::kBareNumbers:
      return "it has hardly a word, and such lines recur in tables; at the "
             "edge of the page it would go";
    case LineReason::kTableRow:
      return "it is a row of a table of numbers, or stands among such rows";
    case LineReason::kSpeaker:
      return "it says who speaks: it stands in turns with another name, text "
             "between them";
    case LineReason::kBrokenSentence:
      return "it is one of the lines of a sentence, and another of them stays";
    case LineReason::kRareRow:
      return "few of the many texts of its source have it, and the text of the "
             "page is in rows: of sentences broken into lines, of tables, or "
             "most of what stays is in lines shorter than paragraphs";
    case LineReason::kPageSeenBefore:
      return "more words of the page's paragraphs would go than stay of the "
             "page: the page was seen before";
    case LineReason::kManyTexts:
      return absl::StrCat("its source prints it under ", many, " or more");
    case LineReason::kBesideFlagged:
      return absl::StrCat("its source prints it under ", few,
                          " or more, and it stands beside a line of ", many);
    case LineReason::kEdgeOfPage:
      return absl::StrCat("its source prints it under ", few,
                          " or more, and it is among the first two or the "
                          "last three lines");
    case LineReason::kLabel:
      return absl::StrCat("its source prints it under ", few,
                          " or more, and it is short and has no closing "
                          "punctuation");
    case LineReason::kBehindText:
      return absl::StrCat("its source prints it under ", few,
                          " or more, a tenth of its texts, and it stands "
                          "behind the text");
    case LineReason::kListOfTeasers:
      return absl::StrCat("its source prints it under ", few,
                          " or more, in a list with lines that go");
    case LineReason::kNearManyTexts:
      return absl::StrCat(
          "it stands at the foot of the page, and at least ", many,
          " of its source, a tenth of all, have a paragraph that differs from "
          "it in few words");
    case LineReason::kFillsTemplate:
      return absl::StrCat(
          "it begins or ends with the same three words as lines "
          "in ",
          many,
          " of its source, and stands behind the "
          "text");
    case LineReason::kTitleOfAnother:
      return "it is the title of another article of its source";
    case LineReason::kAmongFlagged:
      return "it stands behind the text in a list, between lines that many "
             "texts of its source have, or behind the last of them";
  }
  return "";
}

// Says why lines are, or are not, boilerplate.
class LineExplainer {
 public:
  LineExplainer(const Crawl& crawl, const PipelineOptions& options)
      : articles_(crawl.articles),
        lines_(FindLineEvidence(crawl.articles, options)) {}

  // Returns the place that "ID:NUMBER" names, or nothing.
  std::optional<Place> Find(std::string_view name) const {
    const size_t colon = name.rfind(':');
    uint32_t number = 0;
    if (colon == std::string_view::npos ||
        std::from_chars(name.data() + colon + 1, name.data() + name.size(),
                        number)
                .ptr != name.data() + name.size()) {
      return std::nullopt;
    }
    const auto article =
        std::ranges::find(articles_, name.substr(0, colon), &Article::id);
    if (article == articles_.end()) return std::nullopt;
    const auto id = static_cast<ArticleId>(article - articles_.begin());
    const size_t n = lines_.table->PlaceOf(id, number);
    if (n == lines_.table->keys.Row(id).size()) return std::nullopt;
    return Place{id, n};
  }

  // Returns the first place of each source with a line of this key.
  std::vector<Place> FindKey(uint64_t masked) const {
    std::vector<Place> places;
    std::vector<uint32_t> sources;
    for (ArticleId a = 0; a < articles_.size(); ++a) {
      const auto row = lines_.table->keys.Row(a);
      const auto at = std::ranges::find(row, masked, &LineKey::masked);
      const uint32_t source = lines_.evidence->source_of()[a];
      if (at == row.end() || std::ranges::count(sources, source) > 0) continue;
      sources.push_back(source);
      places.push_back({a, static_cast<size_t>(at - row.begin())});
    }
    return places;
  }

  std::string Explain(const Place& place) {
    const Article& article = articles_[place.article];
    const LineKey& key = lines_.table->keys.Row(place.article)[place.n];
    const std::string line(TextOfLine(reader_.Read(article), key.number));
    const LineEvidence& evidence = *lines_.evidence;
    const LineReason reason = JudgePage(evidence, place.article)[place.n];
    const LineCount count = evidence.Count(place.article, place.n);
    std::string text = absl::StrCat(Printable(article.id), ", line ",
                                    key.number, ": ", Printable(line), "\n");
    if (IsOfOneStory(place.article, key.number)) {
      absl::StrAppend(
          &text,
          "  NO BOILERPLATE, it stays: all texts of its source that "
          "print it tell one story.\n");
    } else {
      absl::StrAppend(&text, "  ", Verdict(reason), ": ",
                      Because(reason, key.quoted, evidence.options()), ".\n");
    }
    absl::StrAppend(&text, "  Its key: ", Printable(MaskedWords(line)),
                    "  (numbers are #, months and days @)\n");
    absl::StrAppend(&text, "  Printed by ", SourceName(article), " under ",
                    Counted(count.texts_of_source, "distinct text"),
                    "; by all under ", Counted(count.texts, "text"), " in ",
                    Counted(count.sources, "source"), ".\n");
    if (reason == LineReason::kNearManyTexts) {
      const NearLine& near = *evidence.FindNear(place.article, place.n, count);
      absl::StrAppend(&text, "  Paragraphs near it stand in ",
                      Counted(near.texts, "text"), " of its source.\n");
      AppendExamples(near.examples, text);
    } else {
      AppendExamples(evidence.Examples(place.article, place.n), text);
    }
    return text;
  }

 private:
  bool IsOfOneStory(ArticleId article, uint32_t line) const {
    const auto flag = std::ranges::lower_bound(
        lines_.flags, std::pair(article, line), {},
        [](const FlaggedLine& f) { return std::pair(f.article, f.line); });
    return flag != lines_.flags.end() && flag->article == article &&
           flag->line == line && flag->line_class == LineClass::kStory;
  }

  void AppendExamples(std::span<const ArticleId> examples,
                      std::string& text) const {
    if (examples.empty()) return;
    const auto append_id = [&](std::string* out, ArticleId id) {
      AppendPrintable(articles_[id].id, *out);
    };
    absl::StrAppend(
        &text, "  Also in: ", absl::StrJoin(examples, ", ", append_id), "\n");
  }

  static std::string SourceName(const Article& article) {
    return article.source.empty() ? "pages of no known source, taken together,"
                                  : Printable(article.source);
  }

  std::span<const Article> articles_;
  ExplainedLines lines_;
  TextReader reader_;
};

}  // namespace

absl::StatusOr<std::string> ExplainLine(const Crawl& crawl,
                                        const PipelineOptions& options,
                                        std::string_view line) {
  LineExplainer explainer(crawl, options);
  if (const auto place = explainer.Find(line)) {
    return explainer.Explain(*place);
  }
  LineKeyer keyer;
  const auto keys = keyer.Keys(line);
  std::vector<Place> places;
  if (keys.size() == 1) places = explainer.FindKey(keys[0].masked);
  if (places.empty()) {
    return absl::NotFoundError(
        absl::StrCat("--explain: no article has the line \"", ToAbsl(line),
                     "\", nor is it ID:NUMBER of a line that is not blank"));
  }
  std::string text;
  for (size_t k = 0; k < std::min(places.size(), kMostSources); ++k) {
    absl::StrAppend(&text, explainer.Explain(places[k]));
  }
  if (places.size() > kMostSources) {
    absl::StrAppend(&text, "and ",
                    Counted(places.size() - kMostSources, "more source"), "\n");
  }
  return text;
}

}  // namespace storyfold
