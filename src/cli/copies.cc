// The commands that print copies: dedup, pairs, clusters.

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <cmath>

#include "base/counted.h"
#include "base/string_view.h"
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/session.h"
#include "cli/sketch_visitor.h"
#include "duplicates/pairs.h"
#include "io/json_text.h"
#include "io/output_file.h"
#include "io/records.h"
#include "text/printable.h"

namespace storyfold {
namespace {

// The key dedup --mark adds.
std::string MarkOf(const Crawl& crawl, const DuplicateClusters& copies,
                   ArticleId article) {
  std::string value;
  JsonObject json(value);
  AddCopy(crawl, copies, article, json);
  json.Close();
  return value;
}

// Appends an id and a tab. A tab or line end inside of an id would break the
// table: they are written as escapes, and a backslash as two, so that no other
// id looks the same.
void AppendCell(std::string_view id, std::string& row) {
  while (true) {
    const size_t end = id.find('\\');
    AppendPrintable(id.substr(0, end), row);
    if (end == std::string_view::npos) break;
    row += "\\\\";
    id.remove_prefix(end + 1);
  }
  row += '\t';
}

// Appends a share in [0, 1] as printf's %.4f does. A hundred thousand pairs
// are printed faster than they are found this way only.
void AppendShare(double share, std::string& row) {
  constexpr int kUnit = 10'000;
  const auto units = static_cast<int>(std::lround(share * kUnit));
  row += static_cast<char>('0' + units / kUnit);
  row += '.';
  for (int place = kUnit / 10; place > 0; place /= 10) {
    row += static_cast<char>('0' + units / place % 10);
  }
}

// Appends the columns every pair has.
void AppendPair(const Crawl& crawl, const DuplicatePair& pair,
                std::string& row) {
  AppendCell(crawl.articles[pair.a].id, row);
  AppendCell(crawl.articles[pair.b].id, row);
  AppendShare(pair.jaccard, row);
  row += '\t';
  AppendShare(pair.containment, row);
}

void NoteOversize(size_t buckets, Log& log) {
  if (buckets == 0) return;
  log.Note(absl::StrFormat(
      "%s larger than --max-bucket: not all pairs there were looked at",
      Counted(buckets, "group is", "groups are")));
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
      AppendMarkedRecord(crawl->Record(a), MarkOf(*crawl, copies, a), line);
      out.Append(line);
    } else if (!is_copy) {
      out.Append(crawl->Record(a));
      out.Append("\n");
    }
  }
  NoteOversize(copies.oversize_buckets, log);
  log.Note(absl::StrFormat(
      "%s = %d distinct + %s + %d rejected",
      Counted(crawl->NumRecords(), "record"), crawl->articles.size() - folded,
      Counted(folded, "copy", "copies"), crawl->rejected.size()));
  return Finish(*crawl, out);
}

absl::Status RunPairs(const Config& config) {
  Log log(config.quiet, config.log);
  SketchVisitor sketching(SketchUse::kPairs);
  const auto crawl =
      ReadInputs(config, /*keep_records=*/false, log,
                 config.fingerprint_pairs ? nullptr : &sketching);
  if (!crawl.ok()) return crawl.status();
  OutputFile out = OutputFile::Stdout();
  size_t num_pairs = 0;
  std::string row;
  if (config.fingerprint_pairs) {
    const FingerprintPairs found =
        FindFingerprintPairs(crawl->articles, *config.fingerprint_pairs);
    for (const FingerprintPair& pair : found.pairs) {
      row.clear();
      AppendPair(*crawl, pair.texts, row);
      absl::StrAppend(&row, "\t", pair.distance, "\n");
      out.Append(row);
    }
    num_pairs = found.pairs.size();
    NoteOversize(found.oversize_buckets, log);
  } else {
    const DuplicatePairs found = FindDuplicatePairs(
        crawl->articles, {}, sketching.Finish(), config.pipeline.duplicates);
    for (const DuplicatePair& pair : found.pairs) {
      row.clear();
      AppendPair(*crawl, pair, row);
      row += '\n';
      out.Append(row);
    }
    num_pairs = found.pairs.size();
    NoteOversize(found.oversize_buckets, log);
  }
  log.Note(absl::StrFormat(
      "%s among %s, %d rejected", Counted(num_pairs, "pair"),
      Counted(crawl->articles.size(), "article"), crawl->rejected.size()));
  return Finish(*crawl, out);
}

absl::Status RunClusters(const Config& config) {
  Log log(config.quiet, config.log);
  const auto crawl = ReadInputs(config, /*keep_records=*/false, log);
  if (!crawl.ok()) return crawl.status();
  const DuplicateClusters copies = FindCopies(crawl->articles, config.pipeline);
  OutputFile out = OutputFile::Stdout();
  std::string row;
  for (ArticleId a = 0; a < crawl->articles.size(); ++a) {
    row.clear();
    AppendCell(crawl->articles[a].id, row);
    AppendCell(ClusterName(*crawl, copies, a), row);
    AppendShare(double{copies.similarity[a]}, row);
    row += '\n';
    out.Append(row);
  }
  NoteOversize(copies.oversize_buckets, log);
  return Finish(*crawl, out);
}

}  // namespace storyfold
