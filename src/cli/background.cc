// The command background: how common words are in a crawl, for --words.

#include <absl/strings/str_format.h>

#include "base/counted.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/output_file.h"

namespace storyfold {

absl::Status RunBackground(const Config& config) {
  Log log(config.quiet, config.log);
  const auto crawl = ReadInputs(config, /*keep_records=*/false, log);
  if (!crawl.ok()) return crawl.status();
  const std::vector<WordShare> words =
      CountBackground(crawl->articles, config.pipeline, config.num_words);
  OutputFile out = OutputFile::Stdout();
  out.Append(FormatWords(words));
  log.Note(absl::StrFormat(
      "%s of %s, %d rejected", Counted(words.size(), "word"),
      Counted(crawl->articles.size(), "article"), crawl->rejected.size()));
  return Finish(*crawl, out);
}

}  // namespace storyfold
