// One night: which pass follows which. The passes are those of a batch, over
// tonight's articles and those of the window that are read with them; around
// them stands what makes a state of it:
//
//   crawl -> new, changed and known articles
//     -> stored articles of the window that tonight's may have to do with
//     -> copies and boilerplate of both together (pipeline/fold.cc)
//     -> copies of articles from before the window, by keys
//     -> stories of both together, earlier decisions favoured a little
//     -> lasting ids, the log of changes
//     -> files written while rows are, then everything named in one transaction
//
// Everything that is written follows from the state before and the input, so a
// run that is interrupted and done again ends in the same bytes.
//
// Tested by: tests/state/update_test.cc, tests/state/crash_test.cc

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/seconds.h"
#include "io/json_text.h"
#include "pipeline/fold.h"
#include "state/catalogue.h"
#include "state/incoming.h"
#include "state/lasting_ids.h"
#include "state/night_batch.h"
#include "state/night_clock.h"
#include "state/night_lines.h"
#include "state/night_stories.h"
#include "state/night_writer.h"
#include "state/pinned_headlines.h"
#include "state/replaced_texts.h"
#include "state/settings.h"
#include "state/state_folder.h"
#include "state/stored_times.h"
#include "state/surroundings.h"
#include "state/window.h"
#include "storyfold/state.h"

