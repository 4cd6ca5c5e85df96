// The command stories: one JSON line a story.
//
// Tested by: tests/cli/stories_test.cc

#include <absl/strings/str_format.h>

#include "base/counted.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/output_file.h"
#include "io/records.h"
#include "io/run_folder.h"

namespace storyfold {

absl::Status RunStories(const Config& config) {
  Log log(config.quiet, config.log);
  auto options = LoadPipelineOptions(config);
  if (!options.ok()) return options.status();
  const absl::Status opened = OpenModel(config, log, *options);
  if (!opened.ok()) return opened;
  auto crawl = ReadInputs(config, /*keep_records=*/false, log);
  if (!crawl.ok()) return crawl.status();
  SortArticles(*crawl);
  const absl::Status attached = AttachVectors(config, log, *crawl);
  if (!attached.ok()) return attached;
  const Folding folding = FoldArticles(crawl->articles, *options,
                                       ShowStages(log, crawl->articles.size()));
  OutputFile out = OutputFile::Stdout();
  std::string line;
  for (const Story& story : folding.stories.stories) {
    line.clear();
    AppendStory(*crawl, story, line);
    out.Append(line);
  }
  NoteVectors(folding.vectors, log);
  const RunCounts counts = CountResults(*crawl, folding);
  log.Note(absl::StrFormat(
      "%s, %s, %d rejected",
      Counted(counts.stories, "story of two or more", "stories of two or more"),
      Counted(counts.lone, "lone article"), counts.rejected));
  return Finish(*crawl, out);
}

}  // namespace storyfold
