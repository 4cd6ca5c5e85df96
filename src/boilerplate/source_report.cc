#include "boilerplate/source_report.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <compare>

#include "base/runs.h"

namespace storyfold {
namespace {

// A boilerplate line of an article, to be grouped.
struct Printing {
  uint32_t source = 0;
  uint64_t key = 0;
  ArticleId article = 0;
  uint32_t line = 0;
  LineClass line_class = LineClass::kReused;

  friend auto operator<=>(const Printing&, const Printing&) = default;
};

std::vector<Printing> Printings(const LineEvidence& evidence,
                                std::span<const FlaggedLine> flags) {
  std::vector<Printing> printings;
  for (const FlaggedLine& flag : flags) {
    if (!IsBoilerplate(flag.line_class)) continue;
    const LineTable& table = evidence.table();
    const LineKey& key =
        table.keys.Row(flag.article)[table.PlaceOf(flag.article, flag.line)];
    printings.push_back({evidence.source_of()[flag.article], key.masked,
                         flag.article, flag.line, flag.line_class});
  }
  std::ranges::sort(printings);
  return printings;
}

// Returns the line whose printings these are: one source, one key.
PrintedLine Describe(std::span<const Printing> printings,
                     std::span<const Article> articles,
                     std::span<const uint32_t> text_of) {
  PrintedLine line;
  line.article = printings[0].article;
  line.line = printings[0].line;
  std::vector<uint32_t> texts;
  size_t teasers = 0;
  for (size_t k = 0; k < printings.size(); ++k) {
    teasers += printings[k].line_class == LineClass::kTeaser;
    const ArticleId article = printings[k].article;
    if (k > 0 && article == printings[k - 1].article) continue;
    ++line.articles;
    texts.push_back(text_of[article]);
    if (const auto time = articles[article].published) {
      line.first = std::min(line.first.value_or(*time), *time);
      line.last = std::max(line.last.value_or(*time), *time);
    }
  }
  if (2 * teasers > printings.size()) line.line_class = LineClass::kTeaser;
  std::ranges::sort(texts);
  line.texts = static_cast<uint32_t>(std::unique(texts.begin(), texts.end()) -
                                     texts.begin());
  return line;
}

// Orders by what has most articles, then by what comes first.
constexpr auto kMostArticlesFirst = [](const auto& a, const auto& b) {
  return a.articles > b.articles;
};

}  // namespace

std::vector<SourceReport> ReportLines(std::span<const Article> articles,
                                      std::span<const uint32_t> text_of,
                                      const LineEvidence& evidence,
                                      std::span<const FlaggedLine> flags) {
  std::vector<SourceReport> reports;
  absl::flat_hash_map<uint32_t, size_t> report_of;  // by source
  for (ArticleId a = 0; a < articles.size(); ++a) {
    const auto [at, is_new] =
        report_of.try_emplace(evidence.source_of()[a], reports.size());
    if (is_new) reports.push_back({a, 0, {}});
    ++reports[at->second].articles;
  }
  const std::vector<Printing> printings = Printings(evidence, flags);
  const auto are_one_line = [](const Printing& a, const Printing& b) {
    return a.source == b.source && a.key == b.key;
  };
  for (const auto line : CutIntoRuns(std::span(printings), are_one_line)) {
    reports[report_of[line[0].source]].lines.push_back(
        Describe(line, articles, text_of));
  }
  for (SourceReport& report : reports) {
    std::ranges::sort(report.lines, {}, [](const PrintedLine& line) {
      return std::pair(line.article, line.line);
    });
    std::ranges::stable_sort(report.lines, kMostArticlesFirst);
  }
  std::ranges::stable_sort(reports, kMostArticlesFirst);
  return reports;
}

}  // namespace storyfold
