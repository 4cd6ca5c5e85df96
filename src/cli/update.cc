// The command update: one night, what became of it in two lines, and metrics
// for a monitor.
//
// All that can fail without the night is tried before it (the words, the place
// of the metrics, the model); what comes after the commit cannot take it back.
//
// Tested by: tests/state/update_test.cc, tests/state/settings_test.cc

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <array>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "base/counted.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/output_file.h"
#include "storyfold/crawl.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

constexpr std::array kEvents = {StoryEvent::kCreated, StoryEvent::kGrew,
                                StoryEvent::kMerged,  StoryEvent::kSplit,
                                StoryEvent::kClosed,  StoryEvent::kUpdated};

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

constexpr std::string_view kStdout = "-";

// Writes metrics in the text format of Prometheus.
class MetricsWriter {
 public:
  void Add(const char* name, const char* help, double value,
           const std::string& labels = "") {
    if (name != last_) {
      absl::StrAppend(&text_, "# HELP storyfold_", name, " ", help,
                      "\n# TYPE storyfold_", name, " gauge\n");
    }
    last_ = name;
    absl::StrAppend(&text_, "storyfold_", name, labels, " ",
                    absl::StrFormat("%.15g", value), "\n");
  }

  absl::Status Write(const std::string& path) const {
    if (path == kStdout) return WriteToStdout(text_);
    OutputFile file(path);
    file.Append(text_);
    const absl::Status closed = file.Close();
    return closed.ok() ? file.Commit() : closed;
  }

 private:
  std::string text_;
  const char* last_ = nullptr;
};

absl::Status WriteMetrics(const std::string& path, const Crawl& crawl,
                          const UpdateResult& result, double seconds) {
  constexpr const char* kRecords = "records";
  constexpr const char* kRecordsHelp =
      "Records of the last crawl by what they were.";
  constexpr const char* kStories = "story_changes";
  MetricsWriter metrics;
  const auto count = [](size_t n) { return static_cast<double>(n); };
  metrics.Add(kRecords, kRecordsHelp, count(result.fresh), "{kind=\"new\"}");
  metrics.Add(kRecords, kRecordsHelp, count(result.changed),
              "{kind=\"changed\"}");
  metrics.Add(kRecords, kRecordsHelp, count(result.seen), "{kind=\"seen\"}");
  metrics.Add(kRecords, kRecordsHelp, count(result.rejected),
              "{kind=\"rejected\"}");
  metrics.Add("unread_inputs",
              "Inputs of the last crawl that were not read to the end.",
              count(crawl.NumUnread()));
  metrics.Add("empty_articles",
              "Articles of the last crawl with neither title nor text.",
              count(crawl.empty_articles));
  for (const StoryEvent event : kEvents) {
    metrics.Add(
        kStories, "Stories by what became of them in the last night.",
        count(result.Count(event)),
        absl::StrCat("{event=\"", std::string(StoryEventName(event)), "\"}"));
  }
  metrics.Add("copies", "New articles that are copies.", count(result.copies));
  metrics.Add("night", "Nights with news so far.",
              static_cast<double>(result.night));
  metrics.Add("warnings", "Warnings of the last update.",
              count(result.warnings.size()));
  metrics.Add("stored_articles", "Articles in the state.",
              count(result.stored_articles));
  metrics.Add("window_articles", "Articles compared in the last night.",
              count(result.window_articles));
  metrics.Add("update_seconds", "Duration of the last update.", seconds);
  metrics.Add("peak_memory_bytes", "Most memory the last update held.",
              count(PeakMemoryBytes()));
  metrics.Add("last_success_timestamp_seconds", "End of the last update.",
              static_cast<double>(std::time(nullptr)));
  return metrics.Write(path);
}

// Returns the error that writing a file would end with, as far as can be known
// before.
absl::Status CheckWritable(const std::string& path) {
  if (path == kStdout) return absl::OkStatus();
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": is a folder"));
  }
  // A pipe would wait for its reader.
  if (std::filesystem::exists(path, error) &&
      !std::filesystem::is_regular_file(path, error)) {
    return absl::OkStatus();
  }
  return OutputFile(path).Close();
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
  auto crawl = ReadInputs(reading, /*keep_records=*/true, log);
  if (crawl.ok()) SortArticles(*crawl);
  return crawl;
}

void NoteResult(const UpdateResult& result, bool dry_run, Log& log) {
  log.Note(ResultAsText(result, dry_run));
  for (const std::string& line : SettingsAsLines(result, dry_run)) {
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

}  // namespace

absl::Status RunUpdate(const Config& config) {
  Log log(config.quiet, config.log);
  const std::string& metrics = config.state.metrics_file;
  const bool has_metrics = !metrics.empty() && !config.state.dry_run;
  auto options = OptionsOfNight(config);
  if (!options.ok()) return options.status();
  if (has_metrics) {
    // After the night is committed it would be too late.
    const absl::Status writable = CheckWritable(metrics);
    if (!writable.ok()) return writable;
  }
  const auto embedder = OpenModelOfNight(config, log, *options);
  if (!embedder.ok()) return embedder.status();
  const auto crawl = ReadNight(config, log);
  if (!crawl.ok()) return crawl.status();
  const auto result = UpdateState(
      config.state.folder, *crawl, *options,
      [&](Stage stage) { log.StageBegan(stage, crawl->articles.size()); });
  log.EndProgress();
  if (!result.ok()) return result.status();
  NoteResult(*result, options->dry_run, log);
  if (has_metrics) {
    const absl::Status written =
        WriteMetrics(metrics, *crawl, *result, log.SecondsSinceStart());
    if (!written.ok()) return written;
  } else if (!metrics.empty()) {
    log.Note("no metrics are written of a dry run");
  }
  return CheckAllRead(*crawl);
}

}  // namespace storyfold
