// What explains a folding is not stored: it is made again from the records and
// options of an earlier run, or from the articles of a state.
//
// Tested by: tests/cli/explain_test.cc, tests/state/state_test.cc

#include "cli/compare_again.h"

#include <absl/strings/str_cat.h>

#include <string>
#include <utility>

#include "cli/session.h"
#include "io/run_folder.h"
#include "state/settings.h"

namespace storyfold {
namespace {

// Opens the model that a run went by, if any; another one or none where the
// command line says so. Errors: it is not the run's.
absl::Status OpenModelOfRun(const Config& config, const Config& of_run,
                            const std::string& model, Log& log,
                            PipelineOptions& options) {
  if (of_run.HasVectors() && !config.model.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the run in ", config.from, " went by vectors of its own, no model"));
  }
  if (of_run.HasVectors() || config.no_model) return absl::OkStatus();
  if (model.empty() && config.model.empty()) return absl::OkStatus();
  Config choice = of_run;
  choice.no_model = false;
  if (!config.model.empty()) choice.model = config.model;
  if (!config.vector_cache.empty()) choice.vector_cache = config.vector_cache;
  const absl::Status opened = OpenModel(choice, log, options);
  if (!opened.ok()) return opened;
  const std::string given = options.embedder == nullptr
                                ? ""
                                : options.embedder->info().NameAndVersion();
  if (given == model) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "the run in ", config.from, " went by ",
      model.empty() ? "words alone" : absl::StrCat("the model ", model),
      given.empty() ? ", and no model is installed: --model names its folder"
                    : absl::StrCat(", not by ", given),
      "; --no-model explains by words alone"));
}

}  // namespace

absl::StatusOr<EarlierRun> ReadEarlierRun(const Config& config, Log& log) {
  const auto settings = ReadRunSettings(config.from);
  if (!settings.ok()) return settings.status();
  auto of_run = ParseSettings(settings->options);
  if (!of_run.ok()) return of_run.status();
  auto options = LoadPipelineOptions(*of_run);
  if (!options.ok()) return options.status();
  const absl::Status opened =
      OpenModelOfRun(config, *of_run, settings->vectors, log, *options);
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

absl::StatusOr<ExplainedFolding> CompareAgain(const EarlierRun& run, Log& log) {
  ExplainedFolding evidence =
      FoldAndKeepEvidence(run.crawl.articles, run.options,
                          ShowStages(log, run.crawl.articles.size()));
  log.EndProgress();
  const absl::Status unchanged = run.crawl.CheckUnchanged();
  if (!unchanged.ok()) return unchanged;
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
