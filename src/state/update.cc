// One night: which pass follows which. The passes are those of a batch, over
// the articles of the window and tonight's; around them stands what makes a
// state of it:
//
//   crawl -> new, changed and known articles
//     -> the window: stored articles that tonight's may belong to
//     -> copies and boilerplate of both together (pipeline/fold.cc)
//     -> copies of articles from before the window, by keys
//     -> stories of both together, earlier decisions favoured a little
//     -> lasting ids, the log of changes
//     -> segments and log written, then everything named in one transaction
//
// Everything that is written follows from the state before and the input, so a
// run that is interrupted and done again ends in the same bytes.
//
// Tested by: tests/state/update_test.cc, tests/state/crash_test.cc

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "io/json_text.h"
#include "pipeline/fold.h"
#include "state/catalogue.h"
#include "state/changes.h"
#include "state/incoming.h"
#include "state/lasting_ids.h"
#include "state/night_batch.h"
#include "state/night_clock.h"
#include "state/night_lines.h"
#include "state/night_writer.h"
#include "state/settings.h"
#include "state/state_folder.h"
#include "state/window.h"
#include "stories/describe.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

constexpr double kSecondsPerDay = 86'400;

// What is needed all along.
struct Night {
  const StateFiles& files;
  Database& database;
  const Crawl& crawl;
  const UpdateOptions& options;
  const StageListener& on_stage;
  WrittenFiles* written;  // none in a dry run
};

// Writes the settings that hold from this night on, and returns the options
// they make.
absl::StatusOr<PipelineOptions> SettleOptions(const Night& night,
                                              UpdateResult& result) {
  const auto before = ReadSettings(night.database);
  if (!before.ok()) return before.status();
  const StateSettings settings = Override(*before, night.options.settings);
  auto options = PipelineOptionsOf(settings);
  if (!options.ok()) return options;
  result.changed_settings =
      WriteSettings(settings, result.night, night.database);
  return options;
}

NightClock ClockOf(const Night& night, const Incoming& incoming) {
  std::vector<int64_t> times;
  const auto add = [&](ArticleId a) {
    const auto time = night.crawl.articles[a].published;
    if (time) times.push_back(*time);
  };
  for (const ArticleId a : incoming.fresh) add(a);
  for (const auto& change : incoming.changed) add(change.article);
  return NightClock(std::move(times), LastClock(night.database));
}

// Returns the stored articles that tonight's are compared with, and tonight's;
// what they point at is kept in `window` and `changed`.
absl::StatusOr<NightBatch> LoadBatch(const Night& night,
                                     const Incoming& incoming,
                                     const NightClock& clock,
                                     int64_t window_begin, Window& window) {
  auto loaded = LoadWindow(night.files, night.database, {window_begin});
  if (!loaded.ok()) return loaded.status();
  window = *std::move(loaded);
  std::vector<int64_t> numbers;
  for (const auto& change : incoming.changed) numbers.push_back(change.number);
  std::ranges::sort(numbers);
  const auto changed = LoadArticles(night.files, night.database, numbers);
  if (!changed.ok()) return changed.status();
  NightBatch batch =
      MakeNightBatch(window, changed->rows, incoming, night.crawl, clock);
  batch.window_begin = window_begin;
  return batch;
}

// The stories of a night, by lasting ids.
struct NightStories {
  ActiveArticles active;
  Stories stories;  // of the active articles
  LastingIds ids;
  uint32_t first_new = 0;
};

NightStories FindStories(const Night& night, const NightBatch& batch,
                         const CleanedCopies& found,
                         const LastingClusters& clusters,
                         const RemovedLines& removed,
                         const StoryOptions& options) {
  NightStories result;
  result.active = ChooseActive(batch, found, clusters, removed, night.database);
  const ActiveArticles& active = result.active;
  if (night.on_stage) night.on_stage(Stage::kStories);
  const StoryModel model = ClusterStories(
      active.articles, active.removed, active.representative, options,
      {.dense = {}, .earlier = {active.earlier, active.pinned}});
  if (night.on_stage) night.on_stage(Stage::kDescription);
  result.stories = DescribeStories(active.articles, model);
  result.first_new = NextId(night.database, "story");
  result.ids =
      KeepIds(active.earlier, result.stories.story_of, result.first_new);
  return result;
}

