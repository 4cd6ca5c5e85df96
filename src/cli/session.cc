#include "cli/session.h"

#include <absl/strings/str_cat.h>

namespace storyfold {

absl::StatusOr<Crawl> ReadInputs(const Config& config, bool keep_records,
                                 Log& log, ArticleVisitor* visitor) {
  ReadOptions options = config.read;
  options.keep_records = keep_records;
  auto crawl = ReadCrawl(
      config.inputs, options,
      [&](const ReadProgress& progress) { log.ReadProgressed(progress); },
      visitor);
  log.EndProgress();
  if (!crawl.ok()) return crawl;
  log.Rejected(*crawl);
  if (crawl->replaced_bytes > 0) {
    log.Note(absl::StrCat(crawl->replaced_bytes,
                          " invalid UTF-8 sequences were replaced"));
  }
  if (crawl->unreadable_times > 0) {
    log.Note(absl::StrCat(crawl->unreadable_times,
                          " articles have a time that cannot be read"));
  }
  if (crawl->articles.empty() && !crawl->rejected.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("no article could be read; the first reason: ",
                     crawl->rejected[0].Message()));
  }
  return crawl;
}

}  // namespace storyfold
