// The commands state, pin and report: what a state holds, printed, and what a
// person says of it, handed on.
//
// Tested by: tests/state/state_test.cc

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include "base/counted.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "io/output_file.h"
#include "io/times.h"
#include "storyfold/state.h"
#include "text/printable.h"

namespace storyfold {
namespace {

std::string InfoAsText(const StateInfo& info) {
  return absl::StrFormat(
      "schema      %d\n"
      "nights      %d\n"
      "last night  %s\n"
      "window      %g days\n"
      "settings    --granularity %g --min-similarity %g --max-bucket %d "
      "--min-texts %d\n"
      "words       %s\n"
      "model       %s\n"
      "articles    %d\n"
      "stories     %d, %d of them open\n"
      "clusters    %d of two or more copies\n"
      "pins        %d\n"
      "segments    %d, %.1f MB\n",
      info.schema, info.nights,
      info.clock ? FormatTime(*info.clock) : std::string("none"),
      info.settings.window_days.value_or(0),
      info.settings.granularity.value_or(0),
      info.settings.min_similarity.value_or(0),
      info.settings.max_bucket.value_or(0), info.settings.min_texts.value_or(0),
      info.settings.words ? "its own" : "built in",
      info.settings.model.value_or("").empty()
          ? "none: stories go by words alone"
          : Printable(*info.settings.model),
      info.articles, info.stories, info.open_stories, info.clusters, info.pins,
      info.segments, static_cast<double>(info.segment_bytes) / 1e6);
}

absl::Status RunInfo(const StateConfig& config) {
  const auto info = ReadStateInfo(config.folder);
  return info.ok() ? WriteToStdout(InfoAsText(*info)) : info.status();
}

absl::Status RunVerify(const StateConfig& config, Log& log) {
  const auto problems = VerifyState(config.folder);
  if (!problems.ok()) return problems.status();
  if (problems->empty()) {
    log.Note(config.folder + ": nothing is wrong");
    return absl::OkStatus();
  }
  for (size_t i = 1; i < problems->size(); ++i) PrintError((*problems)[i]);
  return absl::DataLossError((*problems)[0]);
}

absl::Status RunExport(const StateConfig& config) {
  OutputFile out = OutputFile::Stdout();
  const LineWriter write = [&](std::string_view line) { out.Append(line); };
  const absl::Status exported =
      config.exported == "stories"   ? ExportStories(config.folder, write)
      : config.exported == "changes" ? ExportChanges(config.folder, write)
                                     : ExportArticles(config.folder, write);
  const absl::Status closed = out.Close();
  return exported.ok() ? closed : exported;
}

}  // namespace

absl::Status RunState(const Config& config) {
  Log log(config.quiet, config.log);
  const StateConfig& state = config.state;
  switch (state.command) {
    case StateCommand::kInfo:
      return RunInfo(state);
    case StateCommand::kVerify:
      return RunVerify(state, log);
    case StateCommand::kExpire: {
      const auto expired =
          ExpireState(state.folder, {state.older_than_days, state.purge});
      if (!expired.ok()) return expired.status();
      log.Note(absl::StrCat(Counted(*expired, "article"),
                            state.purge ? " deleted" : " set aside"));
      return absl::OkStatus();
    }
    case StateCommand::kCompact: {
      const auto saved = CompactState(state.folder);
      if (!saved.ok()) return saved.status();
      log.Note(absl::StrFormat("%.1f MB of segments saved",
                               static_cast<double>(*saved) / 1e6));
      return absl::OkStatus();
    }
    case StateCommand::kExport:
      return RunExport(state);
    case StateCommand::kPin:
      return PinHeadline(state.folder, state.story, state.headline);
    case StateCommand::kUnpin:
      return config.article_b.empty()
                 ? UnpinHeadline(state.folder, state.story)
                 : UnpinArticles(state.folder, state.story, config.article_b);
  }
  return absl::OkStatus();
}

absl::Status RunPin(const Config& config) {
  const absl::Status pinned = PinArticles(config.state.folder, config.article_a,
                                          config.article_b, config.state.same);
  if (!pinned.ok()) return pinned;
  Log(config.quiet, config.log).Note("the next update follows it");
  return absl::OkStatus();
}

absl::Status RunReport(const Config& config) {
  const auto report = DescribeState(config.state.folder);
  return report.ok() ? WriteToStdout(*report) : report.status();
}

}  // namespace storyfold