// Returns the numbers of the articles; those that new ones will get.
std::vector<uint32_t> NumbersOf(const NightBatch& batch, Database& database) {
  uint32_t next = NextId(database, "article");
  std::vector<uint32_t> numbers;
  for (const ArticleRow& row : batch.rows) {
    numbers.push_back(row.number != 0 ? static_cast<uint32_t>(row.number)
                                      : next++);
  }
  return numbers;
}

// A story that merged tonight lives on in another: so do the articles that are
// not looked at again, of before the window or bound to a copy of then.
void FollowMerges(const LastingIds& stories, std::vector<ArticleRow>& rows) {
  std::map<uint32_t, uint32_t> lives_in;
  for (const LastingIds::Move& move : stories.moves) {
    if (move.merged) lives_in.emplace(move.from, move.to);
  }
  for (ArticleRow& row : rows) {
    const auto merged = lives_in.find(row.story);
    if (merged != lives_in.end()) row.story = merged->second;
  }
}

// Returns the rows of the batch as they are after the night.
std::vector<ArticleRow> RowsAfter(const NightBatch& batch,
                                  const CleanedCopies& found,
                                  const LastingClusters& clusters,
                                  const RemovedLines& removed,
                                  const NightStories& stories) {
  std::vector<ArticleRow> rows = batch.rows;
  for (ArticleId a = 0; a < batch.size(); ++a) {
    rows[a].cluster = clusters.ids.ids[a];
    rows[a].similarity = double{found.copies.similarity[a]};
    rows[a].boilerplate = FormatLines(removed.Of(a));
    rows[a].bound = clusters.bound_story[a] != kNoId;
    if (rows[a].bound) rows[a].story = clusters.bound_story[a];
  }
  FollowMerges(stories.ids, rows);
  for (size_t s = 0; s < stories.stories.stories.size(); ++s) {
    const Story& story = stories.stories.stories[s];
    for (size_t k = 0; k < story.articles.size(); ++k) {
      ArticleRow& row = rows[stories.active.in_batch[story.articles[k]]];
      row.story = stories.ids.ids[story.articles[k]];
      row.score = double{story.scores[k]};
      row.bound = false;
    }
  }
  return rows;
}

// Returns what the night did to stories.
std::vector<StoryChange> ChangesOf(const NightBatch& batch,
                                   const NightStories& stories,
                                   std::span<const ArticleRow> after) {
  // Bound articles are part of it: they make stories grow.
  std::vector<std::string> ids;
  std::vector<uint32_t> earlier;
  std::vector<char> changed;
  LastingIds all = stories.ids;
  all.ids.clear();
  std::vector<char> is_tonight(batch.size(), false);
  for (const ArticleId a : batch.of_tonight) is_tonight[a] = true;
  const auto add = [&](ArticleId a) {
    ids.emplace_back(batch.articles[a].id);
    earlier.push_back(batch.rows[a].story);
    changed.push_back(is_tonight[a] && !batch.IsNew(a));
    all.ids.push_back(after[a].story);
  };
  // Moves name the active articles by their places.
  for (const ArticleId a : stories.active.in_batch) add(a);
  std::vector<char> is_active(batch.size(), false);
  for (const ArticleId a : stories.active.in_batch) is_active[a] = true;
  for (const ArticleId a : batch.of_tonight) {
    if (!is_active[a]) add(a);
  }
  return DescribeChanges({ids, earlier, changed, all, stories.first_new});
}

std::vector<NightArticle> ArticlesToStore(const Night& night,
                                          const NightBatch& batch,
                                          const CleanedCopies& found,
                                          std::span<const ArticleRow> after) {
  std::vector<NightArticle> articles;
  for (const ArticleId a : batch.of_tonight) {
    const ArticleId in_crawl = batch.in_crawl[a];
    const Article& article = night.crawl.articles[in_crawl];
    articles.push_back(
        {after[a],
         {article, night.crawl.Record(in_crawl), &found.sketches[a]},
         ContentHash(article)});
  }
  return articles;
}

