// The table of contents of the tool: which pass follows which. It lists the
// passes and computes nothing.

#include "pipeline/fold.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "boilerplate/distinct_pages.h"
#include "boilerplate/flags.h"
#include "boilerplate/learned_lines.h"
#include "boilerplate/source_report.h"
#include "boilerplate/story_lines.h"
#include "duplicates/alike.h"
#include "duplicates/pairs.h"
#include "sketch/sketch.h"
#include "stories/article_vectors.h"
#include "stories/background.h"
#include "stories/describe.h"
#include "stories/earlier.h"

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

CleanedCopies FindCleanCopies(std::span<const Article> articles,
                              const PipelineOptions& options,
                              StageClock& clock) {
  CleanedCopies found;
  found.sketches =
      clock.Run(Stage::kSketch, [&] { return SketchArticles(articles, {}); });
  found.table = clock.Run(Stage::kLines, [&] { return ReadLines(articles); });
  found.at_first = clock.Run(Stage::kFirstBoilerplate, [&] {
    // A line of the text that is taken away makes strangers of copies.
    BoilerplateOptions sure = options.boilerplate;
    sure.signs = false;
    const auto alike = GroupAlike(found.sketches, options.duplicates);
    const auto texts = NameDistinctPages(
        {articles, {}, found.sketches, found.table.source_of, alike});
    return FindBoilerplateLines(found.table, {texts}, sure);
  });
  found.copies = clock.Run(Stage::kDuplicates, [&] {
    RefreshSketches(articles, found.at_first, found.sketches);
    return ClusterDuplicates(articles, found.at_first, found.sketches,
                             options.duplicates);
  });
  return found;
}

// The flagged lines of a batch, and those that are asked about once more when
// its stories are known.
struct FoundLines {
  std::vector<FlaggedLine> flags;
  RepeatedParagraphs paragraphs;
};

FoundLines JudgeLines(const LineEvidence& evidence) {
  FoundLines lines;
  lines.flags = FlagLines(evidence);
  if (evidence.options().stories) {
    lines.paragraphs = FindRepeatedParagraphs(evidence, lines.flags);
  }
  return lines;
}

// Counts the lines once more, now over clusters of copies. The sketches, the
// largest part of `found`, have done their work then and are freed.
FoundLines FindLines(std::span<const Article> articles, CleanedCopies& found,
                     const PipelineOptions& options, StageClock& clock) {
  return clock.Run(Stage::kBoilerplate, [&] {
    const std::vector<uint32_t> texts = NameTexts(articles, found);
    found.sketches = std::vector<Sketch>();
    const LineEvidence evidence(found.table, {texts}, options.boilerplate);
    FoundLines lines = JudgeLines(evidence);
    if (options.boilerplate.learned) {
      lines.flags =
          AddLearnedLines(articles, texts, evidence, std::move(lines.flags));
    }
    return lines;
  });
}

// What one story tells again stays.
void KeepStoryLines(const StoryModel& model, FoundLines& lines) {
  std::vector<uint32_t> story_of;
  for (const uint32_t node : model.node_of) {
    story_of.push_back(model.label[node]);
  }
  MarkStoryLines(LinesOfOneStory(lines.paragraphs, story_of), lines.flags);
}

// The same where nobody asks for the stories. Dense vectors are not made for
// it, so of a story in two languages it knows two.
void FindAndKeepStoryLines(std::span<const Article> articles,
                           const DuplicateClusters& copies,
                           const StoryOptions& options, FoundLines& lines) {
  if (lines.paragraphs.places.values.empty()) return;
  const RemovedLines removed = BoilerplateLines(lines.flags, articles.size());
  KeepStoryLines(
      ClusterStories(articles, removed, copies.representative, options), lines);
}

bool HasVectors(std::span<const Article> articles,
                const PipelineOptions& options) {
  return options.embedder != nullptr ||
         std::ranges::any_of(
             articles, [](const Article& a) { return !a.vector.empty(); });
}

}  // namespace

VectorReport ReportVectors(const DenseVectors& dense) {
  VectorReport report;
  report.source = dense.source;
  report.problem = dense.problem;
  report.articles =
      static_cast<size_t>(std::ranges::count(dense.known, char{1}));
  return report;
}

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
    case Stage::kVectors:
      return "vectors";
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

