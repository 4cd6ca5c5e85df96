// The commands that print copies: dedup, pairs, clusters.

#include <absl/strings/str_format.h>

#include "base/string_view.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "io/json_text.h"
#include "io/output_file.h"
#include "io/records.h"

namespace storyfold {
namespace {

// The key dedup --mark adds.
std::string MarkOf(const Crawl& crawl, const DuplicateClusters& copies,
                   ArticleId article) {
  std::string value;
  JsonObject json(value);
  const std::string_view cluster = ClusterName(crawl, copies, article);
  json.Add("cluster", cluster);
  if (copies.representative[article] == article) {
    json.AddNull("duplicate_of");
  } else {
    json.Add("duplicate_of", cluster);
  }
  json.Add("similarity", double{copies.similarity[article]});
  json.Close();
  return value;
}

// A tab or line end inside of an id would break the table.
std::string TableCell(std::string_view id) {
  std::string cell(id);
  for (char& c : cell) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return cell;
}

// The columns every pair has.
std::string PairCells(const Crawl& crawl, const DuplicatePair& pair) {
  return absl::StrFormat(
      "%s\t%s\t%.4f\t%.4f", TableCell(crawl.articles[pair.a].id),
      TableCell(crawl.articles[pair.b].id), pair.jaccard, pair.containment);
}

void NoteOversize(size_t buckets, Log& log) {
  if (buckets == 0) return;
  log.Note(absl::StrFormat(
      "%d groups are larger than --max-bucket: not all of their pairs were "
      "looked at",
      buckets));
}

}  // namespace

absl::Status RunDedup(const Config& config) {
  Log log(config.quiet, config.log);
  const auto crawl = ReadInputs(config, /*keep_records=*/true, log);
  if (!crawl.ok()) return crawl.status();
  const DuplicateClusters copies = FindCopies(crawl->articles, config.pipeline);
  OutputFile out = OutputFile::Stdout();
  size_t folded = 0;
  std::string line;
  for (ArticleId a = 0; a < crawl->articles.size(); ++a) {
    const bool is_copy = copies.representative[a] != a;
    folded += is_copy;
    if (config.mark) {
      line.clear();
      AppendMarkedRecord(crawl->records[a], MarkOf(*crawl, copies, a), line);
      out.Append(line);
    } else if (!is_copy) {
      out.Append(crawl->records[a]);
      out.Append("\n");
    }
  }
  NoteOversize(copies.oversize_buckets, log);
  log.Note(absl::StrFormat("%d records = %d distinct + %d copies + %d rejected",
                           crawl->NumRecords(), crawl->articles.size() - folded,
                           folded, crawl->rejected.size()));
  return out.Close();
}

absl::Status RunPairs(const Config& config) {
  Log log(config.quiet, config.log);
  const auto crawl = ReadInputs(config, /*keep_records=*/false, log);
  if (!crawl.ok()) return crawl.status();
  OutputFile out = OutputFile::Stdout();
  size_t num_pairs = 0;
  if (config.fingerprint_pairs) {
    const FingerprintPairs found =
        FindFingerprintPairs(crawl->articles, *config.fingerprint_pairs);
    for (const FingerprintPair& pair : found.pairs) {
      out.Append(absl::StrFormat("%s\t%d\n", PairCells(*crawl, pair.texts),
                                 pair.distance));
    }
    num_pairs = found.pairs.size();
    NoteOversize(found.oversize_buckets, log);
  } else {
    const DuplicatePairs found =
        FindPairs(crawl->articles, config.pipeline.duplicates);
    for (const DuplicatePair& pair : found.pairs) {
      out.Append(PairCells(*crawl, pair) + "\n");
    }
    num_pairs = found.pairs.size();
    NoteOversize(found.oversize_buckets, log);
  }
  log.Note(absl::StrFormat("%d pairs among %d articles, %d rejected", num_pairs,
                           crawl->articles.size(), crawl->rejected.size()));
  return out.Close();
}

absl::Status RunClusters(const Config& config) {
  Log log(config.quiet, config.log);
  const auto crawl = ReadInputs(config, /*keep_records=*/false, log);
  if (!crawl.ok()) return crawl.status();
  const DuplicateClusters copies = FindCopies(crawl->articles, config.pipeline);
  OutputFile out = OutputFile::Stdout();
  for (ArticleId a = 0; a < crawl->articles.size(); ++a) {
    out.Append(absl::StrFormat("%s\t%s\t%.4f\n",
                               TableCell(crawl->articles[a].id),
                               TableCell(ClusterName(*crawl, copies, a)),
                               double{copies.similarity[a]}));
  }
  NoteOversize(copies.oversize_buckets, log);
  return out.Close();
}

}  // namespace storyfold
