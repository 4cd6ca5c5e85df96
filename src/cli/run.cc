// The command run: everything at once, into a folder that explain can read.
//
// Tested by: tests/cli/run_test.cc

#include <absl/strings/str_format.h>

#include "base/counted.h"
#include "base/threads.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/run_folder.h"
#include "storyfold/version.h"

namespace storyfold {
namespace {

std::string CountsAsText(const RunCounts& c) {
  return absl::StrFormat(
      "%s = %d distinct + %s + %d rejected\n%s, %s, %s\n%s",
      Counted(c.records, "record"), c.distinct,
      Counted(c.copies, "copy", "copies"), c.rejected,
      Counted(c.clusters, "cluster of copies", "clusters of copies"),
      Counted(c.stories, "story of two or more", "stories of two or more"),
      Counted(c.lone, "lone article"),
      Counted(c.boilerplate_lines, "boilerplate line"));
}

std::string TimesAsText(const Crawl& crawl, const Folding& folding,
                        const RunSummary& summary) {
  std::string text = absl::StrFormat("%.2f s: read %.2f", summary.total_seconds,
                                     summary.read_seconds);
  for (const StageTime& time : folding.times) {
    absl::StrAppendFormat(&text, ", %s %.2f",
                          std::string(StageName(time.stage)), time.seconds);
  }
  const double seconds = summary.total_seconds;
  absl::StrAppendFormat(
      &text,
      ", write %.2f\n%.0f articles/s, %.1f MB/s, %.0f MB of memory at most, "
      "%s",
      summary.write_seconds,
      static_cast<double>(crawl.articles.size()) / seconds,
      static_cast<double>(crawl.num_bytes) / 1e6 / seconds,
      static_cast<double>(summary.peak_memory_bytes) / 1e6,
      Counted(summary.threads, "thread"));
  return text;
}

}  // namespace

absl::Status RunRun(const Config& config) {
  Log log(config.quiet, config.log);
  auto options = LoadPipelineOptions(config);
  if (!options.ok()) return options.status();
  const absl::Status opened = OpenModel(config, log, *options);
  if (!opened.ok()) return opened;
  Config reading = config;
  reading.read.not_read = config.output_folder;
  auto crawl = ReadInputs(reading, /*keep_records=*/true, log);
  if (!crawl.ok()) return crawl.status();
  SortArticles(*crawl);
  const absl::Status attached = AttachVectors(config, log, *crawl);
  if (!attached.ok()) return attached;
  RunSummary summary;
  summary.version = kVersion;
  summary.command = config.command_line;
  summary.options = config.settings;
  summary.threads = MaxThreads();
  summary.read_seconds = log.SecondsSinceStart();

  const Folding folding = FoldArticles(crawl->articles, *options,
                                       ShowStages(log, crawl->articles.size()));
  const double folded_at = log.SecondsSinceStart();
  absl::Status written = WriteRunFolder(config.output_folder, *crawl, folding);
  if (!written.ok()) return written;
  summary.total_seconds = log.SecondsSinceStart();
  summary.write_seconds = summary.total_seconds - folded_at;
  summary.peak_memory_bytes = PeakMemoryBytes();
  written = WriteSummary(config.output_folder, *crawl, folding, summary);
  if (!written.ok()) return written;

  log.Note(CountsAsText(CountResults(*crawl, folding)));
  if (folding.copies.oversize_buckets > 0) {
    log.Note(absl::StrFormat(
        "%s larger than --max-bucket and not compared pair by pair",
        Counted(folding.copies.oversize_buckets, "group of look-alike pages is",
                "groups of look-alike pages are")));
  }
  NoteVectors(folding.vectors, log);
  log.Note(TimesAsText(*crawl, folding, summary));
  log.Note("results in " + config.output_folder);
  return CheckAllRead(*crawl);
}

}  // namespace storyfold
