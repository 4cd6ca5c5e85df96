// What explains a folding is not stored: it is made again from the records and
// options of an earlier run, or from the articles of a state.
//
// Tested by: tests/cli/explain_test.cc, tests/state/state_test.cc

#include "cli/compare_again.h"

#include <string>
#include <utility>

#include "cli/session.h"
#include "io/run_folder.h"
#include "state/settings.h"

namespace storyfold {

absl::StatusOr<EarlierRun> ReadEarlierRun(const Config& config, Log& log) {
  const auto settings = ReadRunSettings(config.from);
  if (!settings.ok()) return settings.status();
  auto of_run = ParseSettings(*settings);
  if (!of_run.ok()) return of_run.status();
  auto options = LoadPipelineOptions(*of_run);
  if (!options.ok()) return options.status();
  const absl::Status opened = OpenModel(*of_run, log, *options);
  if (!opened.ok()) return opened;
  of_run->inputs = {config.from + "/articles.jsonl"};
  of_run->read.texts = config.read.texts;
  auto crawl = ReadInputs(*of_run, /*keep_records=*/false, log);
  if (!crawl.ok()) return crawl.status();
  SortArticles(*crawl);
  const absl::Status attached = AttachVectors(*of_run, log, *crawl);
  if (!attached.ok()) return attached;
  return EarlierRun{*std::move(crawl), *std::move(options)};
}

ExplainedFolding CompareAgain(const EarlierRun& run, Log& log) {
  ExplainedFolding evidence =
      FoldAndKeepEvidence(run.crawl.articles, run.options,
                          ShowStages(log, run.crawl.articles.size()));
  log.EndProgress();
  return evidence;
}

absl::StatusOr<ExplainedFolding> CompareAgain(const Config& config,
                                              StoredEvidence& stored,
                                              Log& log) {
  const absl::Status opened =
      OpenModelOfState(config, stored.model, log, stored.options);
  if (!opened.ok()) return opened;
  if (!config.no_model) {
    const absl::Status same =
        CheckModel(stored.model, stored.options.embedder.get());
    if (!same.ok()) return same;
  }
  const std::vector<Article>& articles = stored.window.articles;
  ExplainedFolding evidence = FoldAndKeepEvidence(
      articles, stored.options,
      [&](Stage stage) { log.StageBegan(stage, articles.size()); },
      {stored.earlier, stored.pinned});
  log.EndProgress();
  return evidence;
}

}  // namespace storyfold