namespace storyfold {
namespace {

// What is needed all along.
struct Night {
  const StateFiles& files;
  Database& database;
  const Crawl& crawl;
  const UpdateOptions& options;
  const StageListener& on_stage;
  WrittenFiles* written;  // none in a dry run
};

// Writes the settings that hold from night `number` on, and returns the options
// they make. Errors: those of settings; another model than the state's.
absl::StatusOr<PipelineOptions> SettleOptions(const Night& night,
                                              int64_t number,
                                              UpdateResult& result) {
  const auto before = ReadSettings(night.database);
  if (!before.ok()) return before.status();
  StateSettings settings = Override(*before, night.options.settings);
  Embedder* const embedder = night.options.embedder.value_or(nullptr);
  if (!before->model->empty() && (!night.options.embedder || embedder)) {
    const absl::Status same = CheckModel(*before->model, embedder);
    if (!same.ok()) return same;
  }
  settings.model = ModelName(embedder);
  auto options = PipelineOptionsOf(settings);
  if (!options.ok()) return options;
  result.changed_settings = WriteSettings(settings, number, night.database);
  return options;
}

// What time it is, and since when articles are compared.
struct NightTime {
  NightClock clock;
  int64_t window_begin = 0;
};

// Returns the time of a night, and corrects the stored times where they went by
// a clock that was wrong.
NightTime SetClock(const Night& night, const Incoming& incoming,
                   double window_days, UpdateResult& result) {
  std::vector<int64_t> times;
  const auto add = [&](ArticleId a) {
    const auto time = night.crawl.articles[a].published;
    if (time) times.push_back(*time);
  };
  for (const ArticleId a : incoming.fresh) add(a);
  for (const auto& change : incoming.changed) add(change.article);
  const ClockEvidence before =
      ReadClockEvidence(night.database, night.options.now);
  const NightClock clock(times, before);
  const auto window_begin =
      clock.now() - static_cast<int64_t>(std::ceil(SecondsOfDays(window_days)));
  if (HasJumped(clock, before)) {
    CorrectTimes(clock, window_begin, night.database);
  }
  result.warnings = WarningsOfClock(
      clock, before, times, incoming.fresh.size() + incoming.changed.size());
  return {clock, window_begin};
}

bool HavePinsChanged(Database& database) {
  return MetaNumber(database, "pins_changed").value_or(0) != 0;
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

std::vector<NightArticle> ArticlesToStore(const Night& night,
                                          const NightBatch& batch,
                                          const CleanedCopies& found,
                                          std::span<const ArticleRow> after) {
  std::vector<NightArticle> articles;
  for (const ArticleId a : batch.of_tonight) {
    const ArticleId in_crawl = batch.in_crawl[a];
    Article article = night.crawl.articles[in_crawl];
    article.id = batch.articles[a].id;
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
    const bool is_settled = story.scores.empty();
    if (is_settled) continue;
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

void WriteArticles(const NightBatch& batch, const LastingClusters& clusters,
                   std::span<const NightArticle> tonight,
                   std::span<const ArticleRow> after, NightWriter& writer) {
  std::vector<int64_t> number(batch.size());
  for (ArticleId a = 0; a < batch.size(); ++a) number[a] = after[a].number;
  for (size_t k = 0; k < tonight.size(); ++k) {
    number[batch.of_tonight[k]] = tonight[k].row.number;
  }
  for (ArticleId a = 0; a < batch.size(); ++a) {
    if (!batch.IsNew(a)) writer.UpdateArticle(batch.rows[a], after[a]);
  }
  for (const ArticleId a : NewRepresentatives(batch, clusters)) {
    writer.SetRepresentative(after[a].cluster, number[a]);
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

// What a night found.
struct FoundNight {
  const NightTime& time;
  const NightBatch& batch;
  const CleanedCopies& copies;
  const LastingClusters& clusters;
  const NightLines& lines;
  const NightStories& stories;
  std::span<const ArticleRow> after;
};

// Adds to `result` which articles are copies and what became of stories.
void TellOf(const FoundNight& night, Database& database, UpdateResult& result) {
  const NightBatch& batch = night.batch;
  result.vectors = night.stories.vectors;
  result.window_articles = batch.size();
  result.changes = ChangesOf(batch, night.stories, night.after, database);
  const auto& representative = night.copies.copies.representative;
  for (const ArticleId a : batch.of_tonight) {
    result.copies += batch.IsNew(a) && representative[a] != a;
  }
}

// Writes all of it, and adds to `result` which stories close.
void Store(const Night& night, const FoundNight& found, UpdateResult& result) {
  const auto& [time, batch, copies, clusters, lines, stories, after] = found;
  NightWriter writer(night.files, night.database, result.night, night.written,
                     lines.state, stories.terms);
  std::vector<NightArticle> tonight =
      ArticlesToStore(night, batch, copies, after);
  writer.MergeClusters(clusters.ids);
  writer.MergeStories(stories.ids);
  writer.AddArticles(tonight);
  WriteArticles(batch, clusters, tonight, after, writer);
  WriteStories(stories, result.changes, writer);
  FollowHeadlines(stories.ids, night.database);
  for (const uint32_t story : writer.CloseStories(time.window_begin)) {
    result.changes.push_back({StoryEvent::kClosed, story, kNoId, {}});
  }
  writer.FlagLate(lines.late);
  SetLastId(night.database, "cluster", clusters.ids.next_id - 1);
  SetLastId(night.database, "story", stories.ids.next_id - 1);
  SetMeta(night.database, "clock", time.clock.now());
  SetMeta(night.database, "pins_changed", int64_t{0});
  writer.WriteNight(result, time.clock.now(), time.window_begin);
}

// The night where there is something new. Everything is written but not yet
// committed.
absl::Status FoldNight(const Night& night, const Incoming& incoming,
                       const PipelineOptions& options, UpdateResult& result) {
  ++result.night;
  const NightTime time =
      SetClock(night, incoming, options.stories.window_days, result);
  auto lines_before = ReadLinesOfLastNight(night.files, night.database);
  // With a model words do not tell who is near; nor do they where a pin was
  // taken back.
  const bool takes_all = night.options.embedder.value_or(nullptr) != nullptr ||
                         HavePinsChanged(night.database);
  const auto around =
      FindSurroundings(night.files, night.database,
                       {night.crawl.articles, incoming, time.window_begin,
                        takes_all, options.stories});
  if (!around.ok()) return around.status();
  std::ranges::move(WarningsOfReplaced(around->stored.replaced),
                    std::back_inserter(result.warnings));
  NightBatch batch =
      MakeNightBatch(around->stored, incoming, night.crawl, time.clock);
  batch.window_begin = time.window_begin;
  const CleanedCopies found =
      FindCleanCopies(batch.Compared(), options, night.on_stage);
  const auto clusters = KeepClusters(night.files, night.database, batch, found,
                                     options.duplicates);
  if (!clusters.ok()) return clusters.status();
  if (night.on_stage) night.on_stage(Stage::kBoilerplate);
  const std::vector<uint32_t> numbers = NumbersOf(batch, night.database);
  auto before = lines_before.Take();
  if (!before.ok()) return before.status();
  NightLines lines =
      CountNightLines(*std::move(before),
                      {batch, found, clusters->ids, numbers, time.clock.now()},
                      options.boilerplate);
  const RemovedLines removed = WithEarlierFlags(batch, lines.removed);
  const NightCopies copies = {batch, *clusters, removed, numbers};
  const NightStories stories =
      FindStories(copies,
                  {around->terms, options.stories,
                   night.options.embedder.value_or(nullptr)},
                  night.database, night.on_stage);
  std::vector<ArticleRow> after = RowsAfter(copies, stories);
  TakeBackStoryLines({numbers, clusters->ids, stories.ids}, night.database,
                     lines, after);
  const FoundNight of_night = {time,  batch,   found, *clusters,
                               lines, stories, after};
  TellOf(of_night, night.database, result);
  Store(night, of_night, result);
  return night.database.status();
}

// What there is to be told of a night; the catalogue has it then, too.
absl::StatusOr<UpdateResult> FindNight(const Night& night) {
  Database& database = night.database;
  const Crawl& crawl = night.crawl;
  UpdateResult result;
  const auto incoming = CompareWithStored(crawl.articles, database);
  if (!incoming.ok()) {
    return DamagedFile(night.files.Catalogue(), incoming.status());
  }
  result.night = database.Number("SELECT coalesce(max(night), 0) FROM nights");
  result.records = crawl.NumRecords();
  result.fresh = incoming->fresh.size();
  result.changed = incoming->changed.size();
  result.seen = incoming->seen;
  result.rejected = crawl.rejected.size();
  AddOtherIds(night, *incoming);
  // They hold from the next night with news on, be it this one or not.
  const auto settled = SettleOptions(night, result.night + 1, result);
  if (!settled.ok()) return settled.status();
  const bool has_pins = HavePinsChanged(database);
  if (!database.ok()) return database.status();
  if (result.fresh + result.changed > 0 || has_pins) {
    const absl::Status folded = FoldNight(night, *incoming, *settled, result);
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
  const auto valid = PipelineOptionsOf(options.settings);
  if (!valid.ok()) return valid.status();  // before anything is made
  if (options.now &&
      (*options.now < kFirstCredible || *options.now > kLastCredible)) {
    return absl::InvalidArgumentError(
        "the time of a night must lie in 1990 to 9999");
  }
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
  const absl::Status committed = transaction.Commit();
  // What there was no room for did not come true. Another commit that reports
  // an error still may: its files stay, and if it did not, the next update
  // removes them.
  if (!absl::IsResourceExhausted(committed)) written.Keep();
  if (!committed.ok()) return committed;
  // The lines of the night before.
  RemoveLeftovers(state->files, state->database);
  return result;
}

}  // namespace storyfold
