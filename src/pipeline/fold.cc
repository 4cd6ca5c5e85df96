// The table of contents of the tool: which pass follows which. It lists the
// passes and computes nothing.

#include "pipeline/fold.h"

#include <chrono>
#include <utility>

#include "boilerplate/flags.h"
#include "duplicates/pairs.h"
#include "sketch/sketch.h"
#include "stories/background.h"
#include "stories/describe.h"

namespace storyfold {
namespace {

// Runs passes one after the other, noting how long each took.
class StageClock {
 public:
  StageClock(StageListener on_stage, std::vector<StageTime>& times)
      : on_stage_(std::move(on_stage)), times_(times) {}

  template <typename Pass>
  auto Run(Stage stage, const Pass& pass) {
    if (on_stage_) on_stage_(stage);
    const auto start = std::chrono::steady_clock::now();
    auto result = pass();
    const std::chrono::duration<double> seconds =
        std::chrono::steady_clock::now() - start;
    times_.push_back({stage, seconds.count()});
    return result;
  }

 private:
  StageListener on_stage_;
  std::vector<StageTime>& times_;
};

// What is known of the copies and lines of a batch.
struct CleanedCopies {
  DuplicateClusters copies;
  std::vector<FlaggedLine> lines;
  RemovedLines removed;
};

CleanedCopies FindCopiesAndLines(std::span<const Article> articles,
                                 const PipelineOptions& options,
                                 StageClock& clock) {
  CleanedCopies found;
  std::vector<Sketch> sketches =
      clock.Run(Stage::kSketch, [&] { return SketchArticles(articles, {}); });
  const LineTable table =
      clock.Run(Stage::kLines, [&] { return ReadLines(articles); });
  const RemovedLines at_first = clock.Run(Stage::kFirstBoilerplate, [&] {
    return BoilerplateLines(
        FlagRepeatedLines(table, EqualTexts(sketches), options.boilerplate),
        articles.size());
  });
  found.copies = clock.Run(Stage::kDuplicates, [&] {
    RefreshSketches(articles, at_first, sketches);
    return ClusterDuplicates(articles, at_first, sketches, options.duplicates);
  });
  found.lines = clock.Run(Stage::kBoilerplate, [&] {
    return FlagRepeatedLines(table, found.copies.representative,
                             options.boilerplate);
  });
  found.removed = BoilerplateLines(found.lines, articles.size());
  return found;
}

}  // namespace

std::string_view StageName(Stage stage) {
  switch (stage) {
    case Stage::kSketch:
      return "sketch";
    case Stage::kLines:
      return "lines";
    case Stage::kFirstBoilerplate:
      return "first boilerplate";
    case Stage::kDuplicates:
      return "copies";
    case Stage::kBoilerplate:
      return "boilerplate";
    case Stage::kStories:
      return "stories";
    case Stage::kDescription:
      return "headlines";
  }
  return "";
}

absl::Status Validate(const PipelineOptions& options) {
  for (const absl::Status& status :
       {Validate(options.duplicates), Validate(options.boilerplate),
        Validate(options.stories)}) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

ExplainedFolding FoldAndKeepEvidence(std::span<const Article> articles,
                                     const PipelineOptions& options,
                                     const StageListener& on_stage) {
  ExplainedFolding result;
  Folding& folding = result.folding;
  StageClock clock(on_stage, folding.times);
  CleanedCopies found = FindCopiesAndLines(articles, options, clock);
  result.model = clock.Run(Stage::kStories, [&] {
    return ClusterStories(articles, found.removed, found.copies.representative,
                          options.stories);
  });
  folding.stories = clock.Run(Stage::kDescription, [&] {
    return DescribeStories(articles, result.model);
  });
  folding.copies = std::move(found.copies);
  folding.lines = std::move(found.lines);
  result.removed = std::move(found.removed);
  return result;
}

Folding FoldArticles(std::span<const Article> articles,
                     const PipelineOptions& options,
                     const StageListener& on_stage) {
  return FoldAndKeepEvidence(articles, options, on_stage).folding;
}

DuplicatePairs FindPairs(std::span<const Article> articles,
                         const DuplicateOptions& options) {
  const std::vector<Sketch> sketches =
      SketchArticles(articles, {}, SketchUse::kPairs);
  return FindDuplicatePairs(articles, {}, sketches, options);
}

DuplicateClusters FindCopies(std::span<const Article> articles,
                             const PipelineOptions& options) {
  std::vector<StageTime> times;
  StageClock clock(StageListener(), times);
  return FindCopiesAndLines(articles, options, clock).copies;
}

std::vector<WordShare> CountBackground(std::span<const Article> articles,
                                       const PipelineOptions& options,
                                       size_t most) {
  std::vector<StageTime> times;
  StageClock clock(StageListener(), times);
  const CleanedCopies found = FindCopiesAndLines(articles, options, clock);
  std::vector<ArticleId> originals;
  for (ArticleId a = 0; a < articles.size(); ++a) {
    if (found.copies.representative[a] == a) originals.push_back(a);
  }
  return CountWords(articles, originals, found.removed, most);
}

std::vector<FlaggedLine> FindBoilerplate(std::span<const Article> articles,
                                         const PipelineOptions& options) {
  std::vector<StageTime> times;
  StageClock clock(StageListener(), times);
  return FindCopiesAndLines(articles, options, clock).lines;
}

}  // namespace storyfold