std::string TermsAsJson(const Story& story) {
  std::string out;
  JsonObject json(out);
  json.AddStrings("terms", story.terms);
  json.Close();
  return out.substr(std::string_view("{\"terms\":").size(),
                    out.size() - std::string_view("{\"terms\":}").size());
}

void WriteStories(const NightStories& stories,
                  std::span<const StoryChange> changes, NightWriter& writer) {
  std::set<uint32_t> touched;
  for (const StoryChange& change : changes) {
    touched.insert(change.story);
    if (change.event == StoryEvent::kSplit) touched.insert(change.other);
  }
  // What was merged is an alias now.
  for (const LastingIds::Move& move : stories.ids.moves) {
    if (move.merged) touched.erase(move.from);
  }
  std::map<uint32_t, const Story*> described;
  for (const Story& story : stories.stories.stories) {
    described.emplace(stories.ids.ids[story.articles[0]], &story);
  }
  for (const uint32_t id : touched) {
    const auto story = described.find(id);
    if (story == described.end()) {
      writer.WriteStory(id, std::nullopt);
    } else {
      writer.WriteStory(id,
                        NightWriter::StoryText{story->second->headline_text,
                                               TermsAsJson(*story->second)});
    }
  }
}

void WriteArticles(const NightBatch& batch, const CleanedCopies& found,
                   std::span<const NightArticle> tonight,
                   std::span<const ArticleRow> after, NightWriter& writer) {
  std::vector<int64_t> number(batch.size());
  for (ArticleId a = 0; a < batch.size(); ++a) number[a] = after[a].number;
  for (size_t k = 0; k < tonight.size(); ++k) {
    number[batch.of_tonight[k]] = tonight[k].row.number;
  }
  for (ArticleId a = 0; a < batch.size(); ++a) {
    if (!batch.IsNew(a)) writer.UpdateArticle(batch.rows[a], after[a]);
    const ArticleId representative = found.copies.representative[a];
    if (representative == a) {
      writer.SetRepresentative(after[a].cluster, number[a]);
    }
  }
}

void WriteLog(const UpdateResult& result, Database& database) {
  database
      .Prepare(
          "INSERT INTO log (night, records, new, changed, seen, rejected) "
          "VALUES (?, ?, ?, ?, ?, ?)")
      .With(result.night, int64_t(result.records), int64_t(result.fresh),
            int64_t(result.changed), int64_t(result.seen),
            int64_t(result.rejected))
      .Run();
}

void AddOtherIds(const Night& night, const Incoming& incoming) {
  Statement add = night.database.Prepare(
      "INSERT OR IGNORE INTO other_ids (id, article) VALUES (?, ?)");
  for (const auto& other : incoming.other_ids) {
    add.With(night.crawl.articles[other.article].id, other.number).Run();
  }
}

