// The command boilerplate: flagged lines, or the records without them.

#include <absl/strings/str_format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/clean_records.h"
#include "io/output_file.h"
#include "io/records.h"

namespace storyfold {

absl::Status RunBoilerplate(const Config& config) {
  Log log(config.quiet, config.log);
  const auto crawl = ReadInputs(config, config.clean, log);
  if (!crawl.ok()) return crawl.status();
  const std::vector<FlaggedLine> lines =
      FindBoilerplate(crawl->articles, config.pipeline);
  OutputFile out = OutputFile::Stdout();
  if (config.clean) {
    WriteCleanRecords(*crawl, lines, FieldTable(config.read.fields), out);
  } else {
    ForEachFlaggedLine(*crawl, lines,
                       [&](std::string_view line) { out.Append(line); });
  }
  const auto boilerplate = std::ranges::count_if(
      lines, [](const auto& line) { return IsBoilerplate(line.line_class); });
  log.Note(absl::StrFormat("%d boilerplate lines in %d articles, %d rejected",
                           boilerplate, crawl->articles.size(),
                           crawl->rejected.size()));
  return Finish(*crawl, out);
}

}  // namespace storyfold
