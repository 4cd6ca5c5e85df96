#include <absl/strings/str_format.h>

#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/output_file.h"
#include "io/records.h"

namespace storyfold {

absl::Status RunStories(const Config& config) {
  Log log(config.quiet, config.log);
  const auto options = LoadPipelineOptions(config);
  if (!options.ok()) return options.status();
  auto crawl = ReadInputs(config, /*keep_records=*/false, log);
  if (!crawl.ok()) return crawl.status();
  SortArticles(*crawl);
  const Folding folding = FoldArticles(
      crawl->articles, *options,
      [&](Stage stage) { log.StageBegan(stage, crawl->articles.size()); });
  OutputFile out = OutputFile::Stdout();
  std::string line;
  for (const Story& story : folding.stories.stories) {
    line.clear();
    AppendStory(*crawl, story, line);
    out.Append(line);
  }
  log.Note(absl::StrFormat("%d stories of %d articles, %d rejected",
                           folding.stories.stories.size(),
                           crawl->articles.size(), crawl->rejected.size()));
  return Finish(*crawl, out);
}

}  // namespace storyfold