// The night where there is something new. Everything is written but not yet
// committed.
absl::Status FoldNight(const Night& night, const Incoming& incoming,
                       UpdateResult& result) {
  ++result.night;
  const auto settled = SettleOptions(night, result);
  if (!settled.ok()) return settled.status();
  const PipelineOptions& options = *settled;
  const NightClock clock = ClockOf(night, incoming);
  const auto window_begin =
      clock.now() - static_cast<int64_t>(std::ceil(options.stories.window_days *
                                                   kSecondsPerDay));
  Window window;
  const auto batch = LoadBatch(night, incoming, clock, window_begin, window);
  if (!batch.ok()) return batch.status();
  const CleanedCopies found =
      FindCleanCopies(batch->articles, options, night.on_stage);
  const auto clusters = KeepClusters(night.files, night.database, *batch, found,
                                     options.duplicates);
  if (!clusters.ok()) return clusters.status();
  if (night.on_stage) night.on_stage(Stage::kBoilerplate);
  const auto lines = CountNightLines(
      night.files, night.database, *batch, found, clusters->ids.ids,
      NumbersOf(*batch, night.database), options.boilerplate, clock.now());
  if (!lines.ok()) return lines.status();
  const NightStories stories = FindStories(night, *batch, found, *clusters,
                                           lines->removed, options.stories);
  const std::vector<ArticleRow> after =
      RowsAfter(*batch, found, *clusters, lines->removed, stories);

  result.window_articles = batch->size();
  result.changes = ChangesOf(*batch, stories, after);
  for (const ArticleId a : batch->of_tonight) {
    result.copies += batch->IsNew(a) && found.copies.representative[a] != a;
  }
  NightWriter writer(night.files, night.database, result.night, night.written);
  std::vector<NightArticle> tonight =
      ArticlesToStore(night, *batch, found, after);
  writer.MergeClusters(clusters->ids);
  writer.MergeStories(stories.ids);
  writer.AddArticles(tonight);
  WriteArticles(*batch, found, tonight, after, writer);
  WriteStories(stories, result.changes, writer);
  for (const uint32_t story : writer.CloseStories(window_begin)) {
    result.changes.push_back({StoryEvent::kClosed, story, kNoId, {}});
  }
  writer.FlagLate(lines->late);
  writer.WriteNight(result.changes, clock.now(), result, lines->bytes);
  SetLastId(night.database, "cluster", clusters->ids.next_id - 1);
  SetLastId(night.database, "story", stories.ids.next_id - 1);
  SetMeta(night.database, "clock", clock.now());
  SetMeta(night.database, "pins_changed", int64_t{0});
  return night.database.status();
}

// What there is to be told of a night; the catalogue has it then, too.
absl::StatusOr<UpdateResult> FindNight(const Night& night) {
  Database& database = night.database;
  const Crawl& crawl = night.crawl;
  UpdateResult result;
  const Incoming incoming = CompareWithStored(crawl.articles, database);
  result.night = database.Number("SELECT coalesce(max(night), 0) FROM nights");
  result.records = crawl.NumRecords();
  result.fresh = incoming.fresh.size();
  result.changed = incoming.changed.size();
  result.seen = incoming.seen;
  result.rejected = crawl.rejected.size();
  AddOtherIds(night, incoming);
  const bool has_pins = MetaNumber(database, "pins_changed").value_or(0) != 0;
  if (!database.ok()) return database.status();
  if (result.fresh + result.changed > 0 || has_pins) {
    const absl::Status folded = FoldNight(night, incoming, result);
    if (!folded.ok()) return folded;
  }
  result.stored_articles =
      static_cast<size_t>(database.Number("SELECT count(*) FROM articles"));
  const absl::Status unchanged = crawl.CheckUnchanged();
  if (!unchanged.ok()) return unchanged;
  if (!database.ok()) return database.status();
  return result;
}

}  // namespace

absl::StatusOr<UpdateResult> UpdateState(const std::string& folder,
                                         const Crawl& crawl,
                                         const UpdateOptions& options,
                                         const StageListener& on_stage) {
  if (options.dry_run) {
    const StateFiles files(folder);
    auto state = OpenForDryRun(files);
    if (!state.ok()) return state.status();
    const Transaction undone(state->database);
    return FindNight(
        {files, state->database, crawl, options, on_stage, nullptr});
  }
  auto state = OpenForWriting(folder, IfMissing::kCreate);
  if (!state.ok()) return state.status();
  WrittenFiles written;
  Transaction transaction(state->database);
  auto result = FindNight(
      {state->files, state->database, crawl, options, on_stage, &written});
  if (!result.ok()) return result;
  WriteLog(*result, state->database);
  // A commit that reports an error may still come true: its files stay, and if
  // it did not, the next update removes them.
  written.Keep();
  const absl::Status committed = transaction.Commit();
  if (!committed.ok()) return committed;
  // The lines of the night before.
  RemoveLeftovers(state->files, state->database);
  return result;
}

}  // namespace storyfold
