// Tested by: tests/state/night_lines_test.cc, tests/state/update_test.cc

#include "state/night_lines.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "base/hash.h"
#include "base/seconds.h"
#include "boilerplate/flags.h"
#include "boilerplate/line_evidence.h"

namespace storyfold {
namespace {

// Returns what reads the state of lines. It is run by another thread, so the
// catalogue is asked before.
std::function<absl::StatusOr<LineState>()> ReaderOfLines(
    const StateFiles& files, Database& database) {
  Statement last = database.Prepare(
      "SELECT night, lines_checksum FROM nights WHERE lines_checksum NOT NULL "
      "ORDER BY night DESC LIMIT 1");
  if (!last.Next()) return [] { return LineState(); };
  return [path = files.LinesFile(last.Int(0)),
          checksum = last.Int(1)]() -> absl::StatusOr<LineState> {
    const auto file = MapNamedFile(path, checksum);
    if (!file.ok()) return file.status();
    auto state = LineState::Decode((*file)->bytes());
    return state.ok() ? state : DamagedFile(path, state.status());
  };
}

// Returns the names of the texts that last from night to night: the cluster of
// copies; of a page that only has its template in common with it, its own id.
std::vector<uint64_t> LastingNames(const NightBatch& batch,
                                   const CleanedCopies& found,
                                   std::span<const uint32_t> text_of,
                                   const LastingIds& clusters) {
  std::vector<uint64_t> names;
  for (ArticleId a = 0; a < batch.num_compared; ++a) {
    const bool is_copy = text_of[a] == text_of[found.copies.representative[a]];
    names.push_back(is_copy ? Mix(clusters.ids[a])
                            : HashBytes(batch.articles[text_of[a]].id));
  }
  return names;
}

// Returns the article whose text the name of a cluster meant: the one that
// stood for the others, or the first where it is not looked at.
uint32_t NamedThing(const NightBatch& batch, std::span<const uint32_t> things) {
  for (const uint32_t t : things) {
    if (batch.rows[t].is_representative) return t;
  }
  return things[0];
}

// Returns the names that texts of earlier nights may have in the state and no
// longer have: their clusters became one, or what had a name of its own turned
// out to be a copy.
std::vector<LineState::NewName> NamesThatChanged(
    const NightBatch& batch, const LastingIds& clusters,
    std::span<const uint64_t> names) {
  std::vector<LineState::NewName> changed;
  for (const LastingIds::Move& move : clusters.moves) {
    if (!move.merged) continue;
    changed.push_back({Mix(move.from), names[NamedThing(batch, move.things)]});
  }
  for (ArticleId a = 0; a < batch.num_compared; ++a) {
    // Who stood for others was known by the cluster, and new ones are unknown.
    if (batch.IsNew(a) || batch.rows[a].is_representative) continue;
    const uint64_t own_name = HashBytes(batch.articles[a].id);
    if (own_name != names[a]) changed.push_back({own_name, names[a]});
  }
  return changed;
}

// Returns the numbers of the articles that have another text tonight.
std::vector<uint32_t> ChangedPages(const NightBatch& batch) {
  std::vector<uint32_t> pages;
  for (const ArticleId a : batch.of_tonight) {
    if (batch.IsNew(a)) continue;
    pages.push_back(static_cast<uint32_t>(batch.rows[a].number));
  }
  std::ranges::sort(pages);
  return pages;
}

bool Contains(std::span<const uint32_t> lines, uint32_t line) {
  return std::ranges::find(lines, line) != lines.end();
}

}  // namespace

AsyncResult<absl::StatusOr<LineState>> ReadLinesOfLastNight(
    const StateFiles& files, Database& database) {
  return AsyncResult<absl::StatusOr<LineState>>(ReaderOfLines(files, database));
}

NightLines CountNightLines(LineState before, const PagesOfNight& night,
                           const BoilerplateOptions& options) {
  const auto& [batch, found, clusters, numbers, now] = night;
  const std::vector<uint32_t> text_of = NameTexts(batch.Compared(), found);
  const std::vector<uint64_t> names =
      LastingNames(batch, found, text_of, clusters);
  const auto day = static_cast<uint32_t>(
      std::clamp<int64_t>(now / kSecondsPerDay, 0, 65'535));
  NightLines lines;
  before.RenameTexts(NamesThatChanged(batch, clusters, names));
  before.ForgetPages(ChangedPages(batch));
  lines.late = before.Add({found.table, names, numbers, day}, options);
  const LineEvidence evidence(found.table, {text_of, &before, names}, options);
  const std::vector<FlaggedLine> flags = FlagLines(evidence);
  lines.removed = BoilerplateLines(flags, names.size());
  lines.paragraphs = ParagraphsOfFewTexts(evidence, flags);
  before.Forget(day, {});
  lines.state = std::move(before);
  return lines;
}

void KeepStoryLines(const NightBatch& batch, std::span<const uint32_t> numbers,
                    NightLines& lines, std::span<ArticleRow> after) {
  std::vector<uint32_t> story_of;
  for (const ArticleRow& row : after) story_of.push_back(row.story);
  std::vector<LateLine> kept;
  for (const LinePlace& place : LinesOfOneStory(lines.paragraphs, story_of)) {
    const ArticleId a = place.article;
    kept.push_back({numbers[a], place.line});
    // What an earlier night flagged stays flagged.
    const std::string& before = batch.rows[a].boilerplate;
    if (!batch.HasChanged(a) && Contains(ParseLines(before), place.line)) {
      continue;
    }
    std::vector<uint32_t> flagged = ParseLines(after[a].boilerplate);
    std::erase(flagged, place.line);
    after[a].boilerplate = FormatLines(flagged);
  }
  std::ranges::sort(kept);
  std::erase_if(lines.late, [&](const LateLine& line) {
    return std::ranges::binary_search(kept, line);
  });
}

}  // namespace storyfold
