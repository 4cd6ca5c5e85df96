#include "boilerplate/flags.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/csr.h"
#include "base/threads.h"
#include "boilerplate/page_judge.h"

namespace storyfold {
namespace {

// Returns the class that is reported of a line, if any: boilerplate, and what
// the news repeats.
std::optional<LineClass> ClassOf(const LineEvidence& evidence,
                                 ArticleId article, size_t n,
                                 LineReason reason) {
  if (GoesAsTeaser(reason)) return LineClass::kTeaser;
  if (IsBoilerplate(reason)) return LineClass::kReused;
  const LineKey& line = evidence.table().keys.Row(article)[n];
  if (line.num_tokens < evidence.options().long_line_tokens) {
    return std::nullopt;
  }
  const LineCount count = evidence.Count(article, n);
  if (line.quoted && count.texts > 1) return LineClass::kQuote;
  if (count.sources > 1) return LineClass::kSyndicated;
  return std::nullopt;
}

// Calls visit(article, reasons) for the judgement of every page, in parallel.
template <typename Visit>
void JudgeAllPages(const LineEvidence& evidence, const Visit& visit) {
  const std::span<const ArticleId> pages = evidence.pages_by_source();
  ParallelFor(pages.size(), [&](size_t k) {
    visit(pages[k], JudgePage(evidence, pages[k]));
  });
}

FlaggedLine FlagOf(const LineEvidence& evidence, ArticleId article, size_t n,
                   LineClass line_class) {
  const LineCount count = evidence.Count(article, n);
  FlaggedLine flag;
  flag.article = article;
  flag.line = evidence.table().keys.Row(article)[n].number;
  flag.line_class = line_class;
  flag.count = line_class == LineClass::kQuote        ? count.texts
               : line_class == LineClass::kSyndicated ? count.sources
                                                      : count.texts_of_source;
  flag.examples = evidence.Examples(article, n);
  if (line_class != LineClass::kReused) return flag;
  if (const NearLine* near = evidence.FindNear(article, n, count)) {
    flag.count = near->texts;
    flag.examples = near->examples;
  }
  return flag;
}

}  // namespace

absl::Status Validate(const BoilerplateOptions& options) {
  if (options.min_texts < 2 || options.min_texts_with_sign < 2) {
    return absl::InvalidArgumentError(
        "a line of one text cannot be boilerplate: min-texts must be at least "
        "2");
  }
  return absl::OkStatus();
}

const char* LineClassName(LineClass line_class) {
  switch (line_class) {
    case LineClass::kReused:
      return "reused";
    case LineClass::kTeaser:
      return "teaser";
    case LineClass::kSyndicated:
      return "syndicated";
    case LineClass::kQuote:
      return "quote";
    case LineClass::kStory:
      return "story";
    case LineClass::kLearned:
      return "learned";
  }
  return "reused";
}

std::vector<FlaggedLine> FlagLines(const LineEvidence& evidence) {
  const Csr<LineKey>& keys = evidence.table().keys;
  std::vector<std::optional<LineClass>> classes(keys.values.size());
  std::vector<size_t> offsets(keys.size() + 1);  // of the flags of an article
  JudgeAllPages(evidence,
                [&](ArticleId a, std::span<const LineReason> reasons) {
                  for (size_t n = 0; n < reasons.size(); ++n) {
                    auto& line_class = classes[keys.offsets[a] + n];
                    line_class = ClassOf(evidence, a, n, reasons[n]);
                    offsets[a + 1] += line_class.has_value();
                  }
                });
  std::inclusive_scan(offsets.begin(), offsets.end(), offsets.begin());
  std::vector<FlaggedLine> flags(offsets.back());
  ParallelFor(keys.size(), [&](size_t a) {
    size_t next = offsets[a];
    for (size_t n = 0; next < offsets[a + 1]; ++n) {
      const auto& line_class = classes[keys.offsets[a] + n];
      if (!line_class) continue;
      flags[next++] =
          FlagOf(evidence, static_cast<ArticleId>(a), n, *line_class);
    }
  });
  return flags;
}

RemovedLines FindBoilerplateLines(const LineTable& table,
                                  const TextNames& names,
                                  const BoilerplateOptions& options) {
  const LineEvidence evidence(table, names, options);
  std::vector<char> goes(table.keys.values.size());
  Csr<uint32_t> rows;
  rows.offsets.assign(table.num_articles() + 1, 0);
  JudgeAllPages(evidence,
                [&](ArticleId a, std::span<const LineReason> reasons) {
                  for (size_t n = 0; n < reasons.size(); ++n) {
                    goes[table.keys.offsets[a] + n] = IsBoilerplate(reasons[n]);
                    rows.offsets[a + 1] += IsBoilerplate(reasons[n]);
                  }
                });
  std::inclusive_scan(rows.offsets.begin(), rows.offsets.end(),
                      rows.offsets.begin());
  rows.values.reserve(rows.offsets.back());
  for (size_t i = 0; i < goes.size(); ++i) {
    if (goes[i]) rows.values.push_back(table.keys.values[i].number);
  }
  return RemovedLines::FromRows(std::move(rows));
}

RemovedLines BoilerplateLines(std::span<const FlaggedLine> flagged,
                              size_t num_articles) {
  Csr<uint32_t> rows;
  rows.offsets.assign(num_articles + 1, 0);
  for (const FlaggedLine& flag : flagged) {
    if (!IsBoilerplate(flag.line_class)) continue;
    ++rows.offsets[flag.article + 1];
    rows.values.push_back(flag.line);
  }
  std::inclusive_scan(rows.offsets.begin(), rows.offsets.end(),
                      rows.offsets.begin());
  return RemovedLines::FromRows(std::move(rows));
}

}  // namespace storyfold
