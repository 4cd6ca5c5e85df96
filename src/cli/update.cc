// The command update: one night, what became of it in two lines, and metrics
// for a monitor (night_metrics.h).
//
// All that can fail without the night is tried before it (the words, the place
// of the metrics, the model); what comes after the commit cannot take it back.
//
// Tested by: tests/state/update_test.cc, tests/state/settings_test.cc

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/counted.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/night_metrics.h"
#include "cli/session.h"
#include "storyfold/crawl.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

std::string ResultAsText(const UpdateResult& r, bool dry_run) {
  std::string text = absl::StrFormat(
      "%s = %d new + %d with a new text + %d seen before + %d rejected\n",
      Counted(r.records, "record"), r.fresh, r.changed, r.seen, r.rejected);
  if (r.window_articles == 0) {
    return text + (r.changed_settings.empty()
                       ? "nothing new: the state is as it was"
                       : "nothing new: the stories are as they were");
  }
  absl::StrAppendFormat(
      &text,
      "%s %d, stories and lone articles: %d created, %d grew, %d merged, %d "
      "split, %d closed; %s\n",
      dry_run ? "would be night" : "night", r.night,
      r.Count(StoryEvent::kCreated), r.Count(StoryEvent::kGrew),
      r.Count(StoryEvent::kMerged), r.Count(StoryEvent::kSplit),
      r.Count(StoryEvent::kClosed),
      Counted(r.copies, "of the new articles is a copy",
              "of the new articles are copies"));
  absl::StrAppendFormat(&text, "%s compared, %d stored",
                        Counted(r.window_articles, "article"),
                        r.stored_articles);
  return text;
}

// Returns a line for each setting that was changed: from when on.
std::vector<std::string> SettingsAsLines(const UpdateResult& result,
                                         bool dry_run) {
  std::string when = result.window_articles == 0 ? "from the next night on"
                                                 : "from this night on";
  if (dry_run) when = "would hold " + when;
  std::vector<std::string> lines;
  for (const std::string& change : result.changed_settings) {
    lines.push_back(absl::StrCat(when, ": ", change));
  }
  return lines;
}

// Opens the model of a night: that of the command line, or of the state; in a
// new one that which is installed, if any.
absl::StatusOr<std::shared_ptr<Embedder>> OpenModelOfNight(
    const Config& config, Log& log, UpdateOptions& options) {
  PipelineOptions pipeline;
  const auto of_state = ReadStateModel(config.state.folder);
  if (!of_state.ok()) return of_state.status();
  const absl::Status opened =
      *of_state ? OpenModelOfState(config, **of_state, log, pipeline)
                : OpenModel(config, log, pipeline);
  if (!opened.ok()) return opened;
  if (pipeline.embedder || config.no_model) {
    options.embedder = pipeline.embedder.get();
  }
  return pipeline.embedder;
}

absl::StatusOr<UpdateOptions> OptionsOfNight(const Config& config) {
  UpdateOptions options = {config.state.settings, config.state.dry_run};
  options.now = config.state.now;
  if (config.words_file.empty()) return options;
  auto words = ReadWords(config.words_file);
  if (!words.ok()) return words.status();
  options.settings.words = *std::move(words);
  return options;
}

absl::StatusOr<Crawl> ReadNight(const Config& config, Log& log) {
  Config reading = config;
  reading.read.ids_by_content = true;
  reading.read.may_lack_fields = true;
  reading.read.not_read = config.state.folder;
  auto crawl = ReadWhatIsThere(reading, /*keep_records=*/true, log);
  if (crawl.ok()) SortArticles(*crawl);
  return crawl;
}

void NoteResult(const UpdateResult& result, const UpdateOptions& options,
                Log& log) {
  log.Note(ResultAsText(result, options.dry_run));
  if (options.now && result.window_articles == 0) {
    log.Note("--now is not used: nothing is new");
  }
  for (const std::string& line : SettingsAsLines(result, options.dry_run)) {
    log.Note(line);
  }
  for (const std::string& warning : result.warnings) {
    log.Note("warning: " + warning);
  }
  NoteVectors(result.vectors, log);
  log.Note(absl::StrFormat("%.2f s, %.0f MB of memory at most",
                           log.SecondsSinceStart(),
                           static_cast<double>(PeakMemoryBytes()) / 1e6));
}

// Returns why no article could be read, once the monitor knows.
absl::Status TellNothingRead(const std::string& metrics, const Crawl& crawl,
                             const absl::Status& why) {
  const absl::Status written = WriteUnreadInputs(metrics, crawl.NumUnread());
  if (written.ok()) return why;
  return {why.code(), absl::StrCat(why.message(), "; and ", written.message())};
}

// Returns the error of metrics that came too late to take the night back.
absl::Status MetricsFailed(const absl::Status& status, int64_t night) {
  if (night == 0) return status;  // there was none yet
  return {status.code(),
          absl::StrCat("night ", night,
                       " is stored, its metrics are not: ", status.message())};
}

}  // namespace

absl::Status RunUpdate(const Config& config) {
  Log log(config.quiet, config.log);
  const std::string& metrics = config.state.metrics_file;
  const bool has_metrics = !metrics.empty() && !config.state.dry_run;
  auto options = OptionsOfNight(config);
  if (!options.ok()) return options.status();
  if (has_metrics) {
    // After the night is committed it would be too late.
    const absl::Status writable = CheckMetricsWritable(metrics);
    if (!writable.ok()) return writable;
  }
  const auto embedder = OpenModelOfNight(config, log, *options);
  if (!embedder.ok()) return embedder.status();
  const auto crawl = ReadNight(config, log);
  if (!crawl.ok()) return crawl.status();
  const absl::Status some_read = CheckSomeRead(config, *crawl);
  if (!some_read.ok()) {
    return has_metrics ? TellNothingRead(metrics, *crawl, some_read)
                       : some_read;
  }
  const auto result = UpdateState(
      config.state.folder, *crawl, *options,
      [&](Stage stage) { log.StageBegan(stage, crawl->articles.size()); });
  log.EndProgress();
  if (!result.ok()) return result.status();
  NoteResult(*result, *options, log);
  if (has_metrics) {
    const absl::Status written =
        WriteNightMetrics(metrics, *crawl, *result, log.SecondsSinceStart());
    if (!written.ok()) return MetricsFailed(written, result->night);
  } else if (!metrics.empty()) {
    log.Note("no metrics are written of a dry run");
  }
  return CheckAllRead(*crawl);
}

}  // namespace storyfold
