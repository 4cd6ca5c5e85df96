// A third of the boilerplate stands on one page only, and no count finds it:
// "Photo: A. Arden", "Tweet this", "By our correspondent in Dunmere". It looks
// like boilerplate and stands where boilerplate stands. A logistic model over
// some fifty features says how sure that is; benchmarks/train_boilerplate fits
// it, and writes its weights into learned_weights.h.
//
// To take away a caption in error costs less than a paragraph, so the odds must
// be greater for a long line: at least one for each 60 characters.
//
// Measured on 651 extracted pages of 47 sites, each site judged by a model of
// the others: see learned_weights.h.
//
// Tested by: tests/boilerplate/learned_lines_test.cc

#include "boilerplate/learned_lines.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/threads.h"
#include "boilerplate/learned_weights.h"
#include "boilerplate/page_judge.h"

namespace storyfold {
namespace {

constexpr double kLeastProbability = 0.42;
constexpr double kCharactersAtEvenOdds = 60;

size_t NumCharacters(std::string_view bytes) {
  return static_cast<size_t>(
      std::ranges::count_if(bytes, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool IsLearned(double probability, std::string_view line) {
  return probability > kLeastProbability &&
         probability / (1 - probability) >
             static_cast<double>(NumCharacters(line)) / kCharactersAtEvenOdds;
}

}  // namespace

double LearnedProbability(const LineFeatures& features) {
  double sum = 0;
  for (size_t f = 0; f < features.size(); ++f) {
    sum += static_cast<double>(features[f]) * kLearnedWeights[f];
  }
  return 1 / (1 + std::exp(-sum));
}

std::vector<FlaggedLine> AddLearnedLines(std::span<const Article> articles,
                                         std::span<const uint32_t> text_of,
                                         const LineEvidence& evidence,
                                         std::vector<FlaggedLine> flags) {
  const LineFeatureReader reader(articles, text_of, evidence);
  std::vector<std::vector<FlaggedLine>> learned(articles.size());
  ParallelForWithScratch<ArticleAnalyzer>(
      articles.size(), [&](size_t a, ArticleAnalyzer& analyzer) {
        const auto article = static_cast<ArticleId>(a);
        const auto reasons = JudgePage(evidence, article);
        const auto features = reader.Read(article, reasons, analyzer);
        const auto keys = evidence.table().keys.Row(a);
        size_t begin = 0;
        uint32_t number = 1;
        for (size_t n = 0; n < keys.size(); ++n) {
          for (; number < keys[n].number; ++number) {
            begin = analyzer.text().find('\n', begin) + 1;
          }
          const std::string_view line = analyzer.text().substr(
              begin, analyzer.text().find('\n', begin) - begin);
          if (IsBoilerplate(reasons[n]) ||
              reasons[n] == LineReason::kOwnTitle ||
              !IsLearned(LearnedProbability(features[n]), line)) {
            continue;
          }
          learned[a].push_back({article, keys[n].number, LineClass::kLearned,
                                evidence.Count(article, n).texts_of_source,
                                evidence.Examples(article, n)});
        }
      });
  // Where a line has both, a quote or wire copy by its count, the count rules.
  const auto place = [](const FlaggedLine& flag) {
    return std::pair(flag.article, flag.line);
  };
  for (auto& row : learned) std::ranges::move(row, std::back_inserter(flags));
  std::ranges::stable_sort(flags, {}, place);
  const auto repeated = std::ranges::unique(flags, {}, place);
  flags.erase(repeated.begin(), repeated.end());
  return flags;
}

}  // namespace storyfold
