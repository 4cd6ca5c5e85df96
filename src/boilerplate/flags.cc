#include "boilerplate/flags.h"

#include <algorithm>
#include <iterator>

#include "base/threads.h"

namespace storyfold {
namespace {

// Returns what is reported of a line: boilerplate, and what the news repeats.
std::optional<FlaggedLine> FlagOf(const LineEvidence& evidence,
                                  ArticleId article, size_t n,
                                  LineReason reason) {
  const LineKey& line = evidence.table().keys.Row(article)[n];
  const LineCount count = evidence.Count(article, n);
  const bool paragraph = line.num_tokens >= evidence.options().long_line_tokens;
  FlaggedLine flag{article, line.number, LineClass::kReused, 0, {}};
  if (reason == LineReason::kTitleOfAnother) {
    flag.line_class = LineClass::kTeaser;
    flag.count = count.texts_of_source;
  } else if (IsBoilerplate(reason)) {
    flag.count = reason == LineReason::kManySources ? count.texts
                                                    : count.texts_of_source;
  } else if (paragraph && line.quoted && count.texts > 1) {
    flag.line_class = LineClass::kQuote;
    flag.count = count.texts;
  } else if (paragraph && count.sources > 1) {
    flag.line_class = LineClass::kSyndicated;
    flag.count = count.sources;
  } else {
    return std::nullopt;
  }
  flag.examples = evidence.Examples(article, n);
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
  }
  return "reused";
}

std::vector<FlaggedLine> FlagLines(const LineEvidence& evidence) {
  std::vector<std::vector<FlaggedLine>> rows(evidence.table().num_articles());
  ParallelFor(rows.size(), [&](size_t a) {
    const auto article = static_cast<ArticleId>(a);
    const std::vector<LineReason> reasons = evidence.Judge(article);
    for (size_t n = 0; n < reasons.size(); ++n) {
      auto flag = FlagOf(evidence, article, n, reasons[n]);
      if (flag) rows[a].push_back(std::move(*flag));
    }
  });
  std::vector<FlaggedLine> all;
  for (auto& row : rows) {
    std::ranges::move(row, std::back_inserter(all));
    row = {};
  }
  return all;
}

std::vector<FlaggedLine> FlagRepeatedLines(const LineTable& table,
                                           const TextNames& names,
                                           const BoilerplateOptions& options) {
  return FlagLines(LineEvidence(table, names, options));
}

RemovedLines FindBoilerplateLines(const LineTable& table,
                                  const TextNames& names,
                                  const BoilerplateOptions& options) {
  const LineEvidence evidence(table, names, options);
  std::vector<std::vector<uint32_t>> rows(table.num_articles());
  ParallelFor(rows.size(), [&](size_t a) {
    const std::vector<LineReason> reasons =
        evidence.Judge(static_cast<ArticleId>(a));
    for (size_t n = 0; n < reasons.size(); ++n) {
      if (IsBoilerplate(reasons[n])) {
        rows[a].push_back(table.keys.Row(a)[n].number);
      }
    }
  });
  return RemovedLines(std::move(rows));
}

RemovedLines BoilerplateLines(std::span<const FlaggedLine> flagged,
                              size_t num_articles) {
  std::vector<std::vector<uint32_t>> rows(num_articles);
  for (const FlaggedLine& flag : flagged) {
    if (IsBoilerplate(flag.line_class)) rows[flag.article].push_back(flag.line);
  }
  return RemovedLines(std::move(rows));
}

}  // namespace storyfold
