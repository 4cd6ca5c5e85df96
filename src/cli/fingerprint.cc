// The command fingerprint: what another engine joins on.

#include <absl/strings/str_format.h>

#include <algorithm>

#include "base/counted.h"
#include "base/threads.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/output_file.h"

namespace storyfold {
namespace {

// So many lines are made at a time, which bounds the memory they take.
constexpr size_t kBatch = 10'000;

// Appends the lines of `articles`; returns how many have no words.
size_t WriteFingerprints(std::span<const Article> articles,
                         const Config& config, OutputFile& out) {
  const std::vector<ArticleFingerprint> fingerprints =
      FingerprintArticles(articles, config.pipeline.duplicates);
  std::vector<std::string> lines(articles.size());
  ParallelFor(articles.size(), [&](size_t i) {
    AppendFingerprint(articles[i].id, fingerprints[i],
                      config.fingerprint_fields, lines[i]);
  });
  for (const std::string& line : lines) out.Append(line);
  return static_cast<size_t>(
      std::ranges::count_if(fingerprints, &ArticleFingerprint::empty));
}

}  // namespace

absl::Status RunFingerprint(const Config& config) {
  Log log(config.quiet, config.log);
  const auto crawl = ReadInputs(config, /*keep_records=*/false, log);
  if (!crawl.ok()) return crawl.status();
  OutputFile out = OutputFile::Stdout();
  const std::span<const Article> articles = crawl->articles;
  size_t without_words = 0;
  for (size_t begin = 0; begin < articles.size(); begin += kBatch) {
    const size_t size = std::min(kBatch, articles.size() - begin);
    without_words +=
        WriteFingerprints(articles.subspan(begin, size), config, out);
  }
  log.Note(absl::StrFormat("%s, %d of them without words, %d rejected",
                           Counted(articles.size(), "article"), without_words,
                           crawl->rejected.size()));
  return Finish(*crawl, out);
}

}  // namespace storyfold
