// The command boilerplate: flagged lines, the records without them, what each
// source prints, or why one line is flagged.

#include <absl/strings/str_format.h>

#include <algorithm>

#include "base/counted.h"
#include "cli/commands.h"
#include "cli/explain_line.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/clean_records.h"
#include "io/output_file.h"
#include "io/records.h"

namespace storyfold {
namespace {

void WriteLines(const Config& config, const PipelineOptions& options,
                const Crawl& crawl, Log& log, OutputFile& out) {
  const std::vector<FlaggedLine> lines =
      FindBoilerplate(crawl.articles, options);
  if (config.clean) {
    WriteCleanRecords(crawl, lines, FieldTable(config.read.fields), out);
  } else {
    ForEachFlaggedLine(crawl, lines,
                       [&](std::string_view line) { out.Append(line); });
  }
  const auto boilerplate = std::ranges::count_if(
      lines, [](const auto& line) { return IsBoilerplate(line.line_class); });
  log.Note(absl::StrFormat(
      "%s in %s, %d rejected",
      Counted(static_cast<uint64_t>(boilerplate), "boilerplate line"),
      Counted(crawl.articles.size(), "article"), crawl.rejected.size()));
}

}  // namespace

absl::Status RunBoilerplate(const Config& config) {
  Log log(config.quiet, config.log);
  const auto crawl = ReadInputs(config, config.clean, log);
  if (!crawl.ok()) return crawl.status();
  PipelineOptions options = config.pipeline;
  options.boilerplate.stories = !config.no_stories;
  OutputFile out = OutputFile::Stdout();
  if (!config.explain_line.empty()) {
    const auto why = ExplainLine(*crawl, options, config.explain_line);
    if (!why.ok()) return why.status();
    out.Append(*why);
  } else if (config.source_report) {
    for (const SourceReport& report : ReportSources(crawl->articles, options)) {
      std::string line;
      AppendSourceReport(*crawl, report, line);
      out.Append(line);
    }
  } else {
    WriteLines(config, options, *crawl, log, out);
  }
  return Finish(*crawl, out);
}

}  // namespace storyfold