CleanedCopies FindCleanCopies(std::span<const Article> articles,
                              const PipelineOptions& options,
                              const StageListener& on_stage) {
  std::vector<StageTime> times;
  StageClock clock(on_stage, times);
  return FindCleanCopies(articles, options, clock);
}

std::vector<uint32_t> NameTexts(std::span<const Article> articles,
                                const CleanedCopies& found) {
  return NameDistinctPages({articles, found.at_first, found.sketches,
                            found.table.source_of,
                            found.copies.representative});
}

ExplainedFolding FoldAndKeepEvidence(std::span<const Article> articles,
                                     const PipelineOptions& options,
                                     const StageListener& on_stage,
                                     const EarlierStories& earlier) {
  ExplainedFolding result;
  Folding& folding = result.folding;
  StageClock clock(on_stage, folding.times);
  FoundLines lines;
  {
    CleanedCopies found = FindCleanCopies(articles, options, clock);
    lines = FindLines(articles, found, options, clock);
    folding.copies = std::move(found.copies);
  }
  result.removed = BoilerplateLines(lines.flags, articles.size());
  std::vector<ArticleId> representative = folding.copies.representative;
  PartPinnedCopies(earlier.pinned, representative);
  DenseVectors dense;
  if (HasVectors(articles, options)) {
    dense = clock.Run(Stage::kVectors, [&] {
      return CollectVectors(articles, result.removed, representative,
                            options.embedder.get());
    });
  }
  result.model = clock.Run(Stage::kStories, [&] {
    return ClusterStories(articles, result.removed, representative,
                          options.stories, {std::move(dense), earlier});
  });
  KeepStoryLines(result.model, lines);
  folding.lines = std::move(lines.flags);
  folding.vectors = ReportVectors(result.model.dense);
  folding.stories = clock.Run(Stage::kDescription, [&] {
    return DescribeStories(articles, result.model);
  });
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
  return FindCleanCopies(articles, options, clock).copies;
}

std::vector<WordShare> CountBackground(std::span<const Article> articles,
                                       const PipelineOptions& options,
                                       size_t most) {
  std::vector<StageTime> times;
  StageClock clock(StageListener(), times);
  CleanedCopies found = FindCleanCopies(articles, options, clock);
  PipelineOptions lines_alone = options;
  lines_alone.boilerplate.stories = false;
  const RemovedLines removed = BoilerplateLines(
      FindLines(articles, found, lines_alone, clock).flags, articles.size());
  std::vector<ArticleId> originals;
  for (ArticleId a = 0; a < articles.size(); ++a) {
    if (found.copies.representative[a] == a) originals.push_back(a);
  }
  return CountWords(articles, originals, removed, most);
}

std::vector<FlaggedLine> FindBoilerplate(std::span<const Article> articles,
                                         const PipelineOptions& options) {
  std::vector<StageTime> times;
  StageClock clock(StageListener(), times);
  CleanedCopies found = FindCleanCopies(articles, options, clock);
  FoundLines lines = FindLines(articles, found, options, clock);
  found.table = LineTable();
  FindAndKeepStoryLines(articles, found.copies, options.stories, lines);
  return std::move(lines.flags);
}

ExplainedLines FindLineEvidence(std::span<const Article> articles,
                                const PipelineOptions& options) {
  std::vector<StageTime> times;
  StageClock clock(StageListener(), times);
  CleanedCopies found = FindCleanCopies(articles, options, clock);
  ExplainedLines lines;
  lines.text_of = NameTexts(articles, found);
  lines.table = std::make_unique<LineTable>(std::move(found.table));
  lines.evidence = std::make_unique<LineEvidence>(
      *lines.table, TextNames{lines.text_of}, options.boilerplate);
  FoundLines judged = JudgeLines(*lines.evidence);
  FindAndKeepStoryLines(articles, found.copies, options.stories, judged);
  lines.flags = std::move(judged.flags);
  return lines;
}

std::vector<SourceReport> ReportSources(std::span<const Article> articles,
                                        const PipelineOptions& options) {
  const ExplainedLines lines = FindLineEvidence(articles, options);
  return ReportLines(articles, lines.text_of, *lines.evidence, lines.flags);
}

}  // namespace storyfold
