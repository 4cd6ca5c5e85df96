// Tested by: tests/state/night_lines_test.cc,
// tests/state/lines_over_nights_test.cc

#include "state/night_lines.h"

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "base/hash.h"
#include "base/runs.h"
#include "base/seconds.h"
#include "boilerplate/flags.h"
#include "boilerplate/line_evidence.h"
#include "boilerplate/line_sightings.h"

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

// Returns the stories of texts of earlier nights, whose names in the state of
// lines are given. A name is a hash of the text's cluster (LastingNames): all
// clusters there are are tried, 5 ms a million. Pages that have a name of their
// own are not found.
StoriesOfTexts FindStoriesOfTexts(std::span<const uint32_t> names,
                                  const IdsOfNight& ids,
                                  std::span<const ArticleRow> after,
                                  Database& database) {
  StoriesOfTexts found;
  if (names.empty()) return found;
  const absl::flat_hash_set<uint32_t> wanted(names.begin(), names.end());
  absl::flat_hash_map<uint32_t, uint32_t> story_now;  // of clusters
  for (const ArticleRow& row : after) story_now.emplace(row.cluster, row.story);
  absl::flat_hash_map<uint32_t, uint32_t> lives_in;
  for (const LastingIds::Move& move : ids.stories.moves) {
    if (move.merged) lives_in.emplace(move.from, move.to);
  }
  Statement story_before =
      database.Prepare("SELECT story FROM articles WHERE cluster = ? LIMIT 1");
  for (uint32_t cluster = 1; cluster < ids.clusters.next_id; ++cluster) {
    const uint32_t name = ShortName(Mix(cluster));
    if (!wanted.contains(name)) continue;
    if (const auto now = story_now.find(cluster); now != story_now.end()) {
      found.emplace(name, now->second);
      continue;
    }
    story_before.With(cluster);
    if (!story_before.Next()) continue;
    const auto story = static_cast<uint32_t>(story_before.Int(0));
    const auto merged = lives_in.find(story);
    found.emplace(name, merged == lives_in.end() ? story : merged->second);
  }
  return found;
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
  if (options.stories) {
    lines.paragraphs = FindRepeatedParagraphs(evidence, flags);
  }
  before.Forget(day, {});
  lines.state = std::move(before);
  return lines;
}

RemovedLines WithEarlierFlags(const NightBatch& batch,
                              const RemovedLines& removed) {
  std::vector<std::vector<uint32_t>> rows;
  for (ArticleId a = 0; a < batch.size(); ++a) {
    const auto now = removed.Of(a);
    std::vector<uint32_t>& lines = rows.emplace_back(now.begin(), now.end());
    if (batch.in_crawl[a] != NightBatch::kStored) continue;
    for (const uint32_t line : ParseLines(batch.rows[a].boilerplate)) {
      lines.push_back(line);
    }
    std::ranges::sort(lines);
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  }
  return RemovedLines(rows);
}

void TakeBackStoryLines(const IdsOfNight& ids, Database& database,
                        NightLines& lines, std::span<ArticleRow> after) {
  std::vector<uint32_t> story_of;
  for (const ArticleRow& row : after) story_of.push_back(row.story);
  const std::vector<LinePlace> places =
      LinesOfOneStory(lines.paragraphs, story_of,
                      FindStoriesOfTexts(lines.paragraphs.earlier.values, ids,
                                         after, database));
  const auto are_of_one_page = [](const LinePlace& a, const LinePlace& b) {
    return a.article == b.article;
  };
  std::vector<LateLine> stay;
  for (const auto page : CutIntoRuns(std::span(places), are_of_one_page)) {
    ArticleRow& row = after[page[0].article];
    std::vector<uint32_t> flagged = ParseLines(row.boilerplate);
    std::erase_if(flagged, [&](uint32_t line) {
      return std::ranges::binary_search(page, line, {}, &LinePlace::line);
    });
    row.boilerplate = FormatLines(flagged);
    for (const LinePlace& place : page) {
      stay.push_back({ids.numbers[place.article], place.line});
    }
  }
  std::ranges::sort(stay);
  std::erase_if(lines.late, [&](const LateLine& line) {
    return std::ranges::binary_search(stay, line);
  });
}

}  // namespace storyfold
